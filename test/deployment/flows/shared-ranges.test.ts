import {
  type Acknowledgement,
  AgentTier,
  Cidr,
  Cluster,
  type ClusterProps,
  GatewayTier,
  type GatewayTierProps,
  Internet,
  Nodes,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  SourceAddress,
} from '../../../lib';
import { ZeroTrustError } from '../../../lib/model/problem';
import { flowsOf, namespace } from '../../tiers/scenario';

const SHARED = '10.0.0.0/16';
const shared = { podCidrs: [SHARED], serviceCidrs: ['172.20.0.0/16'], nodeCidrs: [SHARED] };
const acknowledge = [{ rule: 'cluster-range', because: 'pods have addresses of the subnets' }];
const accepted = { ...shared, acknowledge };
const note =
  'nodes and pods share 10.0.0.0/16: the engine cannot tell them apart by address, so pods there are meant too';

function gateway(cluster: Cluster, props: Partial<GatewayTierProps> = {}): GatewayTier {
  return new GatewayTier(namespace('edge', { cluster }), 'envoy', {
    pods: Pods.labeled({ app: 'envoy' }),
    ports: [Port.tcp(8443)],
    dns: false,
    ...props,
  });
}

const waysIn: [string, (cluster: Cluster, acknowledge?: Acknowledgement[]) => GatewayTier][] = [
  ['health checks', (cluster, waived) => gateway(cluster, { healthCheckRanges: [SHARED], acknowledge: waived })],
  [
    'a balancer or nodes',
    (cluster, waived) => {
      const seenAs = SourceAddress.rewrittenTo([SHARED]);
      const exposure = { client: Internet.any(), seenAs, because: 'customers call it', acknowledge: waived };
      return gateway(cluster, { exposures: [exposure] });
    },
  ],
  [
    'nodes',
    (cluster, waived) => {
      const tier = gateway(cluster, { acknowledge: waived });
      tier.connections.allowFrom(Nodes.all(), { because: 'nodes hand on what comes' });
      return tier;
    },
  ],
];

const byAddress: [string, (props: ClusterProps) => Cluster][] = [
  ['NetworkPolicy', (props) => Cluster.kubernetes(props)],
  ['the VPC CNI', (props) => Cluster.awsVpcCni(props)],
  ['Calico', (props) => Cluster.calico({ version: '3.32', ...props })],
  ['Antrea', (props) => Cluster.antrea({ version: '2.7', ...props })],
];

const everyWay = byAddress.flatMap(([engine, make]) => waysIn.map(([way, tier]) => [way, engine, tier, make] as const));

function refused(make: () => GatewayTier | AgentTier): readonly { rule: string; fix?: string }[] {
  try {
    PolicyGraph.of(make());
    return [];
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    return error.problems;
  }
}

describe('where pods and nodes have addresses of one range', () => {
  it.each(everyWay)('%s come in on %s once the cluster accepts it, and the graph says what that means', (...row) => {
    const [, , tier, make] = row;
    const one = tier(make(accepted));
    expect(PolicyProof.of(one).isProved).toBe(true);
    const [flow, ...others] = PolicyGraph.of(one).flows;
    expect(others).toEqual([]);
    expect(flow?.notes).toContain(note);
    expect(flow?.acknowledged).toEqual(['cluster-range: pods have addresses of the subnets']);
    expect(flow?.excepted).toEqual([]);
  });

  it.each(everyWay)('%s are refused on %s until then, with the way on', (...row) => {
    const [, , tier, make] = row;
    const [problem, ...others] = refused(() => tier(make(shared)));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'cluster-range', value: SHARED, where: 'chart/edge/envoy' });
    expect(problem?.fix).toContain('once on the cluster');
  });

  it.each(everyWay)('%s come in on %s where the flow or the tier accepts it', (...row) => {
    const [, , tier, make] = row;
    const one = tier(make(shared), acknowledge);
    expect(PolicyProof.of(one).isProved).toBe(true);
    expect(PolicyGraph.of(one).flows[0]?.acknowledged).toEqual(['cluster-range: pods have addresses of the subnets']);
  });

  it.each(waysIn)('%s come in on Cilium, which tells them apart, and there is nothing to accept', (_, tier) => {
    const one = tier(Cluster.cilium({ version: '1.20', ...shared }));
    expect(PolicyProof.of(one).isProved).toBe(true);
    expect(flowsOf(one)).toContain('<nodes> -> edge/envoy TCP/8443');
    expect(PolicyGraph.of(one).toText()).not.toContain('share');
  });

  it('ranges of pods alone are taken out, and of what is shared the graph speaks', () => {
    const cluster = Cluster.calico({ version: '3.32', ...accepted, podCidrs: [SHARED, '10.1.0.0/16'] });
    const [flow] = PolicyGraph.of(gateway(cluster, { healthCheckRanges: ['10.0.0.0/15'] })).flows;
    expect(flow?.source).toBe(SHARED);
    expect(flow?.excepted).toEqual(['10.1.0.0/16: pods of the cluster']);
    expect(flow?.notes).toContain(note);
  });

  it('a block that is nobody in particular means neither, whatever the cluster accepts', () => {
    const tier = gateway(Cluster.kubernetes(accepted));
    tier.connections.allowFrom(Cidr.of('10.0.0.0/15'), { because: 'the office calls' });
    expect(flowsOf(tier)).toEqual(['10.1.0.0/16 -> edge/envoy TCP/8443']);
  });

  it('an agent goes to nodes only where the flow accepts that it goes to pods', () => {
    const agent = (waived?: Acknowledgement[]) => () => {
      const space = namespace('agents', { cluster: Cluster.kubernetes(accepted) });
      const tier = new AgentTier(space, 'agent', { pods: Pods.labeled({ app: 'agent' }), dns: false });
      const ports = [Port.tcp(9100)];
      tier.connections.allowTo(Nodes.all(), { because: 'metrics are read', ports, acknowledge: waived });
      return tier;
    };
    const [problem] = refused(agent());
    expect(problem).toMatchObject({ rule: 'cluster-range' });
    expect(problem?.fix).not.toContain('once on the cluster');
    expect(PolicyProof.of(agent(acknowledge)()).isProved).toBe(true);
  });
});
