import { type App, Chart, Testing } from 'cdk8s';
import {
  Cluster,
  type ClusterProps,
  type FlowOptions,
  type IPeer,
  Pods,
  Port,
  Tier,
  type TierProps,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from '../../../lib';
import type { EngineName } from '../../../lib/model/engine-name';

/** One thing that users need, or one trap of an engine, as a declaration that does not know its engine. */
export interface Scenario {
  /** Unique, and the title of its row. */
  readonly title: string;
  readonly declare: (mesh: Mesh) => void;
  /** What the cluster has beside its ranges. */
  readonly cluster?: ClusterProps;
  /** By engine, the rule by which it refuses; the others render it, proved. */
  readonly refused?: Readonly<Partial<Record<EngineName, string>>>;
  /** Its policies are only tried out where they are not refused. */
  readonly isAudit?: true;
  /** What a reader of the table should know. */
  readonly note?: string;
}

export const because = 'the scenario needs it';

const RANGES: ClusterProps = {
  podCidrs: ['10.244.0.0/16', 'fd00:10:244::/56'],
  serviceCidrs: ['10.96.0.0/12'],
  nodeCidrs: ['172.18.0.0/16'],
};

/** Engines in the versions that the table is about, newest first where there are several. */
export const ENGINES: Readonly<Record<string, { readonly engine: EngineName; make(props: ClusterProps): Cluster }>> = {
  Kubernetes: { engine: 'kubernetes', make: (props) => Cluster.kubernetes(props) },
  'Cilium 1.20': { engine: 'cilium', make: (props) => Cluster.cilium({ version: '1.20', ...props }) },
  'Calico 3.32': { engine: 'calico', make: (props) => Cluster.calico({ version: '3.32', ...props }) },
  'Antrea 2.7': { engine: 'antrea', make: (props) => Cluster.antrea({ version: '2.7', ...props }) },
  ClusterNetworkPolicy: {
    engine: 'cluster-network-policy',
    make: (props) => Cluster.clusterNetworkPolicy(props),
  },
};

/** The app of a scenario on an engine; what is refused throws when it is proved or synthesized. */
export function appOf({ declare, cluster }: Scenario, engine: string): App {
  const app = Testing.app();
  Cluster.use(app, ENGINES[engine].make({ ...RANGES, ...cluster }));
  declare(new Mesh(app));
  return app;
}

/** Words for declarations: a client and a server in namespaces of their own, and more of both where asked for. */
export class Mesh {
  public readonly chart: Chart;
  private readonly spaces = new Map<string, ZeroTrustNamespace>();

  constructor(public readonly app: App) {
    this.chart = new Chart(app, 'mesh');
  }

  public namespace(name: string, props: Partial<ZeroTrustNamespaceProps> = {}): ZeroTrustNamespace {
    const known = this.spaces.get(name);
    if (known !== undefined) return known;
    const made = new ZeroTrustNamespace(this.chart, name, { purpose: 'scenario', dns: false, ...props });
    this.spaces.set(name, made);
    return made;
  }

  public tier(namespace: string, name: string, props: Partial<TierProps> = {}): Tier {
    return new Tier(this.namespace(namespace), name, { pods: Pods.labeled({ app: name }), ...props });
  }

  public client(props: Partial<TierProps> = {}): Tier {
    return this.tier('clients', 'client', props);
  }

  public server(props: Partial<TierProps> = {}): Tier {
    return this.tier('servers', 'server', { ports: [Port.tcp(8000)], ...props });
  }

  /** A client that may reach the peer. */
  public reaching(peer: IPeer, options: Partial<FlowOptions> = {}, props: Partial<TierProps> = {}): Tier {
    const client = this.client(props);
    client.connections.allowTo(peer, { because, ...options });
    return client;
  }

  /** A client that may reach the server of the mesh. */
  public serving(options: Partial<FlowOptions> = {}, props: Partial<TierProps> = {}): Tier {
    const server = this.server(props);
    this.reaching(server, options);
    return server;
  }
}
