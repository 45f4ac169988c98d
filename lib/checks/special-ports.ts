import type { PortPurpose } from '../known-systems';
import { into } from '../model/into';
import type { Rule } from '../model/layer';
import * as ports from '../model/port-set';
import type { CheckFinding } from './check';
import { workloadsOf } from './in-force';
import { hasEveryPort, isUnnamed, peersText } from './peers';
import { workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { allowRules, type SeenRule } from './seen-rules';
import { portSetOf, type SeenSystem, seenSystems, systemOfWorkload } from './seen-systems';
import { workloadsIn } from './seen-workloads';

/** Rules that let somebody in to ports of known systems that are not for users: one for each rule and system. */
export function* openedTo(seen: Seen, purpose: PortPurpose): Generator<CheckFinding> {
  if (seenSystems(seen).length === 0) return;
  for (const rule of allowRules(seen, 'ingress')) {
    const systems = workloadsOf(seen, rule).flatMap((workload) => systemOfWorkload(seen, workload) ?? []);
    for (const [id, own] of bySystem(systems)) yield* found(rule, id, own, purpose, seen);
  }
}

function* found(
  rule: SeenRule,
  id: string,
  own: readonly SeenSystem[],
  purpose: PortPurpose,
  seen: Seen,
): Generator<CheckFinding> {
  for (const part of rule.parts) {
    const client = part.requests === undefined ? clientOf(part, id, purpose, seen) : undefined;
    const port = client === undefined ? undefined : opened(part, own, purpose);
    if (client === undefined || port === undefined) continue;
    yield {
      object: rule.object,
      path: rule.path,
      about: workloadsText(own.map(({ workload }) => workload)),
      what: `${client} may reach TCP/${port.number} of ${own[0].system.title}, ${port.what}`,
      value: `TCP/${port.number}`,
      allowed: purpose === 'peers' ? `pods of ${own[0].system.title} itself` : 'pods by labels that need it',
    };
    return;
  }
}

/** Ports that are there only when they are switched on count where a container declares them. */
function opened({ ports: open }: Rule, systems: readonly SeenSystem[], purpose: PortPurpose) {
  for (const { ports: all, workload } of systems) {
    const numbers = ports.resolve(open, workload.ports);
    const found = all.find(
      (port) =>
        port.purpose === purpose &&
        (port.isOptional !== true || workload.ports.some(({ number }) => number === port.number)) &&
        ports.covers(numbers, portSetOf(port)),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Who comes in that is no part of the system, as far as it can be told: nobody by name, or pods that the manifests show to
 * be something else. Pods by labels that no manifest shows may be its own, and those that are let in to a port for
 * administrators by its number are taken for administrators.
 */
function clientOf(part: Rule, id: string, purpose: PortPurpose, seen: Seen): string | undefined {
  const unnamed = part.peers.filter((peer) => isUnnamed(peer, part));
  if (unnamed.length > 0) return peersText(unnamed);
  if (purpose === 'administration' && !hasEveryPort(part.ports)) return undefined;
  const pods = part.peers.flatMap((peer) => (peer.kind === 'pods' ? workloadsIn(seen, peer.pods) : []));
  const others = pods.filter((workload) => systemOfWorkload(seen, workload)?.system.id !== id);
  return others.length === 0 ? undefined : workloadsText(others);
}

function bySystem(systems: readonly SeenSystem[]): Map<string, SeenSystem[]> {
  const found = new Map<string, SeenSystem[]>();
  for (const each of systems) into(found, each.system.id, each);
  return found;
}
