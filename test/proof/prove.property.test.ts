import fc from 'fast-check';
import { compose } from '../../lib/engines/kubernetes/compose';
import { render } from '../../lib/engines/kubernetes/render';
import type { GraphData } from '../../lib/graph/graph-data';
import { canonical } from '../../lib/graph/graph-data';
import { readNetworkPolicy } from '../../lib/kinds/networking.k8s.io';
import type { Endpoint } from '../../lib/model/endpoint';
import type { Flow } from '../../lib/model/flow';
import * as ips from '../../lib/model/ip-set';
import type { Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { namespaceNamed, type PodSet, podSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import { proofText, proveGraph } from '../../lib/proof';
import { APPS, firstDifference, NAMES, POD_ADDRESSES, ZERO_TRUST } from './brute-force';
import { changed, endOf, flow, graph, planeOf, policy } from './mechanical';

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

const acknowledgement = [{ rule: 'cluster-range', because: 'pods may be there' }];

const outside: fc.Arbitrary<Endpoint> = fc.oneof(
  blocks.map((set) => ({ kind: 'addresses' as const, addresses: set })),
  podSets.map((set) => ({ kind: 'pods' as const, pods: set, owner: 'others' })),
);

/** Tiers that may overlap, and flows between them, from and to others. */
const graphs: fc.Arbitrary<GraphData> = fc
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
      fc.tuple(tier, outside),
      fc.tuple(outside, tier),
    );
    const flows: fc.Arbitrary<Flow[]> = fc.array(
      fc
        .tuple(ends, portSets, fc.boolean())
        .map(([[from, to], set, isAcknowledged]) => flow(from, to, set, isAcknowledged ? acknowledgement : [])),
      { minLength: 1, maxLength: 4 },
    );
    return flows.map((all) => graph(tiers, all.map(withoutNamesAtAddresses), [...ZERO_TRUST]));
  });

/** A named port at an address is nothing at all, which the proof refuses; here numbers are meant. */
function withoutNamesAtAddresses(each: Flow): Flow {
  return each.to.kind === 'addresses' && ports.hasNames(each.traffic.ports)
    ? { ...each, traffic: { kind: 'ports', ports: ports.number('TCP', 80) } }
    : each;
}

const modes = fc.constantFrom<Plane['ipBlockMode']>('pods', 'external-only');
const options = {
  podAddresses: POD_ADDRESSES,
  knownNamespaces: ZERO_TRUST.map((name) => ({ name, labels: {} })),
  budget: 1_000_000,
};

const rulePeers: fc.Arbitrary<RulePeer> = fc.oneof(
  podSets.map((set) => ({ kind: 'pods' as const, pods: set })),
  blocks.map((set) => ({ kind: 'addresses' as const, addresses: set })),
  fc.constant({ kind: 'anything' as const }),
);
const rules = (actions: Rule['action'][]): fc.Arbitrary<Rule> =>
  fc.record({
    policy: fc.constant(policy('elsewhere', 'random')),
    direction: fc.constantFrom<Rule['direction']>('ingress', 'egress'),
    index: fc.constant(0),
    subject: podSets,
    peers: fc.array(rulePeers, { minLength: 1, maxLength: 2 }),
    ports: portSets,
    action: fc.constantFrom(...actions),
  });

type Change = (plane: Plane) => Plane;
const damage: fc.Arbitrary<Change> = fc.oneof(
  fc.nat().map((n) => onRules((all) => all.filter((_, i) => i !== n % all.length))),
  rules(['allow']).map((rule) => onRules((all) => [...all, rule])),
  fc.tuple(fc.nat(), portSets).map(([n, set]) => onRule(n, (rule) => ({ ...rule, ports: set }))),
  fc.tuple(fc.nat(), rulePeers).map(([n, peer]) => onRule(n, (rule) => ({ ...rule, peers: [...rule.peers, peer] }))),
  fc.tuple(fc.nat(), rulePeers).map(([n, peer]) => onRule(n, (rule) => ({ ...rule, peers: [peer] }))),
  fc.tuple(fc.nat(), podSets).map(([n, set]) => onRule(n, (rule) => ({ ...rule, subject: set }))),
  fc.nat().map(
    (n): Change =>
      (plane) =>
        changed(plane, ({ isolations }) => ({ isolations: isolations.filter((_, i) => i !== n % isolations.length) })),
  ),
);

function onRules(change: (rules: readonly Rule[]) => readonly Rule[]): Change {
  return (plane) =>
    changed(plane, (layer) => ({ rules: layer.rules.length === 0 ? layer.rules : change(layer.rules) }));
}

function onRule(n: number, change: (rule: Rule) => Rule): Change {
  return onRules((all) => all.map((rule, i) => (i === n % all.length ? change(rule) : rule)));
}

/** Layers as other engines have them: ranked, with denies and passes, before and after the policies. */
const layers: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({
    name: fc.constant('ranked'),
    order: fc.constant('ranked' as const),
    rules: fc.array(rules(['allow', 'deny', 'pass']), { maxLength: 3 }),
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
    rules: fc.array(rules(['allow', 'deny']), { maxLength: 3 }),
    isolations: fc.constant([]),
    otherwise: fc.constant('next' as const),
  }),
);

describe('the proof against brute force', () => {
  it('proves every plane that follows from its graph by the book', () => {
    fc.assert(
      fc.property(graphs, (declared) => {
        // Where blocks may match pods, the flows here except none, so only the other mode is by the book.
        const plane = planeOf(declared, 'external-only');
        expect(firstDifference(declared, plane)).toBeUndefined();
        expect(proveGraph(declared, plane, options)).toMatchObject({ proved: true });
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it('catches damage exactly where a pod, an address or a port can tell', () => {
    const seen = { caught: 0, harmless: 0 };
    fc.assert(
      fc.property(graphs, modes, fc.array(damage, { minLength: 1, maxLength: 2 }), (declared, mode, damages) => {
        const plane = damages.reduce((so, damaged) => damaged(so), planeOf(declared, mode));
        const difference = firstDifference(declared, plane);
        const proof = proveGraph(declared, plane, options);
        expect(proof.notProved).toEqual([]);
        expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
          difference === undefined ? {} : { difference, witnesses: expect.any(String) },
        );
        seen[proof.proved ? 'harmless' : 'caught']++;
      }),
      { numRuns: 150, seed: 2 },
    );
    expect(seen.caught).toBeGreaterThan(60);
    expect(seen.harmless).toBeGreaterThan(10);
  });

  it('folds ranked layers, denies and passes as they decide', () => {
    const seen = { caught: 0, harmless: 0 };
    fc.assert(
      fc.property(
        graphs,
        modes,
        fc.array(layers, { maxLength: 2 }),
        fc.array(layers, { maxLength: 1 }),
        (declared, mode, before, after) => {
          const plane = planeOf(declared, mode);
          const deep = { ...plane, layers: [...before, ...plane.layers, ...after] };
          const difference = firstDifference(declared, deep);
          const proof = proveGraph(declared, deep, options);
          expect(proof.notProved.filter(({ reason }) => reason !== 'vacuous')).toEqual([]);
          expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
            difference === undefined ? {} : { difference, witnesses: expect.any(String) },
          );
          seen[proof.proved ? 'harmless' : 'caught']++;
        },
      ),
      { numRuns: 100, seed: 3 },
    );
    expect(seen.caught).toBeGreaterThan(25);
    expect(seen.harmless).toBeGreaterThan(10);
  });

  it('takes what is not known for its worst, each way', () => {
    const seen = { caught: 0, harmless: 0 };
    fc.assert(
      fc.property(
        graphs,
        fc.array(damage, { maxLength: 1 }),
        fc.array(layers, { maxLength: 1 }),
        (declared, damages, before) => {
          const unionOnly = before.filter(({ order }) => order === 'union');
          const damaged = damages.reduce((so, change) => change(so), planeOf(declared, 'may'));
          const plane = { ...damaged, layers: [...unionOnly, ...damaged.layers] };
          // What allows may match pods by address while what denies does not, or the other way round.
          const difference =
            firstDifference(declared, plane, ['open', 'extra'], ({ action }) => action === 'allow') ??
            firstDifference(declared, plane, ['missing'], ({ action }) => action !== 'allow');
          const proof = proveGraph(declared, plane, options);
          expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
            difference === undefined ? {} : { difference, witnesses: expect.any(String) },
          );
          seen[proof.proved ? 'harmless' : 'caught']++;
        },
      ),
      { numRuns: 80, seed: 4 },
    );
    expect(seen.caught).toBeGreaterThan(20);
    expect(seen.harmless).toBeGreaterThan(10);
  });

  it('proves what is rendered and read back', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.constantFrom<Plane['ipBlockMode']>('may', 'pods', 'external-only'),
        (declared, ipBlockMode) => {
          const acknowledged = {
            ...declared,
            flows: declared.flows.map((each) => ({ ...each, acknowledged: acknowledgement })),
          };
          const manifests = render(canonical(acknowledged)).map((manifest) => JSON.parse(JSON.stringify(manifest)));
          const readings = manifests.map((manifest) => readNetworkPolicy(manifest));
          expect(readings.flatMap(({ problems }) => problems)).toEqual([]);
          const reading = {
            rules: readings.flatMap(({ rules: all }) => all),
            isolations: readings.flatMap(({ isolations }) => isolations),
          };
          expect(proofText(proveGraph(acknowledged, compose(reading, { ipBlockMode }), options))).toContain('Proved:');
        },
      ),
      { numRuns: 100, seed: 5 },
    );
  });
});
