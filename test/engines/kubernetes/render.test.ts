import fc from 'fast-check';
import { render } from '../../../lib/engines/kubernetes/render';
import { canonical, type GraphData, type GraphTier } from '../../../lib/graph/graph-data';
import { type Endpoint, isPods } from '../../../lib/model/endpoint';
import type { Flow } from '../../../lib/model/flow';
import * as ips from '../../../lib/model/ip-set';
import { matchesPod } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { clusterOf } from '../../graph/clusters';
import { addresses, declarations, end, flow, graphs, mesh, tier } from '../../graph/graphs';
import { type End, egressAllowed, ingressAllowed } from '../../naive/evaluator';
import type { Pod, World } from '../../naive/world';

const http = ports.number('TCP', 8000);

function graphOf(tiers: readonly GraphTier[], flows: readonly Flow[] = []): GraphData {
  const names = [...new Set(tiers.map(({ namespace }) => namespace))];
  return canonical({
    cluster: clusterOf('kubernetes'),
    namespaces: names.map((name) => ({
      name,
      purpose: 'any',
      management: 'own',
      podSecurity: 'baseline',
      acknowledged: [],
    })),
    tiers,
    flows,
  });
}

const shop = tier('web', 'shop');
const orders = tier('store', 'orders');

function shopAndOrders(...flows: readonly Flow[]): GraphData {
  return graphOf([shop, orders], flows);
}

const shopToOrders = flow(end(shop), end(orders), http, 'orders are placed');

describe('the manifests of a graph', () => {
  it('deny both ways in each namespace, and have a policy for each tier, by namespace and name', () => {
    const names = render(mesh()).map(({ metadata: { namespace, name } }) => `${namespace}/${name}`);
    expect(names).toEqual([
      'ai-agents/agent',
      'ai-agents/default-deny',
      'ai-data/default-deny',
      'ai-data/weaviate',
      'ai-gateway/default-deny',
      'ai-gateway/envoy',
      'ai-inference/default-deny',
      'ai-inference/vllm',
    ]);
  });

  it('isolate every pod of a namespace, also of one without tiers', () => {
    const [namespace] = mesh().namespaces;
    const empty = canonical({ ...graphOf([]), namespaces: namespace === undefined ? [] : [namespace] });
    expect(render(empty).map(({ spec }) => spec)).toEqual([{ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }]);
  });

  it('select the pods of a tier, and have no rules for one without flows', () => {
    const [policy] = render(graphOf([shop])).filter(({ metadata }) => metadata.name === 'shop');
    expect(policy?.spec).toEqual({ podSelector: { matchLabels: { app: 'shop' } }, policyTypes: ['Ingress', 'Egress'] });
  });

  it('have nothing in the metadata but names, which are the same wherever constructs lie', () => {
    for (const { metadata } of render(mesh())) expect(Object.keys(metadata)).toEqual(['name', 'namespace']);
  });

  it('are the same bytes whatever the order in which namespaces, tiers and flows come', () => {
    const shuffled = (graph: GraphData) =>
      fc.record({
        cluster: fc.constant(graph.cluster),
        namespaces: fc.shuffledSubarray([...graph.namespaces], { minLength: graph.namespaces.length }),
        tiers: fc.shuffledSubarray([...graph.tiers], { minLength: graph.tiers.length }),
        flows: fc.shuffledSubarray([...graph.flows], { minLength: graph.flows.length }),
      });
    fc.assert(
      fc.property(
        declarations.chain((graph) => fc.tuple(fc.constant(graph), shuffled(graph))),
        ([one, other]) => expect(JSON.stringify(render(other))).toBe(JSON.stringify(render(one))),
      ),
    );
  });

  it('have ports, peers and selectors that the API server takes', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const { spec } of render(graph)) {
          for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
            expect((rule.from ?? rule.to)?.length).toBeGreaterThan(0);
            if ('ports' in rule) expect(rule.ports?.length).toBeGreaterThan(0);
            for (const { port, endPort } of rule.ports ?? []) {
              if (typeof port === 'number') expect(port).toBeGreaterThan(0);
              if (endPort !== undefined) expect(endPort).toBeGreaterThan(port as number);
            }
          }
        }
      }),
    );
  });
});

/** Pods and addresses that tell the peers of random graphs apart. */
const PLACES = [
  ['a', {}],
  ['b', {}],
  ['end', {}],
  ['monitoring', {}],
  ['research', { team: 'ml' }],
] as const;
const LABELS = [{ app: 'x' }, { app: 'y.z' }, { app: 'end' }, { app: 'other', job: 'train' }, {}];
const ADDRESSES = ['192.0.2.7', '10.0.0.5', '10.0.0.100', '10.1.2.3', '198.51.100.9', '2001:db8::1', '203.0.113.1'];
const PROBES = [
  ['TCP', 80],
  ['TCP', 443],
  ['TCP', 8080],
  ['TCP', 81],
  ['UDP', 49],
  ['UDP', 55],
  ['UDP', 80],
  ['SCTP', 1],
] as const;

/** Each calls its TCP port 8080 `http`, which random graphs name. */
const PODS: Pod[] = PLACES.flatMap(([namespace]) =>
  LABELS.map((labels, i) => ({
    namespace,
    name: `pod-${i}`,
    labels: labels as Pod['labels'],
    ips: [],
    ports: [{ name: 'http', protocol: 'TCP' as const, number: 8080 }],
  })),
);
const ENDS: End[] = [...PODS, ...ADDRESSES.map((ip) => ({ ip }))];

describe('what the manifests admit', () => {
  const namespaces = PLACES.map(([name, labels]) => ({
    name,
    labels: { ...labels, 'kubernetes.io/metadata.name': name },
  }));
  const labelsOf = (name: string) => namespaces.find((namespace) => namespace.name === name)?.labels ?? {};
  const isPod = (it: End): it is Pod => 'namespace' in it;

  function isAt(endpoint: Endpoint, it: End): boolean {
    if (endpoint.kind === 'addresses') return !isPod(it) && ips.hasAddress(endpoint.addresses, it.ip);
    return isPods(endpoint) && isPod(it) && matchesPod(endpoint.pods, labelsOf(it.namespace), it.labels);
  }

  /** Whether a flow that this end is a tier of has the other end and the port. */
  function isDeclared(graph: GraphData, side: 'from' | 'to', ends: { from: End; to: End }, [protocol, port]: Probe) {
    const { to } = ends;
    return graph.flows.some(
      (it) =>
        it[side].kind === 'tier' &&
        isAt(it.from, ends.from) &&
        isAt(it.to, to) &&
        ports.hasNumber(ports.resolve(it.traffic.ports, isPod(to) ? to.ports : []), protocol, port),
    );
  }
  type Probe = (typeof PROBES)[number];

  it('is what the flows say at each managed end, and nothing else, for pods and addresses of every kind', () => {
    const ends = fc.constantFrom(...ENDS);
    const questions = fc.array(fc.tuple(ends, ends, fc.constantFrom(...PROBES)), { minLength: 150, maxLength: 150 });
    let admitted = 0;
    let denied = 0;
    fc.assert(
      fc.property(graphs, questions, (graph, asked) => {
        const world: World = { namespaces, pods: PODS, policies: render(graph) as unknown as World['policies'] };
        const managed = new Set(graph.namespaces.map(({ name }) => name));
        for (const [from, to, probe] of asked) {
          if (isPod(from) && managed.has(from.namespace)) {
            const says = from === to || isDeclared(graph, 'from', { from, to }, probe);
            expect(egressAllowed(world, from, to, probe[0], probe[1])).toBe(says);
            says ? admitted++ : denied++;
          }
          if (isPod(to) && managed.has(to.namespace)) {
            const says = from === to || isDeclared(graph, 'to', { from, to }, probe);
            expect(ingressAllowed(world, from, to, probe[0], probe[1])).toBe(says);
            says ? admitted++ : denied++;
          }
        }
      }),
      { seed: 38 },
    );
    // Both answers must have been asked for often, or the agreement says little.
    expect(admitted).toBeGreaterThan(200);
    expect(denied).toBeGreaterThan(2000);
  });
});

describe('the defects of NetworkPolicies of cdk8s-plus that rendering could have', () => {
  const outside: Endpoint = { kind: 'pods', pods: tier('legacy', 'client').pods, owner: 'legacy team' };

  it('2: a peer that is not ours gets no policy in its namespace', () => {
    const manifests = render(shopAndOrders(flow(outside, end(orders), http, 'old clients stay')));
    expect(new Set(manifests.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['store', 'web']));
  });

  it('3: a peer elsewhere never lacks its namespaceSelector', () => {
    const policies = render(shopAndOrders(shopToOrders));
    const peers = policies.flatMap(({ spec }) => [
      ...(spec.ingress ?? []).flatMap(({ from }) => from ?? []),
      ...(spec.egress ?? []).flatMap(({ to }) => to ?? []),
    ]);
    expect(peers).toHaveLength(2);
    for (const peer of peers) expect(peer).toHaveProperty('namespaceSelector');
  });

  it('4: a UDP port is said as UDP at both ends', () => {
    const said = portsOf(render(shopAndOrders(flow(end(shop), end(orders), ports.number('UDP', 5060), 'calls ring'))));
    expect(said).toEqual([[{ protocol: 'UDP', port: 5060 }], [{ protocol: 'UDP', port: 5060 }]]);
  });

  it('5: all ports of a protocol are said without a port', () => {
    const said = portsOf(render(shopAndOrders(flow(end(shop), end(orders), ports.allOf('TCP'), 'all of it'))));
    expect(said).toEqual([[{ protocol: 'TCP' }], [{ protocol: 'TCP' }]]);
  });

  it('6: both policy types are written on every policy', () => {
    for (const { spec } of render(mesh())) expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  });

  it('7: a flow that is said again, or in parts, adds no policy and no rule', () => {
    const again = flow(end(shop), end(orders), http, 'orders are listed');
    const more = flow(end(shop), end(orders), ports.number('TCP', 9000), 'orders are counted');
    expect(render(shopAndOrders(shopToOrders, again))).toEqual(render(shopAndOrders(shopToOrders)));
    expect(portsOf(render(shopAndOrders(shopToOrders, more)))).toEqual([
      [
        { protocol: 'TCP', port: 8000 },
        { protocol: 'TCP', port: 9000 },
      ],
      [
        { protocol: 'TCP', port: 8000 },
        { protocol: 'TCP', port: 9000 },
      ],
    ]);
  });

  it('8: policies are called by their tiers', () => {
    expect(render(shopAndOrders()).map(({ metadata }) => metadata.name)).toEqual([
      'default-deny',
      'orders',
      'default-deny',
      'shop',
    ]);
  });

  it('9: no two policies have one name in one namespace, and every flow is in one', () => {
    const stock = tier('web', 'stock');
    const manifests = render(
      graphOf([shop, stock, orders], [shopToOrders, flow(end(stock), end(orders), http, 'stock is counted')]),
    );
    const keys = manifests.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(manifests.find(({ metadata }) => metadata.name === 'orders')?.spec.ingress?.[0]?.from).toHaveLength(2);
    for (const name of ['shop', 'stock']) {
      expect(manifests.find(({ metadata }) => metadata.name === name)?.spec.egress).toHaveLength(1);
    }
  });

  it('10: what is left out of a block lies inside it', () => {
    const said = render(
      shopAndOrders(
        flow(end(shop), addresses('10.0.0.0/8', ['10.0.0.0/28', '10.200.0.0/28']), http, 'tools are called'),
      ),
    );
    const [rule] = said.flatMap(({ spec }) => spec.egress ?? []);
    for (const { ipBlock } of rule?.to ?? []) {
      const block = ips.fromBlock(ipBlock?.cidr as string);
      for (const except of ipBlock?.except ?? []) {
        expect(ips.contains(block, ips.fromBlock(except))).toBe(true);
        expect(ips.equal(block, ips.fromBlock(except))).toBe(false);
      }
    }
    expect(rule?.to?.flatMap(({ ipBlock }) => ipBlock?.except ?? [])).toHaveLength(2);
  });

  it('12: `ports` is absent only where a flow is every protocol, and never an empty list', () => {
    const everything = flow(end(shop), end(orders), ports.everything, 'all of it');
    expect(portsOf(render(shopAndOrders(everything)))).toEqual([undefined, undefined]);
    expect(() => shopAndOrders(flow(end(shop), end(orders), ports.none, 'none of it'))).toThrow(/has no traffic/);
  });
});

/** The ports of every rule of the manifests. */
function portsOf(manifests: ReturnType<typeof render>) {
  return manifests.flatMap(({ spec }) => [...(spec.ingress ?? []), ...(spec.egress ?? [])]).map((rule) => rule.ports);
}
