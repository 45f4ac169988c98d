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

const form: PolicyForm = { policy: clusterPolicy, accept: 'Accept', most: 25 };
const { allow, out, ingress, egress, to } = rulesOf(form);
const protocol = (entry: Json) => ingress({ ...allow, protocols: [entry] });

/** What the CRD of v0.3.0 or its rules refuse, and what has no meaning although they take it. */
export const invalidCases: readonly InvalidCase[] = [
  ...invalidInEither(form),
  { what: 'an unknown tier', path: 'spec.tier', object: clusterPolicy({ tier: 'NetworkPolicy' }) },
  { what: 'no tier', path: 'spec.tier', object: clusterPolicy({ tier: undefined }) },
  {
    what: 'an action of AdminNetworkPolicy',
    path: 'spec.ingress[0].action',
    object: ingress({ ...allow, action: 'Allow' }),
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
];
