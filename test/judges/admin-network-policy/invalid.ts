import type { InvalidCase } from '../cluster-network-policy/invalid';
import type { KubernetesObject } from '../world';

type Json = Readonly<Record<string, unknown>>;

const pods = { namespaces: {} };
const allow = { action: 'Allow', from: [pods] };
const out = { action: 'Allow', to: [{ networks: ['192.0.2.0/24'] }] };

/** An AdminNetworkPolicy that is in order, but for what is given. */
export function adminPolicy(spec: Json, more: Json = {}): KubernetesObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name: 'policy' },
    spec: { priority: 10, subject: pods, ...spec },
    ...more,
  };
}

/** A BaselineAdminNetworkPolicy, in the same way. */
export function baselinePolicy(spec: Json, more: Json = {}): KubernetesObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    metadata: { name: 'default' },
    spec: { subject: pods, ...spec },
    ...more,
  };
}

const ingress = (rule: Json) => adminPolicy({ ingress: [rule] });
const egress = (rule: Json) => adminPolicy({ egress: [rule] });
const from = (peer: Json) => ingress({ ...allow, from: [peer] });
const to = (peer: Json) => egress({ ...out, to: [peer] });
const port = (entry: Json) => ingress({ ...allow, ports: [entry] });
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** What the CRDs of v0.1.7 or their rules refuse, and what has no meaning, or several, although they take it. */
export const invalidCases: readonly InvalidCase[] = [
  { what: 'a priority above 1000', path: 'spec.priority', object: adminPolicy({ priority: 1001 }) },
  { what: 'a priority below 0', path: 'spec.priority', object: adminPolicy({ priority: -1 }) },
  { what: 'a priority in quotes', path: 'spec.priority', object: adminPolicy({ priority: '1' }) },
  { what: 'no priority', path: 'spec.priority', object: adminPolicy({ priority: undefined }) },
  { what: 'a priority of the baseline', path: 'spec.priority', object: baselinePolicy({ priority: 1 }) },
  {
    what: 'a second baseline',
    path: 'metadata.name',
    object: baselinePolicy({}, { metadata: { name: 'other' } }),
  },
  { what: 'no subject', path: 'spec.subject', object: adminPolicy({ subject: undefined }) },
  { what: 'an empty subject', path: 'spec.subject', object: adminPolicy({ subject: {} }) },
  {
    what: 'a subject with two fields',
    path: 'spec.subject',
    object: adminPolicy({ subject: { ...pods, pods: { namespaceSelector: {}, podSelector: {} } } }),
  },
  {
    what: 'pods of a subject without a namespaceSelector, which ClusterNetworkPolicy takes',
    path: 'spec.subject.pods.namespaceSelector',
    object: adminPolicy({ subject: { pods: { podSelector: {} } } }),
  },
  {
    what: 'pods of a peer without a podSelector',
    path: 'spec.ingress[0].from[0].pods.podSelector',
    object: from({ pods: { namespaceSelector: {} } }),
  },
  { what: 'a tier of ClusterNetworkPolicy', path: 'spec.tier', object: adminPolicy({ tier: 'Admin' }) },
  { what: '101 rules', path: 'spec.ingress', object: adminPolicy({ ingress: many(101, () => allow) }) },
  {
    what: 'the action of ClusterNetworkPolicy',
    path: 'spec.ingress[0].action',
    object: ingress({ ...allow, action: 'Accept' }),
  },
  { what: 'no action', path: 'spec.ingress[0].action', object: ingress({ from: [pods] }) },
  {
    what: 'Pass in the baseline',
    path: 'spec.ingress[0].action',
    object: baselinePolicy({ ingress: [{ ...allow, action: 'Pass' }] }),
  },
  {
    what: 'a name of 101 characters',
    path: 'spec.ingress[0].name',
    object: ingress({ ...allow, name: 'x'.repeat(101) }),
  },
  { what: 'no peers', path: 'spec.ingress[0].from', object: ingress({ action: 'Deny' }) },
  { what: 'an empty list of peers', path: 'spec.egress[0].to', object: egress({ action: 'Deny', to: [] }) },
  { what: '101 peers', path: 'spec.ingress[0].from', object: ingress({ ...allow, from: many(101, () => pods) }) },
  { what: 'the peers of the other direction', path: 'spec.ingress[0].to', object: ingress({ ...allow, to: [pods] }) },
  { what: 'a peer without a field', path: 'spec.ingress[0].from[0]', object: from({}) },
  {
    what: 'a peer with a field that no release has',
    path: 'spec.ingress[0].from[0].serviceAccounts',
    object: from({ serviceAccounts: {} }),
  },
  {
    what: 'a peer with two fields',
    path: 'spec.egress[0].to[0]',
    object: to({ ...pods, networks: ['192.0.2.0/24'] }),
  },
  {
    what: 'the namespaces of releases up to 0.1.2',
    path: 'spec.ingress[0].from[0].namespaces',
    object: from({ namespaces: { namespaceSelector: {} } }),
  },
  {
    what: 'the namespaces of releases up to 0.1.2, as those of the subject',
    path: 'spec.ingress[0].from[0].namespaces',
    object: from({ namespaces: { sameLabels: ['tenant'] } }),
  },
  {
    what: 'the pods of releases up to 0.1.2',
    path: 'spec.egress[0].to[0].pods.namespaces',
    object: to({ pods: { namespaces: { namespaceSelector: {} }, podSelector: {} } }),
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
    what: 'a network with bits after its prefix, on which engines disagree',
    path: 'spec.egress[0].to[0].networks[0]',
    object: to({ networks: ['10.1.2.3/8'] }),
    isTaken: true,
  },
  {
    what: 'a network twice',
    path: 'spec.egress[0].to[0].networks[1]',
    object: to({ networks: ['192.0.2.0/24', '192.0.2.0/24'] }),
  },
  {
    what: 'the name of a host alone',
    path: 'spec.egress[0].to[0].domainNames[0]',
    object: to({ domainNames: ['db'] }),
  },
  {
    what: 'a name with a character between Z and a, which the pattern of that release lets through',
    path: 'spec.egress[0].to[0].domainNames[0]',
    object: to({ domainNames: ['^.example.com'] }),
    isTaken: true,
  },
  {
    what: 'domain names in the baseline',
    path: 'spec.egress[0].to[0].domainNames',
    object: baselinePolicy({ egress: [{ ...out, to: [{ domainNames: ['api.example.com'] }] }] }),
  },
  {
    what: 'domain names in a rule that denies',
    path: 'spec.egress[0]',
    object: egress({ action: 'Deny', to: [{ domainNames: ['api.example.com'] }] }),
    isTaken: true,
  },
  { what: 'an empty list of ports', path: 'spec.ingress[0].ports', object: ingress({ ...allow, ports: [] }) },
  {
    what: '101 ports',
    path: 'spec.ingress[0].ports',
    object: ingress({ ...allow, ports: many(101, (i) => ({ portNumber: { port: i + 1 } })) }),
  },
  { what: 'a port without a field', path: 'spec.ingress[0].ports[0]', object: port({}) },
  {
    what: 'a port with two fields',
    path: 'spec.ingress[0].ports[0]',
    object: port({ portNumber: { port: 80 }, namedPort: 'http' }),
  },
  {
    what: 'a port without a number',
    path: 'spec.ingress[0].ports[0].portNumber.port',
    object: port({ portNumber: {} }),
  },
  { what: 'port 0', path: 'spec.ingress[0].ports[0].portNumber.port', object: port({ portNumber: { port: 0 } }) },
  {
    what: 'a protocol that engines do not know',
    path: 'spec.ingress[0].ports[0].portNumber.protocol',
    object: port({ portNumber: { protocol: 'ICMP', port: 80 } }),
    isTaken: true,
  },
  {
    what: 'a range without an end',
    path: 'spec.ingress[0].ports[0].portRange',
    object: port({ portRange: { start: 80 } }),
  },
  {
    what: 'a range that goes down, which no rule of the CRD forbids',
    path: 'spec.ingress[0].ports[0].portRange',
    object: port({ portRange: { start: 90, end: 80 } }),
    isTaken: true,
  },
  {
    what: 'the ports of ClusterNetworkPolicy',
    path: 'spec.ingress[0].protocols',
    object: ingress({ ...allow, protocols: [{ tcp: { destinationPort: { number: 80 } } }] }),
  },
  ...[{ networks: ['192.0.2.0/24'] }, { nodes: {} }, { domainNames: ['api.example.com'] }].map((peer) => ({
    what: `a named port beside ${Object.keys(peer)[0]}`,
    path: 'spec.egress[0]',
    object: egress({ ...out, to: [peer], ports: [{ namedPort: 'http' }] }),
  })),
  { what: 'no spec', path: 'spec', object: adminPolicy({}, { spec: undefined }) },
];
