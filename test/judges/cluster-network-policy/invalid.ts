import type { KubernetesObject } from '../world';

type Json = Readonly<Record<string, unknown>>;

export interface InvalidCase {
  /** What is wrong, as a clause. */
  readonly what: string;
  /** Where it stands. */
  readonly path: string;
  readonly object: KubernetesObject;
  /** The API server takes it, and it has no meaning that we read. */
  readonly isTaken?: true;
}

const pods = { namespaces: {} };
const allow = { action: 'Accept', from: [pods] };
const out = { action: 'Accept', to: [{ networks: ['192.0.2.0/24'] }] };

/** A ClusterNetworkPolicy that is in order, but for what is given. */
export function clusterPolicy(spec: Json, more: Json = {}): KubernetesObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'policy' },
    spec: { tier: 'Admin', priority: 10, subject: pods, ...spec },
    ...more,
  };
}

const ingress = (rule: Json) => clusterPolicy({ ingress: [rule] });
const egress = (rule: Json) => clusterPolicy({ egress: [rule] });
const from = (peer: Json) => ingress({ ...allow, from: [peer] });
const to = (peer: Json) => egress({ ...out, to: [peer] });
const protocol = (entry: Json) => ingress({ ...allow, protocols: [entry] });
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** What the CRD of v0.3.0 or its rules refuse, and what has no meaning although they take it. */
export const invalidCases: readonly InvalidCase[] = [
  { what: 'an unknown tier', path: 'spec.tier', object: clusterPolicy({ tier: 'NetworkPolicy' }) },
  { what: 'no tier', path: 'spec.tier', object: clusterPolicy({ tier: undefined }) },
  { what: 'a priority above 1000', path: 'spec.priority', object: clusterPolicy({ priority: 1001 }) },
  { what: 'a priority below 0', path: 'spec.priority', object: clusterPolicy({ priority: -1 }) },
  { what: 'a priority between numbers', path: 'spec.priority', object: clusterPolicy({ priority: 1.5 }) },
  { what: 'a priority in quotes', path: 'spec.priority', object: clusterPolicy({ priority: '1' }) },
  { what: 'no priority', path: 'spec.priority', object: clusterPolicy({ priority: undefined }) },
  { what: 'no subject', path: 'spec.subject', object: clusterPolicy({ subject: undefined }) },
  { what: 'an empty subject', path: 'spec.subject', object: clusterPolicy({ subject: {} }) },
  {
    what: 'a subject with two fields',
    path: 'spec.subject',
    object: clusterPolicy({ subject: { ...pods, pods: { podSelector: {} } } }),
  },
  {
    what: 'pods without a podSelector',
    path: 'spec.subject.pods.podSelector',
    object: clusterPolicy({ subject: { pods: {} } }),
  },
  { what: 'an unknown field of the spec', path: 'spec.podSelector', object: clusterPolicy({ podSelector: {} }) },
  { what: '26 rules', path: 'spec.ingress', object: clusterPolicy({ ingress: many(26, () => allow) }) },
  {
    what: 'an action of AdminNetworkPolicy',
    path: 'spec.ingress[0].action',
    object: ingress({ ...allow, action: 'Allow' }),
  },
  { what: 'no action', path: 'spec.ingress[0].action', object: ingress({ from: [pods] }) },
  {
    what: 'a name of 101 characters',
    path: 'spec.ingress[0].name',
    object: ingress({ ...allow, name: 'x'.repeat(101) }),
  },
  { what: 'no peers', path: 'spec.ingress[0].from', object: ingress({ action: 'Deny' }) },
  { what: 'an empty list of peers', path: 'spec.ingress[0].from', object: ingress({ action: 'Deny', from: [] }) },
  { what: '26 peers', path: 'spec.ingress[0].from', object: ingress({ ...allow, from: many(26, () => pods) }) },
  { what: 'the peers of the other direction', path: 'spec.ingress[0].to', object: ingress({ ...allow, to: [pods] }) },
  { what: 'a peer without a field', path: 'spec.ingress[0].from[0]', object: from({}) },
  {
    what: 'a peer with two fields',
    path: 'spec.egress[0].to[0]',
    object: to({ ...pods, networks: ['192.0.2.0/24'] }),
  },
  {
    what: 'networks as a source',
    path: 'spec.ingress[0].from[0].networks',
    object: from({ networks: ['192.0.2.0/24'] }),
  },
  { what: 'nodes as a source', path: 'spec.ingress[0].from[0].nodes', object: from({ nodes: {} }) },
  { what: 'no networks', path: 'spec.egress[0].to[0].networks', object: to({ networks: [] }) },
  {
    what: '26 networks',
    path: 'spec.egress[0].to[0].networks',
    object: to({ networks: many(26, (i) => `192.0.2.${i}/32`) }),
  },
  { what: 'an address for a block', path: 'spec.egress[0].to[0].networks[0]', object: to({ networks: ['192.0.2.1'] }) },
  {
    what: 'a prefix that is too long',
    path: 'spec.egress[0].to[0].networks[0]',
    object: to({ networks: ['192.0.2.0/33'] }),
  },
  {
    what: 'a network twice',
    path: 'spec.egress[0].to[0].networks[1]',
    object: to({ networks: ['192.0.2.0/24', '192.0.2.0/24'] }),
  },
  {
    what: 'an except, which only NetworkPolicy has',
    path: 'spec.egress[0].to[0].ipBlock',
    object: to({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/28'] } }),
  },
  {
    what: 'a wildcard in the middle',
    path: 'spec.egress[0].to[0].domainNames[0]',
    object: to({ domainNames: ['api.*.example.com'] }),
  },
  {
    what: 'the name of a host alone',
    path: 'spec.egress[0].to[0].domainNames[0]',
    object: to({ domainNames: ['db'] }),
  },
  {
    what: 'domain names in a rule that denies',
    path: 'spec.egress[0]',
    object: egress({ action: 'Deny', to: [{ domainNames: ['api.example.com'] }] }),
    isTaken: true,
  },
  {
    what: 'a network with bits after its prefix',
    path: 'spec.egress[0].to[0].networks[0]',
    object: to({ networks: ['10.1.2.3/8'] }),
  },
  {
    what: 'a network with bits after its prefix, of v1beta1',
    path: 'spec.egress[0].to[0].networks[0]',
    object: { ...to({ networks: ['2001:db8::1/32'] }), apiVersion: 'policy.networking.k8s.io/v1beta1' },
  },
  {
    what: 'an empty list of protocols',
    path: 'spec.ingress[0].protocols',
    object: ingress({ ...allow, protocols: [] }),
  },
  {
    what: '26 protocols',
    path: 'spec.ingress[0].protocols',
    object: ingress({ ...allow, protocols: many(26, (i) => ({ tcp: { destinationPort: { number: i + 1 } } })) }),
  },
  { what: 'a protocol without a field', path: 'spec.ingress[0].protocols[0]', object: protocol({}) },
  {
    what: 'two protocols in one entry',
    path: 'spec.ingress[0].protocols[0]',
    object: protocol({ tcp: { destinationPort: { number: 80 } }, udp: { destinationPort: { number: 80 } } }),
  },
  { what: 'a protocol without a port', path: 'spec.ingress[0].protocols[0].tcp', object: protocol({ tcp: {} }) },
  {
    what: 'a port with number and range',
    path: 'spec.ingress[0].protocols[0].tcp.destinationPort',
    object: protocol({ tcp: { destinationPort: { number: 80, range: { start: 1, end: 2 } } } }),
  },
  {
    what: 'port 0',
    path: 'spec.ingress[0].protocols[0].udp.destinationPort.number',
    object: protocol({ udp: { destinationPort: { number: 0 } } }),
  },
  {
    what: 'a range that ends where it starts',
    path: 'spec.ingress[0].protocols[0].tcp.destinationPort.range',
    object: protocol({ tcp: { destinationPort: { range: { start: 80, end: 80 } } } }),
  },
  {
    what: 'a range that ends before it starts',
    path: 'spec.ingress[0].protocols[0].tcp.destinationPort.range',
    object: protocol({ tcp: { destinationPort: { range: { start: 90, end: 80 } } } }),
  },
  {
    what: 'the port of a NetworkPolicy',
    path: 'spec.ingress[0].ports',
    object: ingress({ ...allow, ports: [{ port: 80 }] }),
  },
  {
    what: 'a named port beside networks',
    path: 'spec.egress[0]',
    object: egress({ ...out, protocols: [{ destinationNamedPort: 'http' }] }),
  },
  {
    what: 'a named port beside nodes',
    path: 'spec.egress[0]',
    object: egress({ action: 'Deny', to: [{ nodes: {} }], protocols: [{ destinationNamedPort: 'http' }] }),
  },
  {
    what: 'an unknown operator',
    path: 'spec.ingress[0].from[0].namespaces',
    object: from({ namespaces: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } }),
    isTaken: true,
  },
  {
    what: 'the label of namespaces on pods',
    path: 'spec.ingress[0].from[0].pods.podSelector',
    object: from({ pods: { podSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a' } } } }),
    isTaken: true,
  },
  { what: 'no spec', path: 'spec', object: clusterPolicy({}, { spec: undefined }) },
];
