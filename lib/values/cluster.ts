import type { IConstruct } from 'constructs';
import type { ClusterFacts } from '../cluster/cluster-facts';
import { coreDns } from '../cluster/dns-flavours';
import { knowsEntities } from '../cluster/entities';
import { PLATFORMS, type PlatformFacts } from '../cluster/platforms';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import { isAtLeast } from '../model/version';
import { portsOfAddresses } from './address-ports';
import type {
  ApiServerOptions,
  ClusterProps,
  EngineClusterProps,
  KindClusterProps,
  KubernetesClusterProps,
} from './cluster-props';
import { type EngineOfCluster, engineVersion, kubernetesVersion } from './engine-version';
import { Endpoint, type IPeer } from './peer';
import { Platform } from './platform';

/** The cluster of a scope and everything below it. */
const chosen = new WeakMap<IConstruct, Cluster>();

/**
 * The cluster that the manifests are for: what enforces policies there, in which version, and the addresses that are its
 * own. One app renders for one cluster.
 *
 * @example
 * Cluster.use(app, Cluster.cilium({ version: '1.20', platform: Platform.EKS }));
 */
export class Cluster {
  /**
   * A cluster whose network plugin enforces Kubernetes NetworkPolicy, and of which nothing else is known. One that does
   * not (flannel, say) ignores the policies in silence.
   *
   * @param props what is known of it.
   * @throws for a block or a version that is none, for an empty list of blocks, and for a port of the API server by name.
   */
  public static kubernetes(props?: KubernetesClusterProps): Cluster {
    return plain(props ?? {});
  }

  /**
   * Cilium: CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, which know HTTP requests, host names, and the API
   * server by itself. Blocks of addresses never match pods there.
   *
   * @param props what is known of it, with the version of Cilium.
   * @throws for a version that is none, and as `kubernetes`.
   */
  public static cilium(props: EngineClusterProps): Cluster {
    return engine(
      { name: 'cilium', title: 'Cilium', first: '1.17', last: '1.20', ipBlockMode: 'external-only' },
      props,
    );
  }

  /**
   * Calico, open source: NetworkPolicy and GlobalNetworkPolicy of projectcalico.org/v3, and their staged forms.
   *
   * @param props what is known of it, with the version of Calico.
   * @throws for a version that is none, and as `kubernetes`.
   */
  public static calico(props: EngineClusterProps): Cluster {
    return engine({ name: 'calico', title: 'Calico', first: '3.29', last: '3.32', ipBlockMode: 'pods' }, props);
  }

  /**
   * Antrea: NetworkPolicy and ClusterNetworkPolicy of crd.antrea.io/v1beta1.
   *
   * @param props what is known of it, with the version of Antrea.
   * @throws for a version that is none, and as `kubernetes`.
   */
  public static antrea(props: EngineClusterProps): Cluster {
    return engine({ name: 'antrea', title: 'Antrea', first: '2.2', last: '2.7', ipBlockMode: 'pods' }, props);
  }

  /**
   * A network plugin that enforces ClusterNetworkPolicy of policy.networking.k8s.io/v1alpha2 beside NetworkPolicy: Cilium
   * from 1.20, Calico from 3.32 and Antrea from 2.7 can, and so can kube-network-policies.
   *
   * @param props what is known of it, with the Kubernetes version where that is said.
   * @throws for a version that is none, and as `kubernetes`.
   */
  public static clusterNetworkPolicy(props?: KubernetesClusterProps): Cluster {
    const { version } = props ?? {};
    if (version !== undefined) kubernetesVersion(version);
    return new Cluster(facts({ engine: 'cluster-network-policy', version, ipBlockMode: 'may' }, props ?? {}));
  }

  /**
   * Amazon's VPC CNI with its network policy agent. It decides before Services are translated, so the API server is given
   * by the ClusterIP of the Service `kubernetes`.
   *
   * @param props what is known of it.
   * @throws for a version in which it enforces nothing, and as `kubernetes`.
   */
  public static awsVpcCni(props?: KubernetesClusterProps): Cluster {
    const { version } = props ?? {};
    if (version !== undefined) kubernetesVersion(version);
    // Amazon EKS user guide, "Limit Pod traffic with Kubernetes network policies".
    if (!isAtLeast(version, '1.25')) {
      throw new ZeroTrustError({
        rule: 'cluster-enforces-nothing',
        what: `the VPC CNI enforces no NetworkPolicy on Kubernetes ${version}, so everything would pass in silence`,
        value: version,
        allowed: 'Kubernetes 1.25 and later, with the VPC CNI 1.14 and later',
        fix: 'Upgrade the cluster, or install an engine and say so: Cluster.calico(…), Cluster.cilium(…).',
      });
    }
    return plain({ platform: Platform.EKS, ...props });
  }

  /**
   * GKE's own enforcement of NetworkPolicy.
   *
   * @param props what is known of it.
   * @throws as `kubernetes`.
   */
  public static gke(props?: KubernetesClusterProps): Cluster {
    return plain({ platform: Platform.GKE_STANDARD, ...props });
  }

  /**
   * OpenShift with OVN-Kubernetes.
   *
   * @param props what is known of it.
   * @throws as `kubernetes`.
   */
  public static openShift(props?: KubernetesClusterProps): Cluster {
    return plain({ platform: Platform.OPENSHIFT, ...props });
  }

  /**
   * Weave Net, which is archived: it enforces NetworkPolicy, and nobody mends it any more.
   *
   * @param props what is known of it.
   * @throws as `kubernetes`.
   */
  public static weaveNet(props?: KubernetesClusterProps): Cluster {
    const warnings = ['Weave Net is archived (2024-06): nobody mends its enforcement of policies any more.'];
    // Its last release is of January 2021, and endPort came with Kubernetes 1.21 in April.
    return Cluster._with({ ...plain(props ?? {}, warnings)._facts, endPort: 'unknown' });
  }

  /**
   * kindnet, the network plugin of kind, which enforces NetworkPolicy from kind 0.24 on.
   *
   * @param props what is known of it, with the version of kind.
   * @throws for a version that is none or enforces nothing, and as `kubernetes`.
   */
  public static kindnet(props: KindClusterProps): Cluster {
    const { version, ...others } = props;
    if (!/^v?\d+\.\d+(\.\d+)?$/.test(version) || !isAtLeast(version, '0.24')) {
      throw new ZeroTrustError({
        rule: 'cluster-enforces-nothing',
        what: `kindnet of kind ${version} enforces no NetworkPolicy, so everything would pass in silence`,
        value: version,
        allowed: 'kind 0.24 and later',
        fix: 'Upgrade kind, or install an engine and say so: Cluster.calico(…), Cluster.cilium(…).',
      });
    }
    return plain({ platform: Platform.KIND, ...others });
  }

  /**
   * flannel enforces no policy: always an error, so that nobody takes silence for isolation.
   *
   * @throws always.
   */
  public static flannel(): Cluster {
    throw new ZeroTrustError({
      rule: 'cluster-enforces-nothing',
      what: 'flannel enforces no NetworkPolicy: the API server takes it, and everything passes in silence',
      value: 'flannel',
      allowed: 'a network plugin that enforces policies',
      fix: 'Install an engine beside or instead of it, and say so: Cluster.calico(…), Cluster.cilium(…).',
    });
  }

  /**
   * Sets the cluster of a scope and of everything below it that has none of its own. It comes before what is rendered for
   * it.
   *
   * @param scope usually the app.
   * @param cluster what it is rendered for.
   */
  public static use(scope: IConstruct, cluster: Cluster): void {
    chosen.set(scope, cluster);
  }

  /**
   * The cluster of the scope: its own, or that of the nearest scope above it; without any, `Cluster.kubernetes()`.
   *
   * @param scope any construct.
   */
  public static of(scope: IConstruct): Cluster {
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      const cluster = chosen.get(at);
      if (cluster !== undefined) return cluster;
    }
    return unknownCluster;
  }

  /** @internal */
  public static _with(made: ClusterFacts): Cluster {
    return new Cluster(made);
  }

  /** @internal */
  public readonly _facts: ClusterFacts;

  private constructor(known: unknown) {
    this._facts = known as ClusterFacts;
  }

  /**
   * The API server, as a peer.
   *
   * @throws when its addresses were not given, on an engine that does not know it by itself.
   */
  public get apiServer(): IPeer {
    const { apiServer } = this._facts;
    if (apiServer !== undefined) return { endpoint: Endpoint._of({ kind: 'api-server', facts: apiServer }) };
    if (knowsEntities(this._facts)) {
      const known = { addresses: ips.none, ports: ports.union(ports.number('TCP', 6443), ports.number('TCP', 443)) };
      return { endpoint: Endpoint._of({ kind: 'api-server', facts: known }) };
    }
    throw new ZeroTrustError({
      rule: 'api-server-unknown',
      what: 'the addresses of the API server are not known, and the engine of this cluster can name it by address only',
      allowed: 'the addresses of the `kubernetes` Endpoints in the namespace `default`',
      fix: "Cluster.kubernetes({ apiServer: { addresses: ['192.0.2.10/32'] } })",
    });
  }

  /** What to verify in the cluster, and to know of it, before relying on its policies: sentences. */
  public get warnings(): string[] {
    return [...(this._facts.warnings ?? [])];
  }
}

function plain(props: KubernetesClusterProps, warnings: readonly string[] = []): Cluster {
  const { version } = props;
  if (version !== undefined) kubernetesVersion(version);
  // Upstream's own tests require a block to match pods; some engines never do. Both are reckoned with.
  return Cluster._with(
    facts({ engine: 'kubernetes', version, ipBlockMode: platformOf(props)?.ipBlockMode ?? 'may' }, props, warnings),
  );
}

function engine(of: EngineOfCluster & Pick<ClusterFacts, 'ipBlockMode'>, props: EngineClusterProps): Cluster {
  const { version, warnings } = engineVersion(of, props?.version);
  return Cluster._with(facts({ engine: of.name, version, ipBlockMode: of.ipBlockMode }, props, warnings));
}

function facts(
  of: Pick<ClusterFacts, 'engine' | 'version' | 'ipBlockMode'>,
  props: ClusterProps,
  warnings: readonly string[] = [],
): ClusterFacts {
  const platform = platformOf(props);
  // An engine that was chosen replaces the platform's own, and what is to be known of that.
  const known = [...warnings, ...(of.engine === 'kubernetes' ? (platform?.warnings ?? []) : [])].sort();
  return {
    ...of,
    name: props.name,
    ...(platform && { platform: platform.title }),
    podRanges: ranges('podCidrs', props.podCidrs) ?? platform?.podRanges,
    serviceRanges: ranges('serviceCidrs', props.serviceCidrs) ?? platform?.serviceRanges,
    nodeRanges: ranges('nodeCidrs', props.nodeCidrs),
    apiServer: apiServerFacts(props.apiServer, platform?.apiServerPort ?? 6443),
    dns: props.dns?._facts ?? platform?.dns ?? coreDns(),
    ...(props.encryption && { encryption: props.encryption }),
    ...(known.length > 0 && { warnings: known }),
  };
}

function platformOf({ platform }: ClusterProps): PlatformFacts | undefined {
  return platform === undefined ? undefined : PLATFORMS[platform];
}

function apiServerFacts(options: ApiServerOptions | undefined, port: number): ClusterFacts['apiServer'] {
  if (options === undefined) return undefined;
  return {
    addresses: blocks('apiServer.addresses', options.addresses),
    ports: portsOfAddresses(options.ports) ?? ports.number('TCP', port),
  };
}

function ranges(property: string, list: readonly string[] | undefined): IpSet | undefined {
  return list === undefined ? undefined : blocks(property, list);
}

/** An empty list would say that it is known, and that there are none: then no block could hold a pod. */
function blocks(property: string, list: readonly string[]): IpSet {
  if (list.length === 0) {
    throw new ZeroTrustError({
      rule: 'cluster-ranges-empty',
      what: `\`${property}\` is an empty list, which would say that there are no such addresses`,
      value: '[]',
      allowed: 'every such range, or no list at all where they are not known',
      fix: `Give the ranges, or leave \`${property}\` out.`,
    });
  }
  return ips.fromBlocks(list);
}

const unknownCluster = Cluster.kubernetes();
