import type { KubernetesObject } from '../world';

export type Json = Readonly<Record<string, unknown>>;

export interface InvalidCase {
  /** What is wrong, as a clause. */
  readonly what: string;
  /** Where it stands. */
  readonly path: string;
  readonly object: KubernetesObject;
  /** The API server takes it, and it has no meaning that we read. */
  readonly isTaken?: true;
}

/** What tells the kinds of the Network Policy API apart where their fields are the same. */
export interface PolicyForm {
  /** A policy that is in order, but for what is given. */
  readonly policy: (spec: Json, more?: Json) => KubernetesObject;
  /** The action that lets through. */
  readonly accept: string;
  /** How many rules, peers and ports there may be. */
  readonly most: number;
}

export const pods = { namespaces: {} };

/** Policies of one rule, and of one rule with one peer, which are in order but for what is given. */
export function rulesOf({ policy, accept }: PolicyForm) {
  const allow = { action: accept, from: [pods] };
  const out = { action: accept, to: [{ networks: ['192.0.2.0/24'] }] };
  const ingress = (rule: Json) => policy({ ingress: [rule] });
  const egress = (rule: Json) => policy({ egress: [rule] });
  return {
    allow,
    out,
    ingress,
    egress,
    from: (peer: Json) => ingress({ ...allow, from: [peer] }),
    to: (peer: Json) => egress({ ...out, to: [peer] }),
  };
}

export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** What is wrong in an AdminNetworkPolicy and in a ClusterNetworkPolicy alike. */
export function invalidInEither(form: PolicyForm): readonly InvalidCase[] {
  return [...invalidPolicies(form), ...invalidRules(form), ...invalidPeers(form)];
}

function invalidPolicies({ policy, accept, most }: PolicyForm): InvalidCase[] {
  const rule = { action: accept, from: [pods] };
  return [
    { what: 'a priority above 1000', path: 'spec.priority', object: policy({ priority: 1001 }) },
    { what: 'a priority below 0', path: 'spec.priority', object: policy({ priority: -1 }) },
    { what: 'a priority between numbers', path: 'spec.priority', object: policy({ priority: 1.5 }) },
    { what: 'a priority in quotes', path: 'spec.priority', object: policy({ priority: '1' }) },
    { what: 'no priority', path: 'spec.priority', object: policy({ priority: undefined }) },
    { what: 'no subject', path: 'spec.subject', object: policy({ subject: undefined }) },
    { what: 'an empty subject', path: 'spec.subject', object: policy({ subject: {} }) },
    {
      what: 'a subject with two fields',
      path: 'spec.subject',
      object: policy({ subject: { ...pods, pods: { namespaceSelector: {}, podSelector: {} } } }),
    },
    {
      what: 'pods of a subject without a podSelector',
      path: 'spec.subject.pods.podSelector',
      object: policy({ subject: { pods: { namespaceSelector: {} } } }),
    },
    { what: 'an unknown field of the spec', path: 'spec.podSelector', object: policy({ podSelector: {} }) },
    {
      what: `${most + 1} rules`,
      path: 'spec.ingress',
      object: policy({ ingress: many(most + 1, () => rule) }),
    },
    { what: 'no spec', path: 'spec', object: policy({}, { spec: undefined }) },
  ];
}

function invalidRules(form: PolicyForm): InvalidCase[] {
  const { allow, ingress, egress } = rulesOf(form);
  const over = form.most + 1;
  return [
    { what: 'no action', path: 'spec.ingress[0].action', object: ingress({ from: [pods] }) },
    {
      what: 'a name of 101 characters',
      path: 'spec.ingress[0].name',
      object: ingress({ ...allow, name: 'x'.repeat(101) }),
    },
    { what: 'no peers', path: 'spec.ingress[0].from', object: ingress({ action: 'Deny' }) },
    { what: 'an empty list of sources', path: 'spec.ingress[0].from', object: ingress({ action: 'Deny', from: [] }) },
    { what: 'an empty list of destinations', path: 'spec.egress[0].to', object: egress({ action: 'Deny', to: [] }) },
    {
      what: `${over} peers`,
      path: 'spec.ingress[0].from',
      object: ingress({ ...allow, from: many(over, () => pods) }),
    },
    { what: 'the peers of the other direction', path: 'spec.ingress[0].to', object: ingress({ ...allow, to: [pods] }) },
    {
      what: 'domain names in a rule that denies',
      path: 'spec.egress[0]',
      object: egress({ action: 'Deny', to: [{ domainNames: ['api.example.com'] }] }),
      isTaken: true,
    },
  ];
}

function invalidPeers(form: PolicyForm): InvalidCase[] {
  const { from, to } = rulesOf(form);
  return [
    { what: 'a peer without a field', path: 'spec.ingress[0].from[0]', object: from({}) },
    {
      what: 'a peer with two fields',
      path: 'spec.egress[0].to[0]',
      object: to({ ...pods, networks: ['192.0.2.0/24'] }),
    },
    {
      what: 'a peer with a field that no release has',
      path: 'spec.ingress[0].from[0].serviceAccounts',
      object: from({ serviceAccounts: {} }),
    },
    {
      what: 'pods of a peer without a podSelector',
      path: 'spec.ingress[0].from[0].pods.podSelector',
      object: from({ pods: { namespaceSelector: {} } }),
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
      object: from({
        pods: { namespaceSelector: {}, podSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a' } } },
      }),
      isTaken: true,
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
    {
      what: 'an address for a block',
      path: 'spec.egress[0].to[0].networks[0]',
      object: to({ networks: ['192.0.2.1'] }),
    },
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
  ];
}
