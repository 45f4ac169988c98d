import fc from 'fast-check';
import type { GraphData } from '../../lib/graph/graph-data';
import type { Endpoint } from '../../lib/model/endpoint';
import type { Flow } from '../../lib/model/flow';
import type { Guardrail } from '../../lib/model/guardrail';
import type { HostPattern } from '../../lib/model/host-pattern';
import * as ips from '../../lib/model/ip-set';
import type { Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { namespaceNamed, type PodSet, podSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { canonicalRequests, type RequestMatch } from '../../lib/model/request-match';
import * as selectors from '../../lib/model/selector';
import { APPS, NAMES, POD_ADDRESSES, ZERO_TRUST } from './brute-force/points';
import { changed, endOf, flow, graph, peer, policy } from './mechanical';

// Graphs and planes over the few words that the proof by brute force knows.

const pods = fc.oneof(
  fc.constantFrom(...APPS).map((app) => selectors.fromLabels({ app })),
  fc
    .constantFrom<selectors.Requirement[]>(
      [],
      [{ key: 'app', operator: 'In', values: [...APPS] }],
      [{ key: 'app', operator: 'NotIn', values: ['x'] }],
      [{ key: 'app', operator: 'Exists' }],
      [{ key: 'extra', operator: 'Exists' }],
      [{ key: 'extra', operator: 'DoesNotExist' }],
      [
        { key: 'app', operator: 'In', values: ['y'] },
        { key: 'extra', operator: 'DoesNotExist' },
      ],
      [
        { key: 'app', operator: 'NotIn', values: ['y'] },
        { key: 'extra', operator: 'Exists' },
      ],
    )
    .map(selectors.fromRequirements),
);
const namespaces = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES).map(namespaceNamed) },
  fc
    .constantFrom<selectors.Requirement[]>(
      [],
      [{ key: 'env', operator: 'Exists' }],
      [{ key: 'env', operator: 'DoesNotExist' }],
      [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['a'] }],
    )
    .map(selectors.fromRequirements),
);
const podSets: fc.Arbitrary<PodSet> = fc.tuple(namespaces, pods).map(([n, p]) => podSet(n, p));
const addresses = fc.constantFrom(
  ips.fromBlock('192.0.2.0/24'),
  ips.fromBlock('192.0.2.0/25'),
  ips.fromBlock('192.0.2.128/25'),
  ips.fromBlock('10.1.0.0/16'),
  ips.fromBlocks(['10.1.0.0/16', '192.0.2.0/24']),
);
const blocks = fc.oneof(
  addresses,
  fc.constantFrom(ips.fromBlock('10.244.0.0/17'), ips.fromBlock('10.0.0.0/8'), ips.anyIpv4),
);
const portSets = fc.constantFrom(
  ports.number('TCP', 80),
  ports.number('TCP', 81),
  ports.named('TCP', 'http'),
  ports.union(ports.number('TCP', 80), ports.named('TCP', 'http')),
  ports.range('TCP', 80, 81),
  ports.allOf('TCP'),
  ports.everything,
);

export const acknowledgement = [{ rule: 'cluster-range', because: 'pods may be there' }];

/** What a rule or flow may be about beside labels, addresses and ports. */
export interface Beyond {
  readonly hosts: boolean;
  /** Also in rules that deny or pass on, of which nobody knows for certain what they match. */
  readonly deniesHosts?: boolean;
  readonly entities: boolean;
  readonly requests: boolean;
}

const NOTHING: Beyond = { hosts: false, entities: false, requests: false };

const hostPatterns: fc.Arbitrary<HostPattern[]> = fc.array(
  fc.constantFrom<HostPattern>(
    { kind: 'exact', name: 'api.example.com' },
    { kind: 'one-label', under: 'example.com' },
    { kind: 'any-depth', under: 'example.com' },
    { kind: 'exact', name: 'x.test' },
    { kind: 'any' },
  ),
  { minLength: 1, maxLength: 2 },
);
const hosts = hostPatterns.map((patterns) => ({ kind: 'hosts' as const, patterns }));
const entities = fc
  .constantFrom<'api-server' | 'nodes' | 'ingress'>('api-server', 'nodes', 'ingress')
  .map((entity) => ({ kind: 'entity' as const, entity }));
const requests = fc
  .array(
    fc.constantFrom<RequestMatch>(
      { protocol: 'http' },
      { protocol: 'http', methods: ['GET'] },
      { protocol: 'http', methods: ['GET', 'POST'], path: { segments: ['v1', 'models'], below: false } },
      { protocol: 'http', path: { segments: ['v1'], below: true } },
      { protocol: 'http', methods: ['POST'], path: { segments: ['v1', undefined], below: false } },
      { protocol: 'http', path: { segments: [undefined, 'models'], below: false } },
      { protocol: 'http', path: { segments: [], below: true } },
      { protocol: 'http', host: 'h' },
      { protocol: 'http', headers: ['x-key'], path: { segments: ['v1', 'models'], below: false } },
      { protocol: 'kafka', role: 'produce', topic: 'orders' },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(canonicalRequests);
const maybeRequests = (is: boolean) => (is ? fc.option(requests, { nil: undefined }) : fc.constant(undefined));

const outside: fc.Arbitrary<Endpoint> = fc.oneof(
  blocks.map((set) => ({ kind: 'addresses' as const, addresses: set })),
  podSets.map((set) => ({ kind: 'pods' as const, pods: set, owner: 'others' })),
);

/** Tiers that may overlap, and flows between them, from and to others. */
export const graphs: fc.Arbitrary<GraphData> = graphsOf(NOTHING);

export function graphsOf(beyond: Beyond): fc.Arbitrary<GraphData> {
  const destinations: fc.Arbitrary<Endpoint> = fc.oneof(
    outside,
    ...(beyond.hosts ? [hosts] : []),
    ...(beyond.entities ? [entities] : []),
  );
  const sources = beyond.entities ? fc.oneof({ weight: 3, arbitrary: outside }, entities) : outside;
  return fc
    .array(fc.tuple(fc.constantFrom(...ZERO_TRUST), pods), { minLength: 2, maxLength: 3 })
    .map((tiers) =>
      tiers.map(([space, set], i) => ({
        namespace: space,
        name: `t${i}`,
        role: 'tier' as const,
        pods: podSet(namespaceNamed(space), set),
        notes: [],
        acknowledged: [],
      })),
    )
    .chain((tiers) => {
      const tier = fc.constantFrom(...tiers).map(endOf);
      const ends: fc.Arbitrary<[Endpoint, Endpoint]> = fc.oneof(
        fc.tuple(tier, tier),
        fc.tuple(tier, destinations),
        fc.tuple(sources, tier),
      );
      const flows: fc.Arbitrary<Flow[]> = fc.array(
        fc
          .tuple(ends, portSets, fc.boolean(), maybeRequests(beyond.requests))
          .map(([[from, to], set, isAcknowledged, limit]) =>
            flow(from, to, set, isAcknowledged ? acknowledgement : [], limit),
          ),
        { minLength: 1, maxLength: 4 },
      );
      return flows.map((all) => graph(tiers, all.map(withoutNamesAtAddresses), [...ZERO_TRUST]));
    });
}

/** A named port at an address is nothing at all, which the proof refuses; here numbers are meant. */
function withoutNamesAtAddresses(each: Flow): Flow {
  const isPod = each.to.kind === 'tier' || each.to.kind === 'pods';
  return !isPod && ports.hasNames(each.traffic.ports)
    ? { ...each, traffic: { ...each.traffic, ports: ports.number('TCP', 80) } }
    : each;
}

export const modes = fc.constantFrom<Plane['ipBlockMode']>('pods', 'external-only');
export const options = {
  podAddresses: POD_ADDRESSES,
  knownNamespaces: ZERO_TRUST.map((name) => ({ name, labels: {} })),
  budget: 1_000_000,
};

const plainPeers: fc.Arbitrary<RulePeer> = fc.oneof(
  podSets.map((set) => ({ kind: 'pods' as const, pods: set })),
  blocks.map((set) => ({ kind: 'addresses' as const, addresses: set })),
  fc.constant({ kind: 'anything' as const }),
);
function peersOf(direction: Rule['direction'], action: Rule['action'], beyond: Beyond): fc.Arbitrary<RulePeer> {
  return fc.oneof(
    plainPeers,
    ...(beyond.entities ? [entities] : []),
    ...(beyond.hosts && direction === 'egress' && (action === 'allow' || beyond.deniesHosts) ? [hosts] : []),
  );
}

export function rules(actions: Rule['action'][], beyond: Beyond = NOTHING): fc.Arbitrary<Rule> {
  return fc
    .tuple(fc.constantFrom<Rule['direction']>('ingress', 'egress'), fc.constantFrom(...actions))
    .chain(([direction, action]) =>
      fc
        .record({
          policy: fc.constant(policy('elsewhere', 'random')),
          direction: fc.constant(direction),
          index: fc.constant(0),
          subject: podSets,
          peers: fc.array(peersOf(direction, action, beyond), { minLength: 1, maxLength: 2 }),
          ports: portSets,
          action: fc.constant(action),
          requests: maybeRequests(beyond.requests),
        })
        .map(({ requests: limit, ...rule }) => (limit === undefined ? rule : { ...rule, requests: limit })),
    );
}

export type Change = (plane: Plane) => Plane;
export const damage: fc.Arbitrary<Change> = damageOf(NOTHING);

export function damageOf(beyond: Beyond): fc.Arbitrary<Change> {
  const rulePeers = peersOf('ingress', 'allow', beyond);
  return fc.oneof(
    fc.nat().map((n) => onRules((all) => all.filter((_, i) => i !== n % all.length))),
    rules(['allow'], beyond).map((rule) => onRules((all) => [...all, rule])),
    fc.tuple(fc.nat(), portSets).map(([n, set]) => onRule(n, (rule) => ({ ...rule, ports: set }))),
    fc.tuple(fc.nat(), rulePeers).map(([n, peer]) => onRule(n, (rule) => ({ ...rule, peers: [...rule.peers, peer] }))),
    fc.tuple(fc.nat(), rulePeers).map(([n, peer]) => onRule(n, (rule) => ({ ...rule, peers: [peer] }))),
    fc.tuple(fc.nat(), podSets).map(([n, set]) => onRule(n, (rule) => ({ ...rule, subject: set }))),
    fc
      .tuple(fc.nat(), maybeRequests(beyond.requests))
      .map(([n, limit]) =>
        onRule(n, ({ requests: _, ...rule }) => (limit === undefined ? rule : { ...rule, requests: limit })),
      ),
    fc.nat().map(
      (n): Change =>
        (plane) =>
          changed(plane, ({ isolations }) => ({
            isolations: isolations.filter((_, i) => i !== n % isolations.length),
          })),
    ),
  );
}

function onRules(change: (rules: readonly Rule[]) => readonly Rule[]): Change {
  return (plane) =>
    changed(plane, (layer) => ({ rules: layer.rules.length === 0 ? layer.rules : change(layer.rules) }));
}

function onRule(n: number, change: (rule: Rule) => Rule): Change {
  return onRules((all) => all.map((rule, i) => (i === n % all.length ? change(rule) : rule)));
}

/** Layers as other engines have them: ranked, with denies and passes, before and after the policies. */
export const layers: fc.Arbitrary<Layer> = layersOf(['allow', 'deny', 'pass'], NOTHING);

export function layersOf(actions: Rule['action'][], beyond: Beyond): fc.Arbitrary<Layer> {
  return fc.oneof(
    fc.record({
      name: fc.constant('ranked'),
      order: fc.constant('ranked' as const),
      rules: fc.array(rules(actions, beyond), { maxLength: 3 }),
      isolations: fc.array(
        fc.record({
          policy: fc.constant(policy('x', 'x')),
          direction: fc.constantFrom<Rule['direction']>('ingress', 'egress'),
          subject: podSets,
        }),
        { maxLength: 1 },
      ),
      otherwise: fc.constantFrom<Layer['otherwise']>('deny', 'next'),
    }),
    fc.record({
      name: fc.constant('union'),
      order: fc.constant('union' as const),
      rules: fc.array(rules(['allow', 'deny'], beyond), { maxLength: 3 }),
      isolations: fc.constant([]),
      otherwise: fc.constant('next' as const),
    }),
  );
}

/** A guardrail that denies or isolates something, and rules that may realise it. */
export const guardrails: fc.Arbitrary<Guardrail> = fc
  .record({
    denies: fc.array(
      fc.record({
        direction: fc.constantFrom<Rule['direction']>('ingress', 'egress'),
        subject: podSets,
        peer: fc.oneof(outside, entities),
        ports: portSets,
      }),
      { maxLength: 1 },
    ),
    isolates: fc.array(podSets, { maxLength: 1 }),
  })
  .filter(({ denies, isolates }) => denies.length + isolates.length > 0)
  .map((parts) => ({ name: 'guard', because: 'the platform says so', ...parts }));

/** A layer that says what the guardrail does, and rules before and after that it has not. */
export function realisation({ denies, isolates }: Guardrail): fc.Arbitrary<Layer> {
  const beyond = { hosts: true, entities: true, requests: true };
  const by = { kind: 'ClusterPolicy', name: 'guard' };
  const own = denies.map(
    ({ peer: end, ...deny }): Rule => ({ policy: by, index: 0, action: 'deny', peers: [peer(end)], ...deny }),
  );
  const more = fc.array(rules(['allow', 'deny', 'pass'], beyond), { maxLength: 1 });
  return fc.record({
    name: fc.constant('guard'),
    order: fc.constant('ranked' as const),
    rules: fc.tuple(more, fc.subarray(own, { minLength: Math.min(1, own.length) }), more).map((all) => all.flat()),
    isolations: fc.subarray(
      isolates.flatMap((subject) =>
        (['ingress', 'egress'] as const).map((direction) => ({ policy: by, direction, subject })),
      ),
    ),
    otherwise: fc.constantFrom<Layer['otherwise']>('deny', 'deny', 'next'),
  });
}
