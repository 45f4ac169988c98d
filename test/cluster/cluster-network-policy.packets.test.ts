import { evaluators } from '../judges/cluster-network-policy/evaluators';
import { randomClusterWorld } from '../judges/cluster-network-policy/worlds';
import type { Flow, KubernetesObject, World } from '../judges/world';
import { abilities, describeUnless } from './support/abilities';
import { type Enforced, enforce } from './support/enforcement';

const { programs, noPackets } = abilities();

/** How many random worlds are enforced: PACKET_CLUSTER_WORLDS, of which each has policies for the whole cluster. */
const randomWorlds = Number(process.env.PACKET_CLUSTER_WORLDS ?? '12');

const places: Readonly<Record<string, string>> = {
  web: '10.244.9.1',
  db: '10.244.9.2',
  probe: '10.244.9.3',
  metadata: '169.254.169.254',
  outside: '192.0.2.7',
};

describeUnless(noPackets, 'packets under ClusterNetworkPolicies', () => {
  describe('in a shop with one policy of each sort', () => {
    const world = shop();
    let enforced: Enforced;

    beforeAll(async () => {
      enforced = await enforce(programs ?? '', [world]);
    });

    it.each<[string, string, string, number, boolean]>([
      ['are denied by Admin, although a NetworkPolicy allows them', 'web', 'db', 5432, false],
      ['are passed on by Admin, past its Deny, to the NetworkPolicy that allows them', 'web', 'db', 8080, true],
      ['are denied by the NetworkPolicy that they are passed on to', 'web', 'db', 9090, false],
      ['are accepted by Admin, although a NetworkPolicy isolates', 'probe', 'db', 9090, true],
      ['are denied by Baseline, where no NetworkPolicy selects the pod', 'db', 'web', 8080, false],
      ['are accepted by Baseline before its Deny', 'probe', 'web', 8080, true],
      ['are denied by networks, on the way to the metadata service', 'probe', 'metadata', 80, false],
      ['go out where nothing is said', 'probe', 'outside', 80, true],
    ])('%s', (_, from, to, port, passes) => {
      const index = world.flows.findIndex(isFlow(from, to, port));
      expect(enforced.withoutPolicies[0]?.[index]).toBe(true);
      expect(enforced.withPolicies[0]?.[index]).toBe(passes);
    });

    it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))('are what %s says', (_, evaluator) => {
      expect(differing(world, enforced.withPolicies[0], evaluator.of(world, 'pods'))).toEqual([]);
    });
  });

  // Each world by itself: what is of the whole cluster would reach into the others.
  it.each(Array.from({ length: randomWorlds }, (_, index) => index + 1))(
    'are as the evaluators say in the random world of seed %i',
    async (seed) => {
      const whole = randomClusterWorld(seed);
      const world = { ...whole, flows: whole.flows.filter(({ protocol }) => protocol !== 'SCTP') };
      const { withPolicies } = await enforce(programs ?? '', [world]);
      for (const evaluator of evaluators) {
        expect(differing(world, withPolicies[0], evaluator.of(world, 'pods'))).toEqual([]);
      }
    },
  );
});

function isFlow(from: string, to: string, port: number): (flow: Flow) => boolean {
  return (flow) => flow.from === places[from] && flow.to === places[to] && flow.port === port;
}

/** Web and db in a shop, of which db is isolated; a probe in another namespace; two addresses outside. */
function shop(): World {
  const pods = [pod('shop', 'web'), pod('shop', 'db'), pod('ops', 'probe')];
  const ends = Object.entries(places).map(([name, ip]) => {
    return pods.some(({ metadata }) => metadata.name === name) ? { pod: name, addresses: [ip] } : { addresses: [ip] };
  });
  const flows = Object.values(places).flatMap((from) =>
    Object.values(places)
      .filter((to) => to !== from && [from, to].some((ip) => ip.startsWith('10.')))
      .flatMap((to) => [80, 5432, 8080, 9090].map((port): Flow => ({ from, to, protocol: 'TCP', port }))),
  );
  return { seed: 0, documents: [namespace('shop'), namespace('ops'), ...pods, ...policies()], ends, flows };
}

function policies(): KubernetesObject[] {
  const db = { pods: { podSelector: { matchLabels: { app: 'db' } } } };
  const web = { pods: { podSelector: { matchLabels: { app: 'web' } } } };
  const ops = { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } };
  const onPort = (number: number) => ({ protocols: [{ tcp: { destinationPort: { number } } }] });
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'db' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 5432 }, { port: 8080 }] }],
      },
    },
    clusterPolicy('passes', 'Admin', 1, db, { ingress: [{ action: 'Pass', from: [web], ...onPort(8080) }] }),
    clusterPolicy('passes-more', 'Admin', 2, db, { ingress: [{ action: 'Pass', from: [web], ...onPort(9090) }] }),
    clusterPolicy('denies', 'Admin', 3, db, {
      ingress: [
        { action: 'Accept', from: [ops], ...onPort(9090) },
        { action: 'Deny', from: [{ namespaces: {} }] },
      ],
    }),
    clusterPolicy(
      'metadata',
      'Admin',
      4,
      { namespaces: {} },
      {
        egress: [{ action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }],
      },
    ),
    clusterPolicy(
      'default-deny',
      'Baseline',
      0,
      { namespaces: {} },
      {
        ingress: [
          { action: 'Accept', from: [ops] },
          { action: 'Deny', from: [{ namespaces: {} }] },
        ],
      },
    ),
  ];
}

function clusterPolicy(name: string, tier: string, priority: number, subject: object, rules: object): KubernetesObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: { tier, priority, subject, ...rules },
  };
}

function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

function pod(namespaceName: string, name: string): KubernetesObject {
  const ip = places[name] as string;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: namespaceName, labels: { app: name } },
    spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'image' }] },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
  };
}

/** Flows that really passed although they should not, or the other way round. */
function differing(world: World, passed: readonly boolean[] | undefined, passes: (flow: Flow) => unknown): Flow[] {
  return world.flows.filter((flow, index) => passes(flow) !== passed?.[index]);
}
