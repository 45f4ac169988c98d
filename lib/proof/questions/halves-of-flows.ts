import { tierKey } from '../../graph/graph-data';
import { type Endpoint, isPods } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import { into } from '../../model/into';
import type { Direction } from '../../model/layer';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { portTraffic } from '../../model/traffic';
import type { Box } from '../space/box';
import { boxesOfFlow } from '../space/boxes';
import type { Ground } from '../space/search';
import type { ForeignDeclaration } from '../terms/asked';
import { type Bound, namespaceSelector } from '../terms/facts';

/** A flow as one of its ends sees it: from, or into, the pods there. */
export interface Half {
  readonly flow: Flow;
  readonly direction: Direction;
  /** The pods at this end, among those of the namespace. */
  readonly subject: Selector;
  /** The pods are probes: their policies come and go, and nobody relies on what they let through. */
  readonly isPassing?: true;
}

/** Halves of each direction, by namespace. */
export type ManagedHalves = Readonly<Record<Direction, ReadonlyMap<string, readonly Half[]>>>;

/** Where the engine tells requests apart: at both ends, or only where they arrive. */
export type RequestsAt = 'both' | 'ingress';

/**
 * The managed ends of the flows: those at a tier. The other ends are for their owners to allow.
 *
 * @param probes keys of the tiers that are there only for a while.
 */
export function managedHalves(
  flows: readonly Flow[],
  requestsAt: RequestsAt = 'both',
  probes: ReadonlySet<string> = new Set(),
): ManagedHalves {
  const halves = { ingress: new Map<string, Half[]>(), egress: new Map<string, Half[]>() };
  const add = (direction: Direction, end: Endpoint, flow: Flow) => {
    if (end.kind !== 'tier') return;
    const half: Half = { flow: asJudgedAt(direction, flow, requestsAt), direction, subject: end.pods.pods };
    const isPassing = probes.size > 0 && probes.has(tierKey(end));
    into(halves[direction], end.namespace, isPassing ? { ...half, isPassing } : half);
  };
  for (const flow of flows) {
    add('egress', flow.from, flow);
    add('ingress', flow.to, flow);
  }
  return halves;
}

/**
 * Where requests are told apart only as they arrive, the half of the pods that ask has all traffic on the ports: what is
 * more than declared is held back by the other half, as far as that is ours.
 */
function asJudgedAt(direction: Direction, flow: Flow, requestsAt: RequestsAt): Flow {
  const { traffic, to } = flow;
  if (requestsAt === 'both' || direction === 'ingress' || traffic.requests === undefined || to.kind !== 'tier')
    return flow;
  return { ...flow, traffic: portTraffic(traffic.ports) };
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
    if (!isPods(end) || !selectors.intersects(end.pods.namespaces, own)) return [];
    return [{ flow: flowOf(declaration), direction, subject: end.pods.pods }];
  });
}

function flowOf(declaration: ForeignDeclaration): Flow {
  return { excepted: [], acknowledged: [], notes: [], ...declaration };
}

export function boxesOfHalf({ flow, direction, subject }: Half, ground: Ground, bound: Bound): Box[] {
  return boxesOfFlow(subject, flow, direction, ground, bound);
}

/** Who is at the other end. */
export function peerOf({ flow, direction }: Half): Endpoint {
  return direction === 'egress' ? flow.to : flow.from;
}
