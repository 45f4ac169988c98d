import {
  Cluster,
  GatewayTier,
  type GatewayTierProps,
  Internet,
  Nodes,
  Platform,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  SourceAddress,
  Tier,
} from '../../../lib';
import { ZeroTrustError } from '../../../lib/model/problem';
import { flowsOf, manifestsOf, namespace } from '../../tiers/scenario';

const because = 'customers call the models';
const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] };
const NODES = '192.168.0.0/20';

const cilium = (props = {}) => Cluster.cilium({ version: '1.20', ...ranges, nodeCidrs: [NODES], ...props });

function gateway(cluster: Cluster, props: Partial<GatewayTierProps>): GatewayTier {
  return new GatewayTier(namespace('edge', { cluster }), 'envoy', {
    pods: Pods.labeled({ app: 'envoy' }),
    ports: [Port.tcp(8443)],
    dns: false,
    ...props,
  });
}

function behind(cluster: Cluster, blocks: string[], acknowledge: { rule: string; because: string }[] = []) {
  const exposures = [{ client: Internet.any(), seenAs: SourceAddress.rewrittenTo(blocks), because, acknowledge }];
  return gateway(cluster, { exposures });
}

/** The peers of the rules of the gateway, in the words of Cilium. */
function comingIn(tier: GatewayTier): unknown[] {
  const policy = manifestsOf(tier).find(({ metadata }) => metadata.name === 'envoy');
  return policy?.spec.ingress.map(({ toPorts: _, ...peers }: { toPorts: unknown }) => peers);
}

function refusals(make: () => Tier): { rule: string; fix?: string; what: string }[] {
  try {
    PolicyGraph.of(make());
    return [];
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    return [...error.problems] as never;
  }
}

const acknowledge = [{ rule: 'engine-nodes', because: 'nodes are trusted alike' }];

describe('nodes that hand on what comes from outside, on an engine that never takes nodes for addresses', () => {
  it('come in as what the engine knows them by, beside a balancer that may be in the same range', () => {
    const tier = behind(cilium(), [NODES]);
    expect(comingIn(tier)).toEqual([{ fromCIDRSet: [{ cidr: NODES }] }, { fromEntities: ['host', 'remote-node'] }]);
    expect(PolicyProof.of(tier).isProved).toBe(true);
  });

  it('show in the graph as nodes, with the same reason, and with why', () => {
    const tier = behind(cilium(), [NODES]);
    expect(flowsOf(tier)).toEqual(['192.168.0.0/20 -> edge/envoy TCP/8443', '<nodes> -> edge/envoy TCP/8443']);
    const [, nodes] = PolicyGraph.of(tier).flows;
    expect(nodes?.because).toEqual([because]);
    expect(nodes?.notes).toEqual([
      'clients not distinguishable: the internet arrives from these addresses, and so does everybody behind them',
      'the engine knows nodes by themselves and never by address: every node, and what is on its host network',
    ]);
  });

  it('come in beside a balancer elsewhere', () => {
    const tier = behind(cilium(), [NODES, '203.0.113.0/28']);
    expect(comingIn(tier)).toEqual([
      { fromCIDRSet: [{ cidr: NODES }, { cidr: '203.0.113.0/28' }] },
      { fromEntities: ['host', 'remote-node'] },
    ]);
  });

  it('stay out where the range is a balancer alone', () => {
    expect(comingIn(behind(cilium(), ['203.0.113.0/28']))).toEqual([{ fromCIDRSet: [{ cidr: '203.0.113.0/28' }] }]);
    expect(comingIn(behind(cilium(), ['10.20.0.0/28']))).toEqual([{ fromCIDRSet: [{ cidr: '10.20.0.0/28' }] }]);
  });

  it('check health as themselves', () => {
    const tier = gateway(cilium(), {
      healthCheckRanges: [NODES, '130.211.0.0/22'],
      healthCheckPorts: [Port.tcp(9001)],
    });
    expect(comingIn(tier)).toContainEqual({ fromEntities: ['host', 'remote-node'] });
    expect(flowsOf(tier)).toContain('<nodes> -> edge/envoy TCP/9001');
  });

  it('check health as themselves where more is said of the check, and can be accepted there', () => {
    const healthChecks = [{ ranges: ['192.168.1.0/24'], ports: [Port.tcp(9001)], acknowledge }];
    const tier = gateway(cilium(), { healthChecks });
    expect(flowsOf(tier)).toContain('<nodes> -> edge/envoy TCP/9001');
    expect(PolicyGraph.of(tier).flows[0]?.acknowledged).toEqual(['engine-nodes: nodes are trusted alike']);
  });

  it('are all nodes of a family, whatever addresses they have in the other', () => {
    const tier = behind(cilium({ nodeCidrs: [NODES, '2001:db8::/64'] }), [NODES]);
    expect(comingIn(tier)).toContainEqual({ fromEntities: ['host', 'remote-node'] });
  });

  it('are refused where some of them are meant, unless all of them are accepted', () => {
    const [problem, ...others] = refusals(() => behind(cilium(), ['192.168.1.0/24']));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'engine-nodes', value: '192.168.1.0/24', where: 'chart/edge/envoy' });
    expect(problem?.what).toContain('some of the nodes');
    const accepted = behind(cilium(), ['192.168.1.0/24'], acknowledge);
    expect(comingIn(accepted)).toContainEqual({ fromEntities: ['host', 'remote-node'] });
    expect(PolicyGraph.of(accepted).toText()).toContain('nodes are trusted alike');
  });

  it('are refused where nobody said which addresses are theirs, unless all of them are accepted', () => {
    const unknown = cilium({ nodeCidrs: undefined });
    const [problem] = refusals(() => behind(unknown, [NODES]));
    expect(problem).toMatchObject({ rule: 'engine-nodes', value: NODES });
    expect(problem?.fix).toContain("nodeCidrs: ['192.168.0.0/20']");
    expect(comingIn(behind(unknown, [NODES], acknowledge))).toContainEqual({ fromEntities: ['host', 'remote-node'] });
    expect(refusals(() => gateway(unknown, { healthCheckRanges: ['130.211.0.0/22', '35.191.0.0/16'] }))).toEqual([]);
  });

  it('can be accepted once on the tier', () => {
    const tier = gateway(cilium(), { healthCheckRanges: ['192.168.1.0/24'], acknowledge });
    expect(comingIn(tier)).toContainEqual({ fromEntities: ['host', 'remote-node'] });
    expect(PolicyGraph.of(tier).flows[0]?.acknowledged).toEqual(['engine-nodes: nodes are trusted alike']);
  });
});

describe('nodes on an engine that has no word for them and never takes them for addresses', () => {
  const autopilot = Cluster.gke({ platform: Platform.GKE_AUTOPILOT, ...ranges, nodeCidrs: [NODES] });

  it('are refused as the source of what comes in, and beside balancers too', () => {
    for (const blocks of [[NODES], [NODES, '203.0.113.0/28']]) {
      const problems = refusals(() => behind(autopilot, blocks, acknowledge));
      expect(problems).toMatchObject([{ rule: 'engine-nodes' }]);
    }
    expect(refusals(() => behind(autopilot, ['203.0.113.0/28']))).toEqual([]);
  });

  it('are refused as a peer', () => {
    const make = (direction: 'allowTo' | 'allowFrom') => () => {
      const tier = new Tier(namespace('apps', { cluster: autopilot }), 'client', { pods: Pods.labeled({ app: 'x' }) });
      tier.connections[direction](Nodes.all(), { because: 'nodes are watched', ports: [Port.tcp(10250)] });
      return tier;
    };
    expect(refusals(make('allowTo'))).toMatchObject([{ rule: 'engine-nodes', value: 'Nodes.all()' }]);
    expect(refusals(make('allowFrom'))).toMatchObject([{ rule: 'engine-nodes', value: 'Nodes.all()' }]);
  });
});

describe('nodes on an engine that goes by address', () => {
  it('come in by address alone', () => {
    const tier = behind(Cluster.calico({ version: '3.32', ...ranges, nodeCidrs: [NODES] }), ['192.168.1.0/24']);
    expect(flowsOf(tier)).toEqual(['192.168.1.0/24 -> edge/envoy TCP/8443']);
  });
});
