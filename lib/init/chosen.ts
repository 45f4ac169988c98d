import { KNOWN_SYSTEMS, type KnownSystem } from '../known-systems';
import { ZeroTrustError } from '../model/problem';
import { unknownNameText } from '../model/unknown-name';

/** Systems that do nothing without another one. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  // Its proxies are those of Envoy Gateway (envoyproxy/ai-gateway, "Installation").
  'envoy-ai-gateway': ['envoy-gateway'],
  'production-stack': ['vllm'],
};

/**
 * The systems of a platform by their ids, with those that they do nothing without; first who is named by others.
 *
 * @throws for an id that is none.
 */
export function chosenSystems(ids: readonly string[]): readonly KnownSystem[] {
  const wanted = ids.flatMap((id) => [...(NEEDS[id] ?? []), id]);
  const systems = [...new Set(wanted)].map(systemNamed);
  return [...systems].sort((a, b) => weight(a) - weight(b));
}

/** Who scrapes the others comes first, then data, then what reads and writes it, and at the end what lets users in. */
const ORDER: readonly KnownSystem['role'][] = ['cluster', 'data', 'observability', 'inference', 'gateway', 'agents'];

function weight({ id, role }: KnownSystem): number {
  return id === 'prometheus' ? -1 : ORDER.indexOf(role);
}

function systemNamed(id: string): KnownSystem {
  const found = KNOWN_SYSTEMS.find((system) => system.id === id);
  if (found !== undefined) return found;
  const ids = KNOWN_SYSTEMS.map((system) => system.id);
  throw new ZeroTrustError({
    rule: 'usage',
    what: unknownNameText('system', id, ids),
    value: id,
    allowed: ids.join(', '),
    fix: '--with envoy-gateway,vllm,weaviate',
  });
}
