import type { IConstruct } from 'constructs';
import { knowsEntities } from '../cluster/entities';
import { givenConstruct } from '../graph/given-construct';
import { instance } from '../model/checked';
import type { ClusterFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import { clusterCall } from './cluster-call';
import type {
  EngineClusterProps,
  KindClusterProps,
  KubernetesClusterProps,
  NetworkPolicyApiClusterProps,
} from './cluster-props';
import { refuseFlannel, refuseOldKindnet, refuseOldVpcCni } from './enforces-nothing';
import { type EngineOfCluster, engineVersion, networkPolicyApiVersion } from './engine-version';
import { factsOf, type GivenProps, givenProps, neededProps, platformOf, versionOf } from './given-cluster';
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
    return plain(givenProps(props));
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
   * A network plugin that enforces ClusterNetworkPolicy of policy.networking.k8s.io beside NetworkPolicy: Cilium from 1.20,
   * Calico from 3.32 and Antrea from 2.7 can, and so can kube-network-policies.
   *
   * @param props what is known of it, with the release of the Network Policy API where that is said.
   * @throws for a version that is none, and as `kubernetes`.
   */
  public static clusterNetworkPolicy(props?: NetworkPolicyApiClusterProps): Cluster {
    const given = givenProps(props);
    const { version } = given;
    return new Cluster(
      factsOf(
        { engine: 'cluster-network-policy', version: networkPolicyApiVersion(version), ipBlockMode: 'may' },
        given,
      ),
    );
  }

  /**
   * Amazon's VPC CNI with its network policy agent. It decides before Services are translated, so the API server is given
   * by the ClusterIP of the Service `kubernetes`.
   *
   * @param props what is known of it.
   * @throws for a version in which it enforces nothing, and as `kubernetes`.
   */
  public static awsVpcCni(props?: KubernetesClusterProps): Cluster {
    const given = givenProps(props);
    refuseOldVpcCni(versionOf(given));
    return plain({ platform: Platform.EKS, ...given });
  }

  /**
   * GKE's own enforcement of NetworkPolicy.
   *
   * @param props what is known of it.
   * @throws as `kubernetes`.
   */
  public static gke(props?: KubernetesClusterProps): Cluster {
    return plain({ platform: Platform.GKE_STANDARD, ...givenProps(props) });
  }

  /**
   * OpenShift with OVN-Kubernetes.
   *
   * @param props what is known of it.
   * @throws as `kubernetes`.
   */
  public static openShift(props?: KubernetesClusterProps): Cluster {
    return plain({ platform: Platform.OPENSHIFT, ...givenProps(props) });
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
    return Cluster._with({ ...plain(givenProps(props), warnings)._facts, endPort: 'unknown' });
  }

  /**
   * kindnet, the network plugin of kind, which enforces NetworkPolicy from kind 0.24 on.
   *
   * @param props what is known of it, with the version of kind.
   * @throws for a version that is none or enforces nothing, and as `kubernetes`.
   */
  public static kindnet(props: KindClusterProps): Cluster {
    const { version, ...others } = neededProps(props);
    refuseOldKindnet(version);
    return plain({ platform: Platform.KIND, ...others });
  }

  /**
   * flannel enforces no policy: always an error, so that nobody takes silence for isolation.
   *
   * @throws always.
   */
  public static flannel(): Cluster {
    return refuseFlannel();
  }

  /**
   * Sets the cluster of a scope and of everything below it that has none of its own. It comes before what is rendered for
   * it.
   *
   * @param scope usually the app.
   * @param cluster what it is rendered for.
   * @throws for a scope that is no construct, and a cluster that is none.
   */
  public static use(scope: IConstruct, cluster: Cluster): void {
    chosen.set(givenConstruct(scope, 'scope'), aCluster(cluster, 'cluster'));
  }

  /**
   * The cluster of the scope: its own, or that of the nearest scope above it; without any, `Cluster.kubernetes()`.
   *
   * @param scope any construct.
   * @throws for what is no construct.
   */
  public static of(scope: IConstruct): Cluster {
    for (let at: IConstruct | undefined = givenConstruct(scope, 'scope'); at !== undefined; at = at.node.scope) {
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
  public static _is(value: unknown): value is Cluster {
    return typeof value === 'object' && value !== null && #facts in value;
  }

  readonly #facts: ClusterFacts;

  private constructor(known: unknown) {
    this.#facts = known as ClusterFacts;
  }

  /** @internal */
  public get _facts(): ClusterFacts {
    return this.#facts;
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
      fix: `Give them: ${clusterCall(this._facts, "apiServer: { addresses: ['192.0.2.10/32'] }")}`,
    });
  }

  /** What to verify in the cluster, and to know of it, before relying on its policies: sentences. */
  public get warnings(): string[] {
    return [...(this._facts.warnings ?? [])];
  }
}

export const aCluster = instance(Cluster._is, {
  className: 'Cluster',
  is: 'a Cluster',
  allowed: "Cluster.kubernetes(), Cluster.cilium({ version: '1.20' }) and the other clusters of Cluster",
});

function plain(props: GivenProps, warnings: readonly string[] = []): Cluster {
  const version = versionOf(props);
  // Upstream's own tests require a block to match pods; some engines never do. Both are reckoned with.
  return Cluster._with(
    factsOf({ engine: 'kubernetes', version, ipBlockMode: platformOf(props)?.ipBlockMode ?? 'may' }, props, warnings),
  );
}

function engine(of: EngineOfCluster & Pick<ClusterFacts, 'ipBlockMode'>, props: EngineClusterProps): Cluster {
  // Without props the version is what is missing, and its message says more.
  const given = givenProps(props);
  const { version, testedVersions, warnings } = engineVersion(of, given.version);
  const known = factsOf({ engine: of.name, version, ipBlockMode: of.ipBlockMode }, given, warnings);
  return Cluster._with(testedVersions === undefined ? known : { ...known, testedVersions });
}

const unknownCluster = Cluster.kubernetes();
