import type { GraphData } from '../../lib/graph/graph-data';
import { type Endpoint, isPods } from '../../lib/model/endpoint';
import type { Flow } from '../../lib/model/flow';
import * as ips from '../../lib/model/ip-set';
import type { Direction, Layer, Plane, Rule } from '../../lib/model/layer';
import { matchesPod, type PodSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import type { Labels } from '../../lib/model/selector';

// The proof by brute force, for graphs and planes over a few words: a pod for every way in which selectors over these
// words can tell pods apart, every pair, every port. Only for planes that leave nothing unknown (not the mode `may`).

export const NAMES = ['a', 'b', 'c'] as const;
export const ZERO_TRUST = ['a', 'b'] as const;
export const APPS = ['x', 'y'] as const;
export const POD_ADDRESSES = ips.fromBlock('10.244.0.0/16');

/** One address for each part that the blocks of the tests cut out, of pods and of others. */
const podPoints = ['10.244.0.1', '10.244.128.1'];
const outsidePoints = [...podPoints, '10.1.0.1', '10.2.0.1', '192.0.2.1', '192.0.2.129', '198.51.100.1', '2001:db8::1'];

interface Pod {
  readonly namespace: Labels;
  readonly labels: Labels;
  readonly address: string;
}
type Peer = Pod | { readonly address: string };
interface Point {
  readonly direction: Direction;
  readonly subject: Pod;
  readonly peer: Peer;
  readonly port: { readonly number: number; readonly names: readonly string[] } | 'other';
}

const podsIn = (namespace: Labels, address: string): Pod[] =>
  [undefined, ...APPS, 'fresh'].flatMap((app) =>
    [undefined, 'fresh'].map((extra) => ({
      namespace,
      labels: { ...(app === undefined ? {} : { app }), ...(extra === undefined ? {} : { extra }) },
      address,
    })),
  );

const nameLabel = (name: string) => ({ 'kubernetes.io/metadata.name': name });
/** The zero-trust namespaces are known to have no label but their name; any other may have `env`. */
const namespaces: Labels[] = [
  ...ZERO_TRUST.map(nameLabel),
  ...['c', 'fresh'].flatMap((name) => [nameLabel(name), { ...nameLabel(name), env: 'fresh' }]),
];
const peers: Peer[] = [
  ...podPoints.flatMap((address) => namespaces.flatMap((labels) => podsIn(labels, address))),
  ...outsidePoints.map((address) => ({ address })),
];
const traffic: Point['port'][] = [
  ...[80, 81, 82].flatMap((number) => [[], ['http']].map((names) => ({ number, names }))),
  'other',
];

const subjects = ZERO_TRUST.flatMap((name) => podsIn(nameLabel(name), podPoints[0]));

type Kind = 'open' | 'missing' | 'extra';

/** The first connection at which graph and plane differ, if any, of the kinds that are asked for. */
export function firstDifference(
  declared: GraphData,
  plane: Plane,
  kinds: readonly Kind[] = ['open', 'missing', 'extra'],
  matchesPodsByBlock: (rule: Rule) => boolean = () => plane.ipBlockMode === 'pods',
): string | undefined {
  for (const subject of subjects) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const port of traffic) {
        const difference = differenceAt(declared, plane, { direction, subject, port }, kinds, matchesPodsByBlock);
        if (difference !== undefined) return difference;
      }
    }
  }
  return undefined;
}

/** What is left of graph and plane for one subject and port is compared for every peer. */
function differenceAt(
  declared: GraphData,
  plane: Plane,
  at: Omit<Point, 'peer'>,
  kinds: readonly Kind[],
  matchesPodsByBlock: (rule: Rule) => boolean,
): string | undefined {
  const { direction, subject } = at;
  const flows = declared.flows.filter(({ from, to }) => {
    const own = direction === 'egress' ? from : to;
    return own.kind === 'tier' && has(own.pods, subject);
  });
  const layers = plane.layers.map((layer) => ({
    ...layer,
    rules: layer.rules.filter((rule) => rule.direction === direction && has(rule.subject, subject)),
    isolations: layer.isolations.filter((each) => each.direction === direction && has(each.subject, subject)),
  }));
  const withoutAllows = layers.map((layer) => ({
    ...layer,
    rules: layer.rules.filter(({ action }) => action !== 'allow'),
  }));
  for (const peer of peers) {
    const point: Point = { ...at, peer };
    const carrying = flows
      .filter(({ traffic: { ports: set } }) => carries(set, point))
      .map((flow) => ({ flow, end: direction === 'egress' ? flow.to : flow.from }));
    const isDemanded = carrying.some(({ end }) => isAt(end, peer));
    const isAccepted = isDemanded || carrying.some(({ flow, end }) => acceptsPods(flow) && isBlockOf(end, peer, plane));
    const isAdmitted = admits(layers, point, matchesPodsByBlock);
    const found: Record<Kind, boolean> = {
      open: admits(withoutAllows, point, matchesPodsByBlock),
      missing: isDemanded && !isAdmitted,
      extra: isAdmitted && !isAccepted,
    };
    const kind = kinds.find((each) => found[each]);
    if (kind !== undefined) return `${kind} ${JSON.stringify(point)}`;
  }
  return undefined;
}

/** For layers of which only rules and isolations that bind the subject are left. */
function admits(layers: readonly Layer[], point: Point, matchesPodsByBlock: (rule: Rule) => boolean): boolean {
  for (const layer of layers) {
    const verdict = verdictOf(layer, point, matchesPodsByBlock);
    if (verdict !== 'next') return verdict === 'allow';
  }
  return true;
}

function verdictOf(layer: Layer, point: Point, matchesPodsByBlock: (rule: Rule) => boolean): 'allow' | 'deny' | 'next' {
  const hits = layer.rules.filter((rule) => hitBy(rule, point, matchesPodsByBlock(rule))).map(({ action }) => action);
  const decisive = layer.order === 'ranked' ? hits[0] : (hits.find((action) => action === 'deny') ?? hits[0]);
  if (decisive === 'pass') return 'next';
  if (decisive !== undefined) return decisive;
  return layer.isolations.length > 0 && layer.otherwise === 'deny' ? 'deny' : 'next';
}

function hitBy(rule: Rule, point: Point, matchesPodsByBlock: boolean): boolean {
  const { peer } = point;
  return (
    carries(rule.ports, point) &&
    rule.peers.some((each) => {
      if (each.kind === 'anything') return true;
      if (each.kind === 'pods') return 'labels' in peer && has(each.pods, peer);
      if (each.kind !== 'addresses') return false;
      return (!('labels' in peer) || matchesPodsByBlock) && isIn(each.addresses, peer.address);
    })
  );
}

const has = remembering((set: PodSet, { namespace, labels }: Pod) => matchesPod(set, namespace, labels));
const isIn = remembering(ips.hasAddress);

/** The same few sets are asked about the same few points again and again. */
function remembering<S extends object, P>(isInside: (set: S, point: P) => boolean): (set: S, point: P) => boolean {
  const bySet = new WeakMap<S, Map<P, boolean>>();
  return (set, point) => {
    let answers = bySet.get(set);
    if (answers === undefined) {
      answers = new Map();
      bySet.set(set, answers);
    }
    let answer = answers.get(point);
    if (answer === undefined) {
      answer = isInside(set, point);
      answers.set(point, answer);
    }
    return answer;
  };
}

function isAt(end: Endpoint, peer: Peer): boolean {
  if (end.kind === 'addresses') return !('labels' in peer) && isIn(end.addresses, peer.address);
  return isPods(end) && 'labels' in peer && has(end.pods, peer);
}

/** Pods have the addresses of the block, and the engine may take them for it. */
function isBlockOf(end: Endpoint, peer: Peer, { ipBlockMode }: Plane): boolean {
  return (
    ipBlockMode !== 'external-only' && end.kind === 'addresses' && 'labels' in peer && isIn(end.addresses, peer.address)
  );
}

function acceptsPods({ acknowledged }: Flow): boolean {
  return acknowledged.some(({ rule }) => rule === 'cluster-range');
}

function carries(set: ports.PortSet, { direction, peer, port }: Point): boolean {
  if (port === 'other') return set.other;
  const hasNames = direction === 'ingress' || 'labels' in peer;
  return (
    ports.hasNumber(set, 'TCP', port.number) || (hasNames && port.names.some((name) => ports.hasName(set, 'TCP', name)))
  );
}
