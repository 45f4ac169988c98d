import * as fc from 'fast-check';
import { planeOf, readManifests } from '../../lib/analysis';
import { connectivity } from '../../lib/analysis/connectivity/connectivity';
import { engineNamed } from '../../lib/engines/engines';
import { composedPlane } from '../../lib/engines/with-unread';
import type { EngineName } from '../../lib/model/engine-name';

/**
 * Whatever is certain beside what an engine leaves undefined has to be the answer under each of the ways in which the
 * engine may decide it: the ways are written out as manifests that leave nothing undefined, or as planes of one order.
 */

type Manifest = Readonly<Record<string, unknown>>;

const NAMES = ['a', 'b', 'c'];
const PORTS = [80, 443];
const ADDRESSES = ['203.0.113.7', '198.51.100.7'];

const WORLD: readonly Manifest[] = NAMES.flatMap((name) => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', namespace: name, labels: { app: name } },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  },
]);

const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const someone = fc.constantFrom(...NAMES);
const anyone = fc.option(someone, { nil: undefined });
const port = fc.option(fc.constantFrom(...PORTS), { nil: undefined });
const direction = fc.constantFrom('ingress', 'egress');

/** What a rule says, whichever engine's it is. */
interface Said {
  readonly action: number;
  readonly direction: string;
  readonly peer: string | undefined;
  readonly port: number | undefined;
}

const rules = fc.array(fc.record<Said>({ action: fc.nat(2), direction, peer: anyone, port }), {
  minLength: 1,
  maxLength: 3,
});

interface Ranked {
  readonly subject: string | undefined;
  readonly priority: number;
  readonly rules: readonly Said[];
}

const ranked = fc.array(fc.record<Ranked>({ subject: anyone, priority: fc.constantFrom(5, 5, 6), rules }), {
  minLength: 2,
  maxLength: 3,
});

const ofKubernetes = fc.array(
  fc.record({ namespace: someone, peer: someone, direction }).map(({ namespace, peer, direction: which }) => ({
    namespace,
    spec: {
      podSelector: {},
      policyTypes: [which === 'ingress' ? 'Ingress' : 'Egress'],
      [which]: [{ [which === 'ingress' ? 'from' : 'to']: [{ namespaceSelector: named(peer) }] }],
    },
  })),
  { maxLength: 2 },
);

const networkPolicies = ofKubernetes.map((all) =>
  all.map(
    ({ namespace, spec }, i): Manifest => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `np-${i}`, namespace },
      spec,
    }),
  ),
);

function inDirection(said: readonly Said[], which: string, of: (rule: Said, i: number) => object): object {
  const own = said.filter((rule) => rule.direction === which);
  return own.length === 0 ? {} : { [which]: own.map(of) };
}

function bothWays(said: readonly Said[], of: (rule: Said, i: number) => object): object {
  return { ...inDirection(said, 'ingress', of), ...inDirection(said, 'egress', of) };
}

const end = (which: string) => (which === 'ingress' ? 'from' : 'to');

/** AdminNetworkPolicy: `name` is what its order hangs on among equals. */
function admin({ subject, priority, rules: said }: Ranked, name: string): Manifest {
  const of = ({ action, direction: which, peer, port: number }: Said) => ({
    action: ['Allow', 'Deny', 'Pass'][action],
    [end(which)]: [{ namespaces: peer === undefined ? {} : named(peer) }],
    ...(number !== undefined && { ports: [{ portNumber: { protocol: 'TCP', port: number } }] }),
  });
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name },
    spec: { priority, subject: { namespaces: subject === undefined ? {} : named(subject) }, ...bothWays(said, of) },
  };
}

function antrea({ subject, priority, rules: said }: Ranked, name: string, tier?: string): Manifest {
  const of = ({ action, direction: which, peer, port: number }: Said) => ({
    action: ['Allow', 'Drop', 'Pass'][action],
    [end(which)]: [{ namespaceSelector: peer === undefined ? {} : named(peer) }],
    ...(number !== undefined && { ports: [{ protocol: 'TCP', port: number }] }),
  });
  return {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: {
      priority,
      ...(tier !== undefined && { tier }),
      appliedTo: [{ namespaceSelector: subject === undefined ? {} : named(subject) }],
      ...bothWays(said, of),
    },
  };
}

function calico({ subject, priority, rules: said }: Ranked, name: string, tier: string): Manifest {
  const of = ({ action, direction: which, peer, port: number }: Said) => ({
    action: ['Allow', 'Deny', 'Pass'][action],
    ...(number !== undefined && { protocol: 'TCP' }),
    ...(peer !== undefined && {
      [which === 'ingress' ? 'source' : 'destination']: {
        namespaceSelector: `kubernetes.io/metadata.name == '${peer}'`,
        ...(number !== undefined && which === 'egress' && { ports: [number] }),
      },
    }),
  });
  const types = ['ingress', 'egress'].filter((which) => said.some((rule) => rule.direction === which));
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: `${tier}.${name}` },
    spec: {
      tier,
      order: priority,
      ...(subject !== undefined && { namespaceSelector: `kubernetes.io/metadata.name == '${subject}'` }),
      types: types.map((which) => (which === 'ingress' ? 'Ingress' : 'Egress')),
      ...bothWays(said, of),
    },
  };
}

const calicoTier = (name: string, order: number, defaultAction: string): Manifest => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'Tier',
  metadata: { name },
  spec: { order, defaultAction },
});

const antreaTier = (name: string, priority: number): Manifest => ({
  apiVersion: 'crd.antrea.io/v1beta1',
  kind: 'Tier',
  metadata: { name },
  spec: { priority },
});

interface Asked {
  readonly must: boolean;
  readonly may: boolean;
}

/** The answers about every connection. `isOneWay`: as the layers stand, without what is in doubt. */
function answers(
  manifests: readonly Manifest[],
  engine: EngineName | undefined,
  isOneWay: boolean,
): Map<string, Asked> {
  const reading = readManifests([...WORLD, ...manifests]);
  expect(reading.problems).toEqual([]);
  const whole = planeOf(reading, engine === undefined ? {} : { engine });
  const plane = isOneWay
    ? composedPlane(engineNamed(whole.engine), reading, { ipBlockMode: whole.plane.ipBlockMode, isByKinds: true })
    : whole.plane;
  const { allowed } = connectivity(reading.world, plane);
  const pods = NAMES.map((name) => `${name}/Pod/pod`);
  const pairs = pods.flatMap((from) => [...pods, ...ADDRESSES].filter((to) => to !== from).map((to) => [from, to]));
  return new Map(
    [...pairs, ...pairs.map(([from, to]) => [to, from])].flatMap(([from, to]) =>
      PORTS.map((number) => [`${from}>${to}:${number}`, allowed(from, to, 'TCP', number)] as const),
    ),
  );
}

/** Nothing that is certain beside the doubt is otherwise in one of the ways. */
function expectCertainInEach(
  manifests: readonly Manifest[],
  ways: readonly (readonly Manifest[])[],
  engine?: EngineName,
  engineOfWays = engine,
): void {
  const certain = [...answers(manifests, engine, false)].filter(([, { must, may }]) => must === may);
  for (const way of ways) {
    const inThis = answers(way, engineOfWays, true);
    for (const [connection, answer] of certain) {
      const { must, may } = inThis.get(connection) as Asked;
      // As read, a way may be less certain by itself; the opposite it must never be.
      expect({ connection, way, isOpposite: answer.must ? !may : must }).toEqual({
        connection,
        way,
        isOpposite: false,
      });
    }
  }
}

/** Names by which equals come in every order. */
function orders(count: number): string[][] {
  const all = ['x', 'y', 'z'].slice(0, count);
  const permuted = (rest: string[]): string[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((it) => permuted(rest.filter((other) => other !== it)).map((t) => [it, ...t]));
  return permuted(all);
}

/** The first order is that of the manifests as they are read. */
function expectCertainInEveryOrder(
  policies: readonly Ranked[],
  others: readonly Manifest[],
  written: (policy: Ranked, name: string) => Manifest,
): void {
  const ways = orders(policies.length).map((names) => [...policies.map((it, i) => written(it, names[i])), ...others]);
  expectCertainInEach(ways[0], ways);
}

const RUNS = { numRuns: 30 };

describe('what is certain beside what an engine leaves undefined', () => {
  it('is so in every order of AdminNetworkPolicies of one priority', () => {
    fc.assert(
      fc.property(ranked, networkPolicies, (policies, others) => {
        expectCertainInEveryOrder(policies, others, admin);
      }),
      RUNS,
    );
  });

  it("is so in every order of Antrea's policies of one priority", () => {
    fc.assert(
      fc.property(ranked, networkPolicies, (policies, others) => {
        expectCertainInEveryOrder(policies, others, antrea);
      }),
      RUNS,
    );
  });

  it("is so wherever a tier of Antrea's that nobody shows stands, and where its policies are refused", () => {
    fc.assert(
      fc.property(ranked, networkPolicies, ([first, ...more], others) => {
        // Priorities of their own, so that nothing else is undefined.
        const known = [...more.map((it, i) => antrea({ ...it, priority: 10 + i }, `known-${i}`)), ...others];
        const unknown = antrea(first, 'unknown', 'hidden');
        const ways = [1, 240].map((priority) => [antreaTier('hidden', priority), unknown, ...known]);
        expectCertainInEach([unknown, ...known], [known, ...ways], 'antrea');
      }),
      RUNS,
    );
  });

  it("is so wherever a tier of Calico's that nobody shows stands, whatever its default is, and where its policies are refused", () => {
    fc.assert(
      fc.property(ranked, networkPolicies, ([first, ...more], others) => {
        const early = calicoTier('early', 100, 'Pass');
        const known = [
          early,
          ...more.map((it, i) => calico(it, `known-${i}`, i === 0 ? 'early' : 'default')),
          ...others,
        ];
        const unknown = calico(first, 'one', 'hidden');
        const ways = [50, 500, 2_000_000].flatMap((order) =>
          ['Deny', 'Pass'].map((action) => [calicoTier('hidden', order, action), unknown, ...known]),
        );
        expectCertainInEach([unknown, ...known], [known, ...ways], 'calico');
      }),
      RUNS,
    );
  });

  it('is so without the policies that the engine does not enforce, and where the cluster runs their engine', () => {
    fc.assert(
      fc.property(ranked, networkPolicies, (policies, others) => {
        const foreign = policies.map((it, i) => calico(it, `one-${i}`, 'default'));
        const all = [...foreign, ...others];
        expectCertainInEach(all, [others, all], 'kubernetes', 'calico');
      }),
      RUNS,
    );
  });

  it('is so where host names without DNS lead anywhere, and where they lead nowhere', () => {
    const policy = fc.record({ namespace: someone, hosts: fc.boolean(), network: fc.boolean(), port });
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 3 }), networkPolicies, (policies, others) => {
        const written = (lead: 'as read' | 'nowhere' | 'anywhere') =>
          policies.map(({ namespace, hosts, network, port: number }, i): Manifest => {
            const toPorts =
              number === undefined ? {} : { toPorts: [{ ports: [{ port: `${number}`, protocol: 'TCP' }] }] };
            const names = lead === 'as read' ? { toFQDNs: [{ matchName: 'hf.co' }] } : { toCIDR: ['0.0.0.0/0'] };
            const egress = [
              ...(hosts && lead !== 'nowhere' ? [{ ...names, ...toPorts }] : []),
              ...(network ? [{ toCIDR: ['203.0.113.0/24'], ...toPorts }] : []),
            ];
            return {
              apiVersion: 'cilium.io/v2',
              kind: 'CiliumNetworkPolicy',
              metadata: { name: `one-${i}`, namespace },
              spec: { endpointSelector: {}, egress: egress.length === 0 ? [{}] : egress },
            };
          });
        const ways = (['as read', 'nowhere', 'anywhere'] as const).map((lead) => [...written(lead), ...others]);
        expectCertainInEach(ways[0], ways, 'cilium');
      }),
      RUNS,
    );
  });
});
