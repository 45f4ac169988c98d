import type { GraphData } from '../../lib/graph/graph-data';
import type { Endpoint } from '../../lib/model/endpoint';
import type { Flow } from '../../lib/model/flow';
import type { Guardrail } from '../../lib/model/guardrail';
import { type HostPattern, matchesHost } from '../../lib/model/host-pattern';
import * as ips from '../../lib/model/ip-set';
import type { Direction, Entity, Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { matchesPod, type PodSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { type HttpRequest, matchesRequest, type RequestMatch } from '../../lib/model/request-match';
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
interface Known {
  readonly entity: Entity;
  readonly address: string;
}
interface Address {
  readonly address: string;
  /** Names that lead to it. */
  readonly hosts: readonly string[];
}
type Peer = Pod | Known | Address;
type Sent = HttpRequest | { readonly topic: string } | 'other';
export interface Point {
  readonly direction: Direction;
  readonly subject: Pod;
  readonly peer: Peer;
  readonly port: { readonly number: number; readonly names: readonly string[] } | 'other';
  readonly sent: Sent;
}

/** What can tell connections apart, at least. */
export interface World {
  readonly subjects: readonly Pod[];
  readonly peers: readonly Peer[];
  readonly ports: readonly Point['port'][];
  readonly sent: readonly Sent[];
}

const podsIn = (namespace: Labels, address: string, extras: readonly (string | undefined)[]): Pod[] =>
  [undefined, ...APPS, 'fresh'].flatMap((app) =>
    extras.map((extra) => ({
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
const EXTRAS = [undefined, 'fresh'];

/** Pods by two labels, addresses without names, and nothing is looked into. */
export const BY_LABELS: World = {
  subjects: ZERO_TRUST.flatMap((name) => podsIn(nameLabel(name), podPoints[0], EXTRAS)),
  peers: [
    ...podPoints.flatMap((address) => namespaces.flatMap((labels) => podsIn(labels, address, EXTRAS))),
    ...outsidePoints.map((address) => ({ address, hosts: [] })),
  ],
  ports: [...[80, 81, 82].flatMap((number) => [[], ['http']].map((names) => ({ number, names }))), 'other'],
  sent: ['other'],
};

const request = (method: string, path: string, host = 'other', headers: string[] = []): HttpRequest => ({
  method,
  path,
  host,
  headers,
});

/** Also names that lead to addresses, what engines know by itself, and requests. */
export const BEYOND_LABELS: World = {
  subjects: BY_LABELS.subjects,
  peers: [
    ...BY_LABELS.peers,
    ...['10.1.0.1', '192.0.2.1', '2001:db8::1'].flatMap((address) =>
      [['api.example.com'], ['b.example.com'], ['a.b.example.com'], ['x.test'], ['x.test', 'b.example.com']].map(
        (hosts) => ({ address, hosts }),
      ),
    ),
    ...(['api-server', 'nodes', 'ingress'] as const).flatMap((entity) =>
      ['10.1.0.1', '192.0.2.1', '2001:db8::1'].map((address) => ({ entity, address })),
    ),
  ],
  ports: BY_LABELS.ports,
  sent: [
    'other',
    { topic: 'produce orders' },
    { topic: 'consume orders' },
    ...['GET', 'POST', 'PUT'].flatMap((method) =>
      ['/', '/v1', '/v1/models', '/x/models', '/v1/x', '/v1/models/x', '/v1//models', '*'].map((path) =>
        request(method, path),
      ),
    ),
    request('GET', '/v1/models', 'h'),
    request('GET', '/v1/models', 'other', ['x-key']),
    request('GET', '/v1/models', 'h', ['x-key']),
  ],
};

/** Two planes by what each of the two and both admit, at the pods of any namespace, each namespace with one set of labels. */
export function relations(a: Plane, b: Plane, world: World = BY_LABELS): Relations {
  const spaces = ['a', 'b', 'c', 'fresh', 'fresh-2'].flatMap((name) => [
    nameLabel(name),
    { ...nameLabel(name), env: 'fresh' },
  ]);
  const subjects = spaces.flatMap((labels) => podsIn(labels, podPoints[0], EXTRAS));
  const peers = [
    ...podPoints.flatMap((address) => spaces.flatMap((labels) => podsIn(labels, address, EXTRAS))),
    ...world.peers.filter((peer) => !('labels' in peer)),
  ];
  const couldBe = (subject: Pod, peer: Peer) =>
    !('labels' in peer) ||
    peer.namespace === subject.namespace ||
    peer.namespace['kubernetes.io/metadata.name'] !== subject.namespace['kubernetes.io/metadata.name'];
  const found: Relations = {};
  for (const subject of subjects) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const sent of toldApart(world.sent, { flows: [] }, { ...a, layers: [...a.layers, ...b.layers] })) {
        const [own, others] = [a, b].map(({ layers }) => layers.map((layer) => binds(layer, direction, subject, sent)));
        const [ownDenials, othersDenials] = [own, others].map((layers) => layers.map(withoutAllows));
        if (found.onlyA && found.onlyB && found.both) return found;
        for (const peer of peers.filter((each) => couldBe(subject, each))) {
          for (const port of world.ports) {
            const point: Point = { direction, subject, peer, port, sent };
            const byA = admits(own, point, () => true, a.ipBlockMode);
            const byB = admits(others, point, () => true, b.ipBlockMode);
            if (byA && !byB) found.onlyA ??= point;
            if (byB && !byA) found.onlyB ??= point;
            if (!byA || !byB || found.both) continue;
            const passes =
              admits(ownDenials, point, () => true, a.ipBlockMode) &&
              admits(othersDenials, point, () => true, b.ipBlockMode);
            if (!passes) found.both = point;
          }
        }
      }
    }
  }
  return found;
}

/** A connection that shows it, where there is one. */
export interface Relations {
  onlyA?: Point;
  onlyB?: Point;
  /** Both admit it, and one of them not only by default. */
  both?: Point;
}

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

function withoutAllows(layer: Layer): Layer {
  return { ...layer, rules: layer.rules.filter(({ action }) => action !== 'allow') };
}

function binds(layer: Layer, direction: Direction, subject: Pod, sent: Sent): Layer {
  return {
    ...layer,
    rules: layer.rules.filter(
      (rule) => rule.direction === direction && has(rule.subject, subject) && sends(rule.requests, sent),
    ),
    isolations: layer.isolations.filter((each) => each.direction === direction && has(each.subject, subject)),
  };
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

/** One of what can be sent for each way in which the requests at hand tell it apart. */
function toldApart(all: readonly Sent[], { flows }: Pick<GraphData, 'flows'>, { layers }: Plane): readonly Sent[] {
  const lists = [...flows.map(({ traffic }) => traffic), ...layers.flatMap(({ rules }) => rules)].map(
    ({ requests }) => requests,
  );
  const bySignature = new Map(
    all.map((sent) => [lists.map((requests) => Number(sends(requests, sent))).join(''), sent]),
  );
  return [...bySignature.values()];
}

/** For layers of which only rules and isolations that bind the subject are left. */
function admits(
  layers: readonly Layer[],
  point: Point,
  isWide: (rule: Rule) => boolean,
  mode: Plane['ipBlockMode'],
): boolean {
  for (const layer of layers) {
    const verdict = verdictOf(layer, point, isWide, mode);
    if (verdict !== 'next') return verdict === 'allow';
  }
  return true;
}

function verdictOf(
  layer: Layer,
  point: Point,
  isWide: (rule: Rule) => boolean,
  mode: Plane['ipBlockMode'],
): 'allow' | 'deny' | 'next' {
  const hits = layer.rules.filter((rule) => hitBy(rule, point, isWide(rule), mode)).map(({ action }) => action);
  const decisive = layer.order === 'ranked' ? hits[0] : (hits.find((action) => action === 'deny') ?? hits[0]);
  if (decisive === 'pass') return 'next';
  if (decisive !== undefined) return decisive;
  return layer.isolations.length > 0 && layer.otherwise === 'deny' ? 'deny' : 'next';
}

function hitBy(rule: Rule, point: Point, isWide: boolean, mode: Plane['ipBlockMode']): boolean {
  return carries(rule.ports, point) && rule.peers.some((each) => isHit(each, point.peer, isWide, rule.action, mode));
}

function isHit(
  each: RulePeer,
  peer: Peer,
  isWide: boolean,
  action: Rule['action'],
  mode: Plane['ipBlockMode'],
): boolean {
  switch (each.kind) {
    case 'anything':
      return true;
    case 'pods':
      return 'labels' in peer && has(each.pods, peer);
    case 'addresses':
      if ('entity' in peer && mode === 'external-only' && peer.entity !== 'api-server') return false;
      return (!('labels' in peer || 'entity' in peer) || isWideFor(peer)) && isIn(each.addresses, peer.address);
    case 'hosts':
      return 'hosts' in peer && (action === 'allow' || isWide) && leads(each.patterns, peer);
    case 'entity':
      return 'entity' in peer && peer.entity === each.entity;
  }

  function isWideFor(other: Pod | Known): boolean {
    return isWide && ('entity' in other || mode !== 'external-only');
  }
}

function leads(patterns: readonly HostPattern[], { hosts }: Address): boolean {
  return patterns.some((pattern) => hosts.some((name) => matchesHost(pattern, name) === true));
}

function sends(requests: readonly RequestMatch[] | undefined, sent: Sent): boolean {
  if (requests === undefined) return true;
  return requests.some((match) => {
    if (sent === 'other') return false;
    if ('topic' in sent) return match.protocol === 'kafka' && `${match.role} ${match.topic}` === sent.topic;
    return matchesRequest(match, sent) === true;
  });
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
  switch (end.kind) {
    case 'addresses':
      return 'hosts' in peer && isIn(end.addresses, peer.address);
    case 'hosts':
      return 'hosts' in peer && leads(end.patterns, peer);
    case 'entity':
      return 'entity' in peer && peer.entity === end.entity;
    default:
      return 'labels' in peer && has(end.pods, peer);
  }
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

function carries(set: ports.PortSet, { direction, peer, port }: Point): boolean {
  if (port === 'other') return set.other;
  const hasNames = direction === 'ingress' || 'labels' in peer;
  return (
    ports.hasNumber(set, 'TCP', port.number) || (hasNames && port.names.some((name) => ports.hasName(set, 'TCP', name)))
  );
}
