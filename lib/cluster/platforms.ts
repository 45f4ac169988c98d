import type { DnsFacts } from '../model/cluster-facts';
import type { EngineName } from '../model/engine-name';
import * as ips from '../model/ip-set';
import type { IpBlockMode } from '../model/layer';
import { anyAddressDns, coreDns, nodeLocalDns, openShiftDns } from './dns-flavours';

/** What a platform brings unless its owner chose otherwise; whatever the user says of the cluster comes before it. */
export interface PlatformFacts {
  /** As users know it. */
  readonly title: string;
  readonly dns: DnsFacts;
  readonly podRanges?: ips.IpSet;
  readonly serviceRanges?: ips.IpSet;
  /** TCP port on which policy sees the API server. */
  readonly apiServerPort: number;
  /** How its own enforcement of NetworkPolicy matches pods by address, where that is known. */
  readonly ipBlockMode?: IpBlockMode;
  /** What to know before relying on policies there. */
  readonly warnings: readonly string[];
}

export type PlatformName =
  | 'eks'
  | 'eks-auto-mode'
  | 'gke-standard'
  | 'gke-autopilot'
  | 'aks'
  | 'openshift'
  | 'kind'
  | 'k3s';

/** Port of the Service `kubernetes`, which managed API servers also listen on. */
const HTTPS = 443;
/** kube-apiserver `--secure-port`. */
const SECURE_PORT = 6443;

export const PLATFORMS: Readonly<Record<PlatformName, PlatformFacts>> = {
  // Amazon EKS user guide, "Limit Pod traffic with Kubernetes network policies" and "Manage CoreDNS".
  eks: {
    title: 'EKS',
    dns: coreDns(),
    apiServerPort: HTTPS,
    warnings: [
      'EKS enforces NetworkPolicy only where the VPC CNI add-on has enableNetworkPolicy set to true, or another engine is installed.',
      'The VPC CNI binds pods on Linux nodes of EC2 alone: those on Fargate and on Windows nodes are open.',
      'The VPC CNI lets a new pod through until its policies are set up, unless it runs with NETWORK_POLICY_ENFORCING_MODE: strict (the default is standard).',
    ],
  },
  // Amazon EKS user guide, "EKS Auto Mode networking": name servers run on every node, outside pod selectors.
  'eks-auto-mode': {
    title: 'EKS Auto Mode',
    dns: anyAddressDns('EKS Auto Mode DNS'),
    apiServerPort: HTTPS,
    warnings: [
      'EKS Auto Mode enforces NetworkPolicy only where its network policy controller is enabled (ConfigMap amazon-vpc-cni).',
      'Names are resolved on the node, so port 53 is open to any address.',
      'EKS Auto Mode lets a new pod through until its policies are set up, unless the NodeClass has networkPolicy: DefaultDeny.',
    ],
  },
  // GKE documentation, "Network policies" and "Using kube-dns"; clusters with Dataplane V2 enforce without a setting.
  // "Set up NodeLocal DNSCache": on by default from 1.34.1-gke.3720000, and an add-on before.
  'gke-standard': {
    title: 'GKE Standard',
    dns: nodeLocalDns('169.254.20.10'),
    apiServerPort: HTTPS,
    warnings: [
      'GKE Standard enforces NetworkPolicy only with Dataplane V2, or where network policy enforcement is enabled.',
    ],
  },
  // GKE documentation, "Autopilot overview": Dataplane V2 and NodeLocal DNSCache are always on.
  'gke-autopilot': {
    title: 'GKE Autopilot',
    dns: nodeLocalDns('169.254.20.10'),
    apiServerPort: HTTPS,
    ipBlockMode: 'external-only',
    warnings: [],
  },
  // Azure documentation, "Secure traffic between pods by using network policies in AKS": the engine is chosen at creation.
  aks: {
    title: 'AKS',
    dns: coreDns(),
    apiServerPort: HTTPS,
    warnings: ['AKS enforces NetworkPolicy only where the cluster was made with a network policy engine.'],
  },
  // OpenShift documentation, "Cluster Network Operator": clusterNetwork 10.128.0.0/14, serviceNetwork 172.30.0.0/16.
  openshift: {
    title: 'OpenShift',
    dns: openShiftDns(),
    podRanges: ips.fromBlock('10.128.0.0/14'),
    serviceRanges: ips.fromBlock('172.30.0.0/16'),
    apiServerPort: SECURE_PORT,
    ipBlockMode: 'pods',
    warnings: [],
  },
  // kind `pkg/internal/apis/config/v1alpha4/default.go`; kindnet enforces NetworkPolicy from kind 0.24 on.
  kind: {
    title: 'kind',
    dns: coreDns(),
    podRanges: ips.fromBlock('10.244.0.0/16'),
    serviceRanges: ips.fromBlock('10.96.0.0/16'),
    apiServerPort: SECURE_PORT,
    warnings: [],
  },
  // k3s documentation, "Networking" and `k3s server --help`: --cluster-cidr, --service-cidr; kube-router's controller enforces.
  k3s: {
    title: 'k3s',
    dns: coreDns(),
    podRanges: ips.fromBlock('10.42.0.0/16'),
    serviceRanges: ips.fromBlock('10.43.0.0/16'),
    apiServerPort: SECURE_PORT,
    ipBlockMode: 'pods',
    warnings: [
      'k3s enforces NetworkPolicy unless it runs with --disable-network-policy.',
      // kube-router, release 2.11.
      'k3s lets a new pod through for some seconds, until its policies are set up, where it has a release before kube-router 2.11.',
    ],
  },
};

/** Whether Amazon's own agent enforces policies: on its platforms, unless another engine was chosen. */
export function isAwsVpcCni({
  engine,
  platform,
}: {
  readonly engine?: EngineName;
  readonly platform?: string;
}): boolean {
  const own: readonly (string | undefined)[] = [PLATFORMS.eks.title, PLATFORMS['eks-auto-mode'].title];
  return engine === 'kubernetes' && own.includes(platform);
}
