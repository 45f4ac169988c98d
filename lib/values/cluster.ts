import type { IConstruct } from 'constructs';
import type { ClusterFacts } from '../cluster/cluster-facts';
import { coreDns } from '../cluster/dns-flavours';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import { portsOfAddresses } from './address-ports';
import type { Dns } from './dns';
import { Endpoint, type IPeer } from './peer';
import type { Port } from './port';

/** Where pods reach the API server. */
export interface ApiServerOptions {
  /**
   * Addresses, as blocks (`192.0.2.10/32`): those of the `kubernetes` Endpoints in `default` on most engines; on Amazon's
   * VPC CNI the ClusterIP of the Service, since it decides before translation (ray documentation, EKS).
   */
  readonly addresses: string[];
  /**
   * Ports that policy sees.
   *
   * @default - TCP 6443, the default of kube-apiserver's `--secure-port`
   */
  readonly ports?: Port[];
}

/** What is known of a cluster that enforces Kubernetes NetworkPolicy. */
export interface KubernetesClusterProps {
  /**
   * Name, shown in the graph.
   *
   * @default - none
   */
  readonly name?: string;
  /**
   * Kubernetes version, as `1.31`.
   *
   * @default - not said
   */
  readonly version?: string;
  /**
   * Every range that pods get addresses from, both families.
   *
   * @default - unknown: blocks of private addresses are refused, since they may hold pods
   */
  readonly podCidrs?: string[];
  /**
   * Every range that Services get addresses from, both families.
   *
   * @default - unknown
   */
  readonly serviceCidrs?: string[];
  /**
   * Every range that nodes have addresses in, both families.
   *
   * @default - unknown
   */
  readonly nodeCidrs?: string[];
  /**
   * Where pods reach the API server.
   *
   * @default - unknown: `cluster.apiServer` cannot be used as a peer
   */
  readonly apiServer?: ApiServerOptions;
  /**
   * How pods resolve names.
   *
   * @default Dns.coreDns()
   */
  readonly dns?: Dns;
}

/** The cluster of a scope and everything below it. */
const chosen = new WeakMap<IConstruct, Cluster>();

/**
 * The cluster that the manifests are for: what enforces policies there, and the addresses that are its own. One app
 * renders for one cluster.
 *
 * @example
 * Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }));
 */
export class Cluster {
  /**
   * A cluster whose network plugin enforces Kubernetes NetworkPolicy. One that does not (flannel, say) ignores the
   * policies in silence.
   *
   * @param props what is known of it.
   * @throws for a block or a version that is none, for an empty list of blocks, and for a port of the API server by name.
   */
  public static kubernetes(props?: KubernetesClusterProps): Cluster {
    const { name, version, apiServer, dns } = props ?? {};
    if (version !== undefined && !/^1\.\d{1,3}(\.\d+)?$/.test(version)) {
      throw new ZeroTrustError({
        rule: 'cluster-version',
        what: `"${version}" is not a version of Kubernetes`,
        value: version,
        allowed: 'major and minor, as 1.31',
        fix: "Give what `kubectl version` calls the server's: Cluster.kubernetes({ version: '1.31' })",
      });
    }
    return new Cluster({
      engine: 'kubernetes',
      name,
      version,
      podRanges: ranges('podCidrs', props?.podCidrs),
      serviceRanges: ranges('serviceCidrs', props?.serviceCidrs),
      nodeRanges: ranges('nodeCidrs', props?.nodeCidrs),
      apiServer: apiServer && {
        addresses: blocks('apiServer.addresses', apiServer.addresses),
        ports: portsOfAddresses(apiServer.ports) ?? ports.number('TCP', 6443),
      },
      dns: dns?._facts ?? coreDns(),
      // Upstream's own tests require a block to match pods; some engines never do. Both are reckoned with.
      ipBlockMode: 'may',
    } satisfies ClusterFacts);
  }

  /**
   * Sets the cluster of a scope and of everything below it that has none of its own.
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
  public readonly _facts: ClusterFacts;

  private constructor(facts: unknown) {
    this._facts = facts as ClusterFacts;
  }

  /**
   * The API server, as a peer.
   *
   * @throws when the cluster was made without its addresses.
   */
  public get apiServer(): IPeer {
    const facts = this._facts.apiServer;
    if (facts === undefined) {
      throw new ZeroTrustError({
        rule: 'api-server-unknown',
        what: 'the addresses of the API server are not known, and a NetworkPolicy can name it by address only',
        allowed: 'the addresses of the `kubernetes` Endpoints in the namespace `default`',
        fix: "Cluster.kubernetes({ apiServer: { addresses: ['192.0.2.10/32'] } })",
      });
    }
    return { endpoint: Endpoint._of({ kind: 'api-server', facts }) };
  }
}

const unknownCluster = Cluster.kubernetes();

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
