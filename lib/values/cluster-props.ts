import type { Acknowledgement } from './acknowledgement';
import type { Dns } from './dns';
import type { Encryption } from './encryption';
import type { Platform } from './platform';
import type { Port } from './port';

/** Where pods reach the API server. */
export interface ApiServerOptions {
  /**
   * Addresses, as blocks (`192.0.2.10/32`): those of the `kubernetes` Endpoints in `default` on most engines; on Amazon's
   * VPC CNI the ClusterIP of the Service, since it decides before translation (ray documentation, EKS). Cilium knows the
   * API server by itself.
   */
  readonly addresses: string[];
  /**
   * Ports that policy sees.
   *
   * @default - that of the platform, or TCP 6443, the default of kube-apiserver's `--secure-port`
   */
  readonly ports?: Port[];
}

/** What is known of a cluster, whatever enforces policies on it. */
export interface ClusterProps {
  /**
   * Name, shown in the graph.
   *
   * @default - none
   */
  readonly name?: string;
  /**
   * Where it runs: fills in what is not given here.
   *
   * @default - nowhere in particular
   */
  readonly platform?: Platform;
  /**
   * Every range that pods get addresses from, both families.
   *
   * @default - those of the platform; else unknown: blocks of private addresses are refused where a block may match pods
   */
  readonly podCidrs?: string[];
  /**
   * Every range that Services get addresses from, both families.
   *
   * @default - those of the platform; else unknown
   */
  readonly serviceCidrs?: string[];
  /**
   * Every range that nodes have addresses in, both families.
   *
   * @default - unknown
   */
  readonly nodeCidrs?: string[];
  /**
   * What is accepted once for the cluster: `cluster-range`, where nodes and pods share ranges (EKS with the VPC CNI, AKS
   * with a node subnet), so that ways in from nodes or a balancer there are ways in for these pods too; and
   * `engine-version-untested`, where the policies were tried out on a version that this library does not know.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
  /**
   * Where pods reach the API server.
   *
   * @default - unknown: `cluster.apiServer` cannot be used as a peer, but on engines that know it by themselves
   */
  readonly apiServer?: ApiServerOptions;
  /**
   * How pods resolve names.
   *
   * @default - that of the platform, or Dns.coreDns()
   */
  readonly dns?: Dns;
  /**
   * How traffic between nodes is encrypted: a promise of the cluster's owner, to be verified there.
   *
   * @default - it is not: flows that must be encrypted are refused
   */
  readonly encryption?: Encryption;
}

/** A cluster whose network plugin enforces Kubernetes NetworkPolicy. */
export interface KubernetesClusterProps extends ClusterProps {
  /**
   * Kubernetes version, as `1.31`.
   *
   * @default - not said
   */
  readonly version?: string;
}

/** A cluster whose network plugin enforces ClusterNetworkPolicy beside NetworkPolicy. */
export interface NetworkPolicyApiClusterProps extends ClusterProps {
  /**
   * Release of the Network Policy API that is installed, as `0.3.0`: what the annotation
   * `policy.networking.k8s.io/bundle-version` of its CustomResourceDefinition says. From 0.3.0 on policies are written as
   * v1beta1.
   *
   * @default - not said: policies are written as v1alpha2, which every release from 0.2.0 on serves
   */
  readonly version?: string;
}

/** A cluster whose policy engine is of a certain version: what can be said, and what it means, depends on it. */
export interface EngineClusterProps extends ClusterProps {
  /** Version of the engine, major and minor: `1.20`. */
  readonly version: string;
}

/** A cluster on kind. */
export interface KindClusterProps extends ClusterProps {
  /** Version of kind, `0.24` or later: earlier ones enforce nothing. */
  readonly version: string;
}
