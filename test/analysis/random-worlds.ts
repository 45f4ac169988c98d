import * as fc from 'fast-check';

/** Manifests of a small world in which everything that NetworkPolicy can say is said often. */
export interface RandomWorld {
  readonly manifests: readonly Manifest[];
}

export type Manifest = Readonly<Record<string, unknown>>;

const NAMESPACES = ['x', 'y', 'z'];
export const KEYS = ['app', 'tier'];
export const VALUES = ['a', 'b', 'c'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
export const PORT_NAMES = ['http', 'metrics'];
/** Ports that worlds use, and that are asked for. */
export const PORTS = [79, 80, 81, 85, 90, 91];

const labels = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 2 });

const requirement = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);

const selector = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: fc.record({ matchLabels: labels }) },
  { weight: 3, arbitrary: fc.record({ matchExpressions: fc.array(requirement, { minLength: 1, maxLength: 2 }) }) },
);

const namespaceSelector = fc.oneof(
  selector,
  fc.constantFrom(...NAMESPACES).map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
  fc
    .constantFrom(...NAMESPACES)
    .map((name) => ({ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [name] }] })),
);

const block = fc.constantFrom(
  { cidr: '0.0.0.0/0' },
  { cidr: '10.0.0.0/8' },
  { cidr: '10.0.0.0/29', except: ['10.0.0.4/31'] },
  { cidr: '10.0.0.0/24', except: ['10.0.0.2/32', '10.0.0.8/30'] },
  { cidr: '192.0.2.0/24', except: ['192.0.2.128/25'] },
  { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] },
);

/** Addresses that are asked about, each on some side of an edge of a block. */
export const ADDRESSES = [
  '10.0.0.3',
  '10.0.0.4',
  '10.0.1.1',
  '192.0.2.1',
  '192.0.2.200',
  '198.51.100.1',
  '2001:db8::1',
  '2001:db8:1::1',
];

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock: block }),
);

const port = fc.oneof(
  fc.record({ port: fc.constantFrom(...PORTS) }),
  fc.record({ port: fc.constantFrom(...PORTS), protocol: fc.constantFrom(...PROTOCOLS) }),
  fc.record({ port: fc.constant(80), endPort: fc.constantFrom(80, 85, 90), protocol: fc.constantFrom(...PROTOCOLS) }),
  fc.record({ port: fc.constantFrom(...PORT_NAMES), protocol: fc.constantFrom(...PROTOCOLS) }),
  fc.record({ protocol: fc.constantFrom(...PROTOCOLS) }),
);

const list = <T>(item: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }) },
    fc.constant([]),
    fc.constant(null),
  );

const rules = (peers: 'from' | 'to') =>
  fc.option(fc.array(fc.record({ [peers]: list(peer), ports: list(port) }, { requiredKeys: [] }), { maxLength: 2 }), {
    nil: undefined,
  });

const spec = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress'], [], undefined),
    ingress: rules('from'),
    egress: rules('to'),
  },
  { requiredKeys: ['podSelector'] },
);

const containerPort = fc.record(
  {
    name: fc.constantFrom(...PORT_NAMES),
    protocol: fc.constantFrom(...PROTOCOLS),
    containerPort: fc.constantFrom(...PORTS),
  },
  { requiredKeys: ['containerPort'] },
);

const pod = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  labels,
  ports: fc.array(containerPort, { maxLength: 2 }),
  hostNetwork: fc.boolean().chain((often) => (often ? fc.boolean() : fc.constant(false))),
});

export interface WorldShape {
  /** Whether pods have addresses: 10.0.0.1 and those after it. */
  readonly addressed: boolean;
}

export function randomWorlds({ addressed }: WorldShape): fc.Arbitrary<RandomWorld> {
  return fc
    .record({
      namespaces: fc.array(fc.record({ name: fc.constantFrom(...NAMESPACES), labels }), { maxLength: 3 }),
      pods: fc.array(pod, { minLength: 2, maxLength: 7 }),
      policies: fc.array(fc.record({ namespace: fc.constantFrom(...NAMESPACES), spec }), { maxLength: 6 }),
    })
    .map(({ namespaces, pods, policies }) => ({
      manifests: [
        ...distinct(namespaces, ({ name }) => name).map(({ name, labels: own }) => ({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name, labels: own },
        })),
        ...pods.map(({ namespace, labels: own, ports, hostNetwork }, i) => ({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: `p${i}`, namespace, labels: own },
          spec: { hostNetwork, containers: [{ name: 'c', ports }] },
          ...(addressed && { status: { podIPs: [{ ip: `10.0.0.${i + 1}` }] } }),
        })),
        ...policies.map(({ namespace, spec: own }, i) => ({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: `n${i}`, namespace },
          spec: own,
        })),
      ],
    }));
}

function distinct<T>(all: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(all.map((item) => [keyOf(item), item])).values()];
}
