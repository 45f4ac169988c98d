import type { Flow } from '../model/flow';
import type { Direction, RulePeer } from '../model/layer';
import type { Selector } from '../model/selector';
import * as selectors from '../model/selector';
import type { Box } from './box';
import { boxesOfFlow } from './boxes';
import { type Bound, namespaceSelector } from './facts';
import { keyOf } from './key-of';
import type { Ground } from './search';
import type { ForeignDeclaration } from './witness';

/** A flow as one of its ends sees it: from, or into, the pods there. */
export interface Half {
  readonly flow: Flow;
  readonly direction: Direction;
  /** The pods at this end, among those of the namespace. */
  readonly subject: Selector;
}

/** The managed ends of the flows: those at a tier. The other ends are for their owners to allow. */
export function managedHalves(flows: readonly Flow[]): Map<string, Half[]> {
  const byNamespace = new Map<string, Half[]>();
  for (const flow of flows) {
    for (const direction of ['egress', 'ingress'] as const) {
      const end = direction === 'egress' ? flow.from : flow.to;
      if (end.kind !== 'tier') continue;
      const half = { flow, direction, subject: end.pods.pods };
      const key = `${end.namespace} ${direction}`;
      if (!byNamespace.get(key)?.push(half)) byNamespace.set(key, [half]);
    }
  }
  return byNamespace;
}

/** The ends of foreign declarations that pods of the namespace may be at. */
export function foreignHalves(
  foreign: readonly ForeignDeclaration[],
  namespace: string,
  direction: Direction,
  ground: Ground,
): Half[] {
  if (foreign.length === 0) return [];
  const own = namespaceSelector(ground.facts, namespace, ground.namespaceKeys);
  return foreign.flatMap((declaration) => {
    const end = direction === 'egress' ? declaration.from : declaration.to;
    if (end.kind === 'addresses' || !selectors.intersects(end.pods.namespaces, own)) return [];
    return [{ flow: flowOf(declaration), direction, subject: end.pods.pods }];
  });
}

function flowOf(declaration: ForeignDeclaration): Flow {
  return { excepted: [], acknowledged: [], notes: [], ...declaration };
}

export function boxesOfHalf({ flow, direction, subject }: Half, ground: Ground, bound: Bound): Box[] {
  return boxesOfFlow(subject, flow, direction, ground.facts, bound);
}

/** Equal for rules and halves about the same pods and the same peers, however the peers are named. */
export function endsKey(subject: Selector, peer: RulePeer | Flow['from']): string {
  switch (peer.kind) {
    case 'anything':
      return `${keyOf(subject)} *`;
    case 'addresses':
      return `${keyOf(subject)} @${keyOf(peer.addresses)}`;
    default:
      return `${keyOf(subject)} ${keyOf(peer.pods.namespaces)} ${keyOf(peer.pods.pods)}`;
  }
}

export function halfKey({ flow, direction, subject }: Half): string {
  return endsKey(subject, direction === 'egress' ? flow.to : flow.from);
}
