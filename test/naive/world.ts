/**
 * What manifests say exists, as the naive evaluator needs it. Nothing here comes from `lib`: this judges it.
 */
export type Labels = Readonly<Record<string, string>>;
export type Protocol = 'TCP' | 'UDP' | 'SCTP';
/** `pods`: an ipBlock also matches pods by their addresses. `external-only`: it never matches a pod. */
export type IpBlockMode = 'pods' | 'external-only';

export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
}

export interface ContainerPort {
  readonly name?: string;
  readonly protocol: Protocol;
  readonly number: number;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** Without any, no ipBlock matches the pod. */
  readonly ips: readonly string[];
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork?: boolean;
  /** Labels that the pod may have besides, and whose values are anybody's guess. `any`: whatever a selector asks about. */
  readonly unknownLabels?: 'any' | readonly string[];
  /** It may have further ports with names. */
  readonly mayHaveMorePorts?: boolean;
}

/** Outside the cluster: no policy applies to it. */
export interface Address {
  readonly ip: string;
}

export interface World {
  readonly namespaces: readonly Namespace[];
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
  /** Default none. */
  readonly adminPolicies?: readonly AdminPolicy[];
  /** The one that is named `default`. Default none. */
  readonly baselinePolicies?: readonly AdminPolicy[];
  /** What their peers by node mean. Default none. */
  readonly nodes?: readonly { readonly labels: Labels; readonly addresses: readonly string[] }[];
  /** The addresses that names lead to. Default none. */
  readonly domains?: Readonly<Record<string, readonly string[]>>;
  /** Default `pods`. */
  readonly ipBlockMode?: IpBlockMode;
  /** Every pod runs on the node that pods on the host network are: a node and its pods always reach each other. */
  readonly isOneNode?: boolean;
}

/** A manifest as YAML or JSON gives it. `null` is what YAML gives for a key without a value: the same as no key. */
type Maybe<T> = T | null | undefined;

export interface LabelSelector {
  readonly matchLabels?: Maybe<Labels>;
  readonly matchExpressions?: Maybe<readonly LabelRequirement[]>;
}

export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: Maybe<readonly string[]>;
}

export interface PolicyPeer {
  readonly podSelector?: Maybe<LabelSelector>;
  readonly namespaceSelector?: Maybe<LabelSelector>;
  readonly ipBlock?: Maybe<{ readonly cidr: string; readonly except?: Maybe<readonly string[]> }>;
}

export interface PolicyPort {
  readonly protocol?: Maybe<string>;
  readonly port?: Maybe<number | string>;
  readonly endPort?: Maybe<number>;
}

export interface PolicyRule {
  readonly from?: Maybe<readonly PolicyPeer[]>;
  readonly to?: Maybe<readonly PolicyPeer[]>;
  readonly ports?: Maybe<readonly PolicyPort[]>;
}

export interface NetworkPolicy {
  /** It may be there or not. */
  readonly isUncertain?: true;
  readonly metadata: { readonly name?: string; readonly namespace?: Maybe<string> };
  readonly spec?: Maybe<{
    readonly podSelector?: Maybe<LabelSelector>;
    readonly policyTypes?: Maybe<readonly string[]>;
    readonly ingress?: Maybe<readonly PolicyRule[]>;
    readonly egress?: Maybe<readonly PolicyRule[]>;
  }>;
}

/** AdminNetworkPolicy and BaselineAdminNetworkPolicy of policy.networking.k8s.io/v1alpha1. */
export interface AdminPolicy {
  readonly metadata: { readonly name: string };
  readonly spec: {
    /** The baseline one has none. */
    readonly priority?: Maybe<number>;
    readonly subject: AdminPeer;
    readonly ingress?: Maybe<readonly AdminRule[]>;
    readonly egress?: Maybe<readonly AdminRule[]>;
  };
}

export interface AdminRule {
  readonly action: 'Allow' | 'Deny' | 'Pass';
  readonly from?: Maybe<readonly AdminPeer[]>;
  readonly to?: Maybe<readonly AdminPeer[]>;
  readonly ports?: Maybe<readonly AdminPort[]>;
}

export interface AdminPeer {
  readonly namespaces?: Maybe<LabelSelector>;
  readonly pods?: Maybe<{ readonly namespaceSelector?: LabelSelector; readonly podSelector?: LabelSelector }>;
  readonly networks?: Maybe<readonly string[]>;
  readonly nodes?: Maybe<LabelSelector>;
  readonly domainNames?: Maybe<readonly string[]>;
}

export interface AdminPort {
  readonly portNumber?: Maybe<{ readonly protocol?: Maybe<string>; readonly port: number }>;
  readonly portRange?: Maybe<{ readonly protocol?: Maybe<string>; readonly start: number; readonly end: number }>;
  readonly namedPort?: Maybe<string>;
}
