import type { GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Flow } from '../../../lib/model/flow';
import type { Guardrail } from '../../../lib/model/guardrail';
import type { Direction, Layer, Plane, Rule } from '../../../lib/model/layer';
import type { PodSet } from '../../../lib/model/pod-set';
import { admits, binds, carries, has, isAt, isIn, sends, toldApart, withoutAllows } from './evaluator';
import {
  BY_LABELS,
  EXTRAS,
  namespaces,
  type Peer,
  POD_ADDRESSES,
  type Point,
  podPoints,
  podsIn,
  type World,
} from './points';

// The proof by brute force, for graphs and planes over a few words: every pair of pods, every port.

type Kind = 'open' | 'missing' | 'extra';

/** The first connection at which graph and plane differ, if any, of the kinds that are asked for. */
export function firstDifference(
  declared: GraphData,
  plane: Plane,
  kinds: readonly Kind[] = ['open', 'missing', 'extra'],
  isWide: (rule: Rule) => boolean = () => plane.ipBlockMode === 'pods',
  world: World = BY_LABELS,
): string | undefined {
  const seen = new Set<string>();
  const sents = toldApart(world.sent, declared, plane);
  for (const subject of world.subjects) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const port of world.ports) {
        for (const sent of sents) {
          const at = { direction, subject, port, sent };
          const situation = situationAt(declared, plane, at);
          // Where the same flows and rules apply, the same is decided.
          const key = JSON.stringify([direction, port, situation]);
          if (seen.has(key)) continue;
          seen.add(key);
          const difference = differenceAt(declared, plane, at, kinds, isWide, world.peers);
          if (difference !== undefined) return difference;
        }
      }
    }
  }
  return undefined;
}

/** The first connection of any pod, in any namespace, that a guardrail rules out and that is not. */
export function firstBreach({ denies, isolates }: Guardrail, plane: Plane, world: World): string | undefined {
  const everywhere = namespaces.flatMap((labels) => podsIn(labels, podPoints[0], EXTRAS));
  const sents = toldApart(world.sent, { flows: [] }, plane);
  const outside = world.peers.filter((peer) => !('hosts' in peer && isIn(POD_ADDRESSES, peer.address)));
  const admitted = (
    direction: Direction,
    pods: PodSet,
    layersOf: (layer: Layer) => Layer,
    peers: readonly Peer[],
    isMeant: (point: Point) => boolean,
  ) => {
    const layers = plane.layers.map(layersOf);
    for (const subject of everywhere.filter((pod) => has(pods, pod))) {
      for (const sent of sents) {
        const binding = layers.map((layer) => binds(layer, direction, subject, sent));
        for (const port of world.ports) {
          const point = peers
            .map((peer): Point => ({ direction, subject, peer, port, sent }))
            .find((each) => isMeant(each) && admits(binding, each, () => true, plane.ipBlockMode));
          if (point !== undefined) return JSON.stringify(point);
        }
      }
    }
    return undefined;
  };
  for (const { direction, subject, peer, ports: set } of denies) {
    const breach = admitted(
      direction,
      subject,
      (layer) => ({ ...layer, isolations: [] }),
      outside.filter((each) => isAt(peer, each)),
      (point) => carries(set, point),
    );
    if (breach !== undefined) return breach;
  }
  for (const pods of isolates) {
    for (const direction of ['ingress', 'egress'] as const) {
      const breach = admitted(direction, pods, withoutAllows, world.peers, () => true);
      if (breach !== undefined) return breach;
    }
  }
  return undefined;
}

/** Positions of all that is about the subject, in this direction, and about what is sent. */
function situationAt(declared: GraphData, plane: Plane, { direction, subject, sent }: Omit<Point, 'peer'>): number[][] {
  const positions = <T>(all: readonly T[], isMeant: (item: T) => boolean) =>
    all.flatMap((item, i) => (isMeant(item) ? [i] : []));
  return [
    positions(declared.flows, ({ from, to }) => {
      const own = direction === 'egress' ? from : to;
      return own.kind === 'tier' && has(own.pods, subject);
    }),
    positions(declared.flows, ({ traffic }) => sends(traffic.requests, sent)),
    ...plane.layers.flatMap(({ rules, isolations }) => [
      positions(
        rules,
        (rule) => rule.direction === direction && has(rule.subject, subject) && sends(rule.requests, sent),
      ),
      positions(isolations, (each) => each.direction === direction && has(each.subject, subject)),
    ]),
  ];
}

/** What is left of graph and plane for one subject and port is compared for every peer. */
function differenceAt(
  declared: GraphData,
  plane: Plane,
  at: Omit<Point, 'peer'>,
  kinds: readonly Kind[],
  isWide: (rule: Rule) => boolean,
  peers: readonly Peer[],
): string | undefined {
  const { direction, subject } = at;
  const flows = declared.flows.filter((flow) => {
    const own = direction === 'egress' ? flow.from : flow.to;
    return own.kind === 'tier' && has(own.pods, subject);
  });
  const layers = plane.layers.map((layer) => binds(layer, direction, subject, at.sent));
  const denials = layers.map(withoutAllows);
  for (const peer of peers) {
    const point: Point = { ...at, peer };
    const carrying = flows
      .filter(({ traffic }) => carries(traffic.ports, point))
      .map((flow) => ({
        flow,
        end: direction === 'egress' ? flow.to : flow.from,
        isSent: sends(flow.traffic.requests, at.sent),
      }));
    const isDemanded = carrying.some(({ end, isSent }) => isSent && isAt(end, peer));
    const isAccepted = carrying.some(
      ({ flow, end, isSent }) => isSent && (isAt(end, peer) || isBlockOf(end, peer, acceptsPods(flow), plane)),
    );
    const isAdmitted = admits(layers, point, isWide, plane.ipBlockMode);
    const found: Record<Kind, boolean> = {
      open: admits(denials, point, isWide, plane.ipBlockMode),
      missing: isDemanded && !isAdmitted,
      extra: isAdmitted && !isAccepted,
    };
    const kind = kinds.find((each) => found[each]);
    if (kind !== undefined) return `${kind} ${JSON.stringify(point)}`;
  }
  return undefined;
}

/** Pods and entities have the addresses of the block, and the engine may take them for it. */
function isBlockOf(end: Endpoint, peer: Peer, acceptsPodsToo: boolean, { ipBlockMode }: Plane): boolean {
  if (end.kind !== 'addresses' || 'hosts' in peer || !isIn(end.addresses, peer.address)) return false;
  if ('entity' in peer) return ipBlockMode !== 'external-only' || peer.entity === 'api-server';
  return acceptsPodsToo && ipBlockMode !== 'external-only';
}

function acceptsPods({ acknowledged }: Flow): boolean {
  return acknowledged.some(({ rule }) => rule === 'cluster-range');
}
