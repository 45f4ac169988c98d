/** Manifests as YAML or JSON gives them; `null` is a key without a value, the same as no key. */
export type Maybe<T> = T | null | undefined;

export type Labels = Readonly<Record<string, string>>;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: Maybe<string>; readonly labels?: Maybe<Labels> };
}

export interface LabelSelector {
  readonly matchLabels?: Maybe<Labels>;
  readonly matchExpressions?: Maybe<
    readonly { readonly key: string; readonly operator: string; readonly values?: Maybe<readonly string[]> }[]
  >;
}

export interface Peer {
  readonly podSelector?: Maybe<LabelSelector>;
  readonly namespaceSelector?: Maybe<LabelSelector>;
  readonly ipBlock?: Maybe<Block>;
}

/** Also as a graph has it. */
export interface Block {
  readonly cidr: string;
  readonly except?: Maybe<readonly string[]>;
}

/** Also as a graph has it. */
export interface Port {
  readonly protocol?: Maybe<string>;
  readonly port?: Maybe<number | string>;
  readonly endPort?: Maybe<number>;
}

export interface Rule {
  readonly from?: Maybe<readonly Peer[]>;
  readonly to?: Maybe<readonly Peer[]>;
  readonly ports?: Maybe<readonly Port[]>;
}

export interface NetworkPolicy extends Manifest {
  readonly spec?: Maybe<{
    readonly podSelector?: Maybe<LabelSelector>;
    readonly policyTypes?: Maybe<readonly string[]>;
    readonly ingress?: Maybe<readonly Rule[]>;
    readonly egress?: Maybe<readonly Rule[]>;
  }>;
}

/** Pods of namespaces, or pods; one of the two. */
export interface PodsOfCluster {
  readonly namespaces?: LabelSelector;
  readonly pods?: { readonly namespaceSelector?: LabelSelector; readonly podSelector: LabelSelector };
}

export interface PeerOfCluster extends PodsOfCluster {
  readonly networks?: readonly string[];
}

interface PortOfCluster {
  readonly destinationPort: {
    readonly number?: number;
    readonly range?: { readonly start: number; readonly end: number };
  };
}

/** One of the four. */
export interface ProtocolOfCluster {
  readonly tcp?: PortOfCluster;
  readonly udp?: PortOfCluster;
  readonly sctp?: PortOfCluster;
  readonly destinationNamedPort?: string;
}

export interface RuleOfCluster {
  readonly action: string;
  readonly from?: readonly PeerOfCluster[];
  readonly to?: readonly PeerOfCluster[];
  readonly protocols?: readonly ProtocolOfCluster[];
}

export interface ClusterNetworkPolicy extends Manifest {
  readonly spec: {
    readonly tier: string;
    readonly priority: number;
    readonly subject: PodsOfCluster;
    readonly ingress?: readonly RuleOfCluster[];
    readonly egress?: readonly RuleOfCluster[];
  };
}

export type Direction = 'ingress' | 'egress';
export const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

export const NAME_LABEL = 'kubernetes.io/metadata.name';

export function networkPolicies(manifests: readonly Manifest[]): NetworkPolicy[] {
  return manifests.filter(({ apiVersion, kind }) => apiVersion === 'networking.k8s.io/v1' && kind === 'NetworkPolicy');
}

export function clusterNetworkPolicies(manifests: readonly Manifest[]): ClusterNetworkPolicy[] {
  return manifests.filter(({ kind }) => kind === 'ClusterNetworkPolicy') as ClusterNetworkPolicy[];
}

export function namespaceOf({ metadata }: Manifest): string {
  return metadata.namespace ?? 'default';
}

/** Without policyTypes: ingress always, and egress where there is a rule for it (`pkg/apis/networking/v1/defaults.go`). */
export function isolates({ spec }: NetworkPolicy, direction: Direction): boolean {
  const types = spec?.policyTypes ?? [];
  if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' || (spec?.egress ?? []).length > 0;
}

/** Those of a tier, in the order in which they are asked: by priority, and those of one priority by name. */
export function inTier(policies: readonly ClusterNetworkPolicy[], tier: string): ClusterNetworkPolicy[] {
  return policies
    .filter(({ spec }) => spec.tier === tier)
    .sort((a, b) => a.spec.priority - b.spec.priority || (a.metadata.name < b.metadata.name ? -1 : 1));
}
