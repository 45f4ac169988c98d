/** Rendered objects as a YAML parser gives them, by the file that they are in. Operators change copies of them in place. */
export type Files = Record<string, KubernetesObject[]>;

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec?: unknown;
}

export interface Metadata {
  name: string;
  namespace?: string;
  labels?: Labels;
  annotations?: Labels;
  ownerReferences?: object[];
  creationTimestamp?: null;
}

/** What runs pods of one template. */
export interface Workload extends KubernetesObject {
  spec: { template: Template };
}

export interface Template {
  metadata?: { labels?: Labels };
  spec: { hostNetwork?: boolean; containers: Container[] };
}

export interface Container {
  ports?: { name?: string; containerPort: number; hostPort?: number }[];
}

export interface Policy extends KubernetesObject {
  spec: {
    podSelector: Selector;
    policyTypes?: string[];
    ingress?: Rule[];
    egress?: Rule[];
  };
}

export type Labels = Record<string, string>;

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: Requirement[];
}

export interface Requirement {
  key: string;
  operator: string;
  values?: string[];
}

export interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: Port[];
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: Block;
}

export interface Block {
  cidr: string;
  except?: string[];
}

export interface Port {
  protocol?: string;
  port?: number | string;
  endPort?: number;
}

export const DIRECTIONS = ['ingress', 'egress'] as const;

export function policiesOf(files: Files): Policy[] {
  return Object.values(files).flat().filter(isPolicy);
}

export function isPolicy(object: KubernetesObject): object is Policy {
  return object.apiVersion === 'networking.k8s.io/v1' && object.kind === 'NetworkPolicy';
}

export function namespacesOf(files: Files): KubernetesObject[] {
  return Object.values(files)
    .flat()
    .filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace');
}

export function workloadsOf(files: Files): Workload[] {
  return Object.values(files)
    .flat()
    .filter((object): object is Workload => object.apiVersion === 'apps/v1');
}

export function templateOf({ spec: { template } }: Workload): Template {
  return template;
}

/** The rules of a policy, each with the list that holds it. */
export function rulesOf({ spec }: Policy): { readonly rule: Rule; readonly all: Rule[] }[] {
  return DIRECTIONS.flatMap((direction) => {
    const all = spec[direction] ?? [];
    return all.map((rule) => ({ rule, all }));
  });
}

/** Under which key a rule has its peers. */
export function sideOf(policy: Policy, rule: Rule): 'from' | 'to' {
  return policy.spec.ingress?.includes(rule) ? 'from' : 'to';
}

export function peersOf({ from, to }: Rule): Peer[] {
  return [...(from ?? []), ...(to ?? [])];
}

/** Every selector of a policy: of its subject, of pods, and of namespaces. */
export function selectorsOf(policy: Policy): Selector[] {
  const peers = rulesOf(policy).flatMap(({ rule }) => peersOf(rule));
  return [
    policy.spec.podSelector,
    ...peers.flatMap((peer) => [peer.podSelector ?? [], peer.namespaceSelector ?? []].flat()),
  ];
}

export function portsOf(policy: Policy): { readonly port: Port; readonly rule: Rule }[] {
  return rulesOf(policy).flatMap(({ rule }) => (rule.ports ?? []).map((port) => ({ port, rule })));
}

export function blocksOf(policy: Policy): Block[] {
  return rulesOf(policy).flatMap(({ rule }) => peersOf(rule).flatMap(({ ipBlock }) => ipBlock ?? []));
}
