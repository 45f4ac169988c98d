import { ApiObject, App, type AppProps, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import {
  type Acknowledgement,
  AgentTier,
  Cidr,
  Cluster,
  type ClusterProps,
  DataTier,
  Dns,
  type Exposure,
  GatewayTier,
  InferenceTier,
  Internet,
  type IPeer,
  LabelOperator,
  NamespaceManagement,
  Pods,
  Port,
  Protocol,
  SourceAddress,
  Tier,
  type TierProps,
  ZeroTrustNamespace,
} from '../../lib';
import { PEER_PORTS } from './meaning';
import {
  CLUSTER,
  type FlowPlan,
  type Labels,
  nameOf,
  type PeerPlan,
  type Plan,
  type PodsPlan,
  type PortPlan,
  type RequirementPlan,
  type TierPlan,
  WORKLOAD_PORTS,
} from './plan';
import { acceptedFor, neededForTier } from './waivers';

/** What makes a cluster of what is known of it. */
export type MakeCluster = (props: ClusterProps) => Cluster;

/** The app of a plan, through the public constructs, in the order of the plan. */
export function declare(plan: Plan, props: AppProps = {}, make: MakeCluster = Cluster.kubernetes): App {
  return new Declaration(plan, props, make).app;
}

class Declaration {
  public readonly app: App;
  private readonly charts = new Map<string, Chart>();
  private readonly namespaces = new Map<string, ZeroTrustNamespace>();
  private readonly tiers = new Map<string, Tier>();
  private readonly workloads = new Map<string, IConstruct>();

  constructor(
    private readonly plan: Plan,
    props: AppProps,
    make: MakeCluster,
  ) {
    this.app = new App(props);
    Cluster.use(this.app, make(factsOf(plan)));
    for (const { name, chart, labels, adopted } of plan.namespaces) {
      const management = adopted ? NamespaceManagement.ADOPT : NamespaceManagement.OWN;
      const acknowledge = acknowledged(adopted && !plan.forgetful ? ['adopted-namespace'] : []);
      const options = { purpose: 'anything', labels, management, acknowledge };
      this.namespaces.set(name, new ZeroTrustNamespace(this.chart(chart), name, options));
    }
    this.renderWorkloads();
    for (const tier of plan.tiers) this.tiers.set(nameOf(tier), this.tier(tier));
    for (const flow of plan.flows.filter(({ peer }) => peer.kind !== 'balancer')) this.flow(flow);
  }

  private chart(id: string): Chart {
    const chart = this.charts.get(id) ?? new Chart(this.app, id);
    this.charts.set(id, chart);
    return chart;
  }

  /** Objects of users keep their order in a file, so it is always the same. */
  private renderWorkloads(): void {
    const ofTiers = this.plan.tiers.map((tier) => ({ namespace: tier.namespace, pods: tier.pods, name: tier.name }));
    const ofOthers = this.plan.flows.flatMap(({ peer }) =>
      peer.kind === 'others' && peer.place.by === 'name'
        ? [{ namespace: peer.place.namespace, pods: peer.pods, name: '' }]
        : [],
    );
    const sorted = [...ofTiers, ...ofOthers].sort((a, b) =>
      workloadKey(a.namespace, a.name, a.pods) < workloadKey(b.namespace, b.name, b.pods) ? -1 : 1,
    );
    for (const { namespace, name, pods } of sorted) {
      const key = workloadKey(namespace, name, pods);
      if (pods.kind !== 'workload' || this.workloads.has(key)) continue;
      const chart = this.plan.namespaces.find((each) => each.name === namespace)?.chart ?? 'first';
      this.workloads.set(key, deployment(this.chart(chart), namespace, key, pods.labels));
    }
  }

  private tier(plan: TierPlan): Tier {
    const scope = this.namespaces.get(plan.namespace) as ZeroTrustNamespace;
    const props: TierProps = {
      pods: this.pods(plan.namespace, plan.name, plan.pods),
      ports: plan.ports?.map(port),
      dns: plan.dns,
      acknowledge: acknowledged(this.plan.forgetful ? [] : neededForTier(this.plan, plan)),
    };
    switch (plan.role) {
      case 'gateway':
        return new GatewayTier(scope, plan.name, { ...props, exposures: this.exposures(plan) });
      case 'inference':
        return new InferenceTier(scope, plan.name, { ...props, distributed: plan.replicates });
      case 'agent':
        return new AgentTier(scope, plan.name, props);
      case 'data':
        return new DataTier(scope, plan.name, {
          ...props,
          peerPorts: plan.replicates ? PEER_PORTS.map(port) : undefined,
        });
      default:
        return new Tier(scope, plan.name, props);
    }
  }

  private exposures(tier: TierPlan): Exposure[] {
    return this.plan.flows
      .filter((flow) => flow.tier === nameOf(tier))
      .flatMap((flow) => {
        const { peer, because, ports } = flow;
        if (peer.kind !== 'balancer') return [];
        const seenAs = SourceAddress.rewrittenTo([peer.block]);
        const acknowledge = acknowledged(acceptedFor(this.plan, flow));
        return [{ client: Internet.any(), seenAs, because, ports: ports?.map(port), acknowledge }];
      });
  }

  private flow(flow: FlowPlan): void {
    const { connections } = this.tiers.get(flow.tier) as Tier;
    const options = {
      because: flow.because,
      ports: flow.ports?.map(port),
      acknowledge: acknowledged(acceptedFor(this.plan, flow)),
    };
    if (flow.side === 'to') connections.allowTo(this.peer(flow.peer), options);
    else connections.allowFrom(this.peer(flow.peer), options);
  }

  private peer(peer: PeerPlan): IPeer {
    switch (peer.kind) {
      case 'tier':
        return this.tiers.get(peer.tier) as Tier;
      case 'namespace':
        return this.namespaces.get(peer.namespace) as ZeroTrustNamespace;
      case 'internet':
        return { any: Internet.any, ipv4: Internet.anyIpv4, ipv6: Internet.anyIpv6 }[peer.families]();
      case 'block':
        return Cidr.of(peer.block, peer.excluding.length === 0 ? undefined : { excluding: [...peer.excluding] });
      case 'others':
        return this.others(peer).ownedBy('somebody else');
      case 'balancer':
        throw new Error('a balancer is seen by an exposure');
    }
  }

  private others({ pods, place }: Extract<PeerPlan, { kind: 'others' }>): Pods {
    if (place.by === 'labels') return this.pods('', '', pods).inNamespacesLabeled(place.labels);
    const found = this.pods(place.namespace, '', pods);
    return pods.kind === 'workload' ? found : found.inNamespace(place.namespace);
  }

  private pods(namespace: string, tier: string, pods: PodsPlan): Pods {
    switch (pods.kind) {
      case 'all':
        return Pods.all();
      case 'labeled':
        return Pods.labeled(pods.labels);
      case 'matching':
        return Pods.matching(pods.requirements.map(requirement));
      case 'workload':
        return Pods.of(this.workloads.get(workloadKey(namespace, tier, pods)) as IConstruct);
    }
  }
}

function factsOf({ ranges, dns }: Plan): ClusterProps {
  const flavour = { CoreDNS: Dns.coreDns, NodeLocal: () => Dns.nodeLocal(), OpenShift: Dns.openShift }[dns]();
  if (ranges === 'unknown') return { dns: flavour };
  return {
    dns: flavour,
    podCidrs: [...CLUSTER.pods],
    serviceCidrs: [...CLUSTER.services],
    nodeCidrs: [...CLUSTER.nodes],
    apiServer: { addresses: [CLUSTER.apiServer] },
  };
}

function acknowledged(rules: readonly string[]): Acknowledgement[] {
  return rules.map((rule) => ({ rule, because: 'the plan has it so' }));
}

function port(plan: PortPlan): Port {
  if ('all' in plan) {
    return { TCP: Port.allTcp, UDP: Port.allUdp, SCTP: Port.allSctp, traffic: Port.allTraffic }[plan.all]();
  }
  if ('name' in plan) return Port.named(plan.name, Protocol[plan.protocol]);
  const { protocol, first, last } = plan;
  if (first === last) return { TCP: Port.tcp, UDP: Port.udp, SCTP: Port.sctp }[protocol](first);
  return { TCP: Port.tcpRange, UDP: Port.udpRange, SCTP: Port.sctpRange }[protocol](first, last);
}

const OPERATORS = {
  In: LabelOperator.IN,
  NotIn: LabelOperator.NOT_IN,
  Exists: LabelOperator.EXISTS,
  DoesNotExist: LabelOperator.DOES_NOT_EXIST,
};

function requirement({ key, operation, values }: RequirementPlan) {
  return { key, operation: OPERATORS[operation], ...(values && { values: [...values] }) };
}

/** A tier has a workload of its own; others share one where they are alike. */
function workloadKey(namespace: string, tier: string, pods: PodsPlan): string {
  const labels = pods.kind === 'workload' ? Object.values(pods.labels).join('-') : '';
  return [namespace, tier, labels].filter(Boolean).join('-');
}

function deployment(chart: Chart, namespace: string, name: string, labels: Labels): ApiObject {
  const ports = WORKLOAD_PORTS.map((each) => ({
    name: each.name,
    containerPort: each.number,
    protocol: each.protocol,
  }));
  return new ApiObject(chart, `workload-${name}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'image', ports }] } },
    },
  });
}
