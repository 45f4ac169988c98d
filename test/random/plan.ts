/**
 * A declaration as plain data: what a counterexample is printed as, what is declared through the public constructs, and
 * what the oracle reads. Nothing here comes from `lib`.
 */
export interface Plan {
  /** Whether the cluster says in which ranges its pods, Services and nodes have their addresses. */
  readonly ranges: 'known' | 'unknown';
  readonly dns: 'CoreDNS' | 'NodeLocal' | 'OpenShift';
  readonly namespaces: readonly NamespacePlan[];
  readonly tiers: readonly TierPlan[];
  readonly flows: readonly FlowPlan[];
  /** Nothing is acknowledged, so that the library refuses what must be. */
  readonly forgetful: boolean;
}

export type Labels = Readonly<Record<string, string>>;
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A zero-trust namespace. */
export interface NamespacePlan {
  readonly name: string;
  readonly chart: string;
  readonly labels: Labels;
  readonly adopted: boolean;
}

export interface TierPlan {
  readonly namespace: string;
  readonly name: string;
  readonly role: 'tier' | 'gateway' | 'inference' | 'agent' | 'data';
  readonly pods: PodsPlan;
  /** Absent only where the role or the workload says. */
  readonly ports?: readonly PortPlan[];
  readonly dns?: boolean;
  /** Replicas talk to one another: `peerPorts` of data, `distributed` of inference. */
  readonly replicates: boolean;
}

export type PodsPlan =
  | { readonly kind: 'all' }
  | { readonly kind: 'labeled'; readonly labels: Labels }
  | { readonly kind: 'matching'; readonly requirements: readonly RequirementPlan[] }
  /** A Deployment of the app with these labels. */
  | { readonly kind: 'workload'; readonly labels: Labels };

export interface RequirementPlan {
  readonly key: string;
  readonly operation: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** Pods that are told by no label of their own, and so may be all that a namespace will ever hold. */
export function takeUnlabelled(pods: PodsPlan): boolean {
  if (pods.kind === 'all') return true;
  const holds = ({ operation }: RequirementPlan) => operation === 'NotIn' || operation === 'DoesNotExist';
  return pods.kind === 'matching' && pods.requirements.every(holds);
}

export type PortPlan =
  | { readonly protocol: Protocol; readonly first: number; readonly last: number }
  | { readonly protocol: Protocol; readonly name: string }
  /** Every port of a protocol, or everything. */
  | { readonly all: Protocol | 'traffic' };

/** One call of `allowTo` or `allowFrom`, or an exposure of a gateway. */
export interface FlowPlan {
  readonly tier: TierName;
  readonly side: 'to' | 'from';
  readonly peer: PeerPlan;
  /** Absent: the ports of the destination. */
  readonly ports?: readonly PortPlan[];
  readonly because: string;
}

/** `namespace/name`. */
export type TierName = string;

export type PeerPlan =
  | { readonly kind: 'tier'; readonly tier: TierName }
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** Pods that somebody else runs; of a workload, its namespace is that which it renders. */
  | { readonly kind: 'others'; readonly pods: PodsPlan; readonly place: PlacePlan }
  | {
      readonly kind: 'block';
      readonly block: string;
      readonly excluding: readonly string[];
      /** Also pods of the cluster, where they have such addresses: acknowledged. */
      readonly holdsPods: boolean;
    }
  | { readonly kind: 'internet'; readonly families: 'any' | 'ipv4' | 'ipv6' }
  /** Clients that a gateway sees with addresses of nodes or of a balancer. Only ever a source. */
  | { readonly kind: 'balancer'; readonly block: string };

export type PlacePlan =
  | { readonly by: 'name'; readonly namespace: string }
  | { readonly by: 'labels'; readonly labels: Labels };

/** What a cluster with known ranges says of itself. */
export const CLUSTER = {
  pods: ['10.244.0.0/16', 'fd00:10:244::/56'],
  services: ['10.96.0.0/16', 'fd00:10:96::/112'],
  nodes: ['192.168.0.0/20'],
  apiServer: '192.0.2.10/32',
} as const;

/** Namespaces of others, with labels that they have beside their name. */
export const OTHERS: Readonly<Record<string, Labels>> = {
  'kube-system': {},
  'openshift-dns': {},
  monitoring: {},
  queue: { team: 'red' },
  lab: { team: 'green', env: 'prod' },
};

/** What the containers of every workload here declare. */
export const WORKLOAD_PORTS = [
  { name: 'http', protocol: 'TCP', number: 8080 },
  { name: 'metrics', protocol: 'TCP', number: 9090 },
  { name: 'quic', protocol: 'UDP', number: 8443 },
] as const;

export function nameOf({ namespace, name }: Pick<TierPlan, 'namespace' | 'name'>): TierName {
  return `${namespace}/${name}`;
}

export function tierNamed(plan: Plan, name: TierName): TierPlan {
  const tier = plan.tiers.find((each) => nameOf(each) === name);
  if (tier === undefined) throw new Error(`no tier ${name}`);
  return tier;
}
