/** A manifest as it is parsed. */
type Manifest = Readonly<Record<string, unknown>>;

/** One object that grows with `n` in one respect, and is valid whatever `n` is. */
export const bigObjects: Readonly<Record<string, (n: number) => Manifest>> = {
  'excepts of a block': (n) => ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: blocks(n) } }] }),
  'blocks of a rule': (n) => ingress({ from: blocks(n).map((cidr) => ({ ipBlock: { cidr } })) }),
  'ports of a rule': (n) => ingress({ ports: times(n, (i) => ({ port: 1 + ((2 * i) % 65_535) })) }),
  'names of ports': (n) => ingress({ ports: times(n, (i) => ({ port: `p${i.toString(36)}` })) }),
  'pod selectors of a rule': (n) =>
    ingress({ from: times(n, (i) => ({ podSelector: { matchLabels: { a: `v${i}` } } })) }),
  'rules of a policy': (n) => ingress(...times(n, (i) => ({ ports: [{ port: 1 + (i % 65_535) }] }))),
  'values of a requirement': (n) => about({ matchExpressions: [{ key: 'a', operator: 'In', values: values(n) }] }),
  'labels of a selector': (n) => about({ matchLabels: labels(n) }),
  'requirements on one key': (n) =>
    about({ matchExpressions: values(n).map((value) => ({ key: 'a', operator: 'NotIn', values: [value] })) }),
  'blocks of a CiliumNetworkPolicy': (n) => cilium({ spec: { endpointSelector: {}, egress: [{ toCIDR: blocks(n) }] } }),
  'excepts of a CiliumNetworkPolicy': (n) =>
    cilium({
      spec: { endpointSelector: {}, egress: [{ toCIDRSet: [{ cidr: '10.0.0.0/8', except: blocks(n) }] }] },
    }),
  'specs of a CiliumNetworkPolicy': (n) =>
    cilium({ specs: values(n).map((a) => ({ endpointSelector: { matchLabels: { a } }, egress: [{}] })) }),
  'names of hosts of a CiliumNetworkPolicy': (n) =>
    cilium({
      spec: { endpointSelector: {}, egress: [{ toFQDNs: times(n, (i) => ({ matchName: `a${i}.example.com` })) }] },
    }),
  'blocks of an Antrea NetworkPolicy': (n) => ({
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      priority: 5,
      appliedTo: [{ podSelector: {} }],
      egress: [{ action: 'Allow', to: blocks(n).map((cidr) => ({ ipBlock: { cidr } })) }],
    },
  }),
  'labels of a pod': (n) => pod({ labels: labels(n) }, [{ name: 'c' }]),
  'ports of a pod': (n) => pod({}, [{ name: 'c', ports: times(n, (i) => ({ containerPort: 1 + (i % 65_535) })) }]),
  'containers of a pod': (n) =>
    pod(
      {},
      times(n, (i) => ({ name: `c${i}` })),
    ),
  'ports of a Service': (n) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: { a: 'b' }, ports: times(n, (i) => ({ name: `p${i}`, port: 1 + (i % 65_535) })) },
  }),
  'items of a List': (n) => ({
    apiVersion: 'v1',
    kind: 'List',
    items: times(n, (i) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${i}` } })),
  }),
};

const metadata = { name: 'big', namespace: 'a' };

function about(podSelector: object): Manifest {
  return networkPolicy({ podSelector, policyTypes: ['Ingress'] });
}

function ingress(...rules: readonly object[]): Manifest {
  return networkPolicy({ podSelector: {}, policyTypes: ['Ingress'], ingress: rules });
}

function networkPolicy(spec: object): Manifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
}

function cilium(specs: object): Manifest {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata, ...specs };
}

function pod(labelled: object, containers: readonly object[]): Manifest {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...labelled }, spec: { containers } };
}

/** Blocks of one address that have a gap between each other. */
function blocks(n: number): string[] {
  return times(n, (i) => `10.${(2 * i) >> 16}.${((2 * i) >> 8) & 255}.${(2 * i) & 255}/32`);
}

function values(n: number): string[] {
  return times(n, (i) => `v${i}`);
}

function labels(n: number): Record<string, string> {
  return Object.fromEntries(times(n, (i) => [`k${i}`, 'v']));
}

function times<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}
