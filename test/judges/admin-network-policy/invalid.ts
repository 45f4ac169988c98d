import {
  type InvalidCase,
  invalidInEither,
  type Json,
  many,
  type PolicyForm,
  pods,
  rulesOf,
} from '../network-policy-api/invalid';
import type { KubernetesObject } from '../world';

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

const form: PolicyForm = { policy: adminPolicy, accept: 'Allow', most: 100 };
const { allow, out, ingress, egress, from, to } = rulesOf(form);
const port = (entry: Json) => ingress({ ...allow, ports: [entry] });

/** What the CRDs of v0.1.7 or their rules refuse, and what has no meaning, or several, although they take it. */
export const invalidCases: readonly InvalidCase[] = [
  ...invalidInEither(form),
  { what: 'a priority of the baseline', path: 'spec.priority', object: baselinePolicy({ priority: 1 }) },
  {
    what: 'a second baseline',
    path: 'metadata.name',
    object: baselinePolicy({}, { metadata: { name: 'other' } }),
  },
  {
    what: 'pods of a subject without a namespaceSelector, which ClusterNetworkPolicy takes',
    path: 'spec.subject.pods.namespaceSelector',
    object: adminPolicy({ subject: { pods: { podSelector: {} } } }),
  },
  { what: 'a tier of ClusterNetworkPolicy', path: 'spec.tier', object: adminPolicy({ tier: 'Admin' }) },
  {
    what: 'the action of ClusterNetworkPolicy',
    path: 'spec.ingress[0].action',
    object: ingress({ ...allow, action: 'Accept' }),
  },
  {
    what: 'Pass in the baseline',
    path: 'spec.ingress[0].action',
    object: baselinePolicy({ ingress: [{ ...allow, action: 'Pass' }] }),
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
    what: 'a network with bits after its prefix, on which engines disagree',
    path: 'spec.egress[0].to[0].networks[0]',
    object: to({ networks: ['10.1.2.3/8'] }),
    isTaken: true,
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
];
