import {
  Cidr,
  Cluster,
  type Exposure,
  ExternalTrafficPolicy,
  GatewayTier,
  HttpRule,
  Internet,
  LoadBalancer,
  LoadBalancerTargets,
  Platform,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Protocol,
} from '../../lib';
import { ZeroTrustError } from '../../lib/model/problem';
import { asked, flowsOf, manifestsOf, namespace } from './scenario';

const because = 'customers call the models';
const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['192.168.0.0/20'] };
const SUBNETS = ['172.31.0.0/24', '172.31.1.0/24'];
const { LOCAL, CLUSTER } = ExternalTrafficPolicy;
const { IP, INSTANCE } = LoadBalancerTargets;

const engines: readonly [string, Cluster][] = [
  ['NetworkPolicy', Cluster.kubernetes(ranges)],
  ['Calico', Cluster.calico({ version: '3.32', ...ranges })],
  ['Antrea', Cluster.antrea({ version: '2.7', ...ranges })],
  ['Cilium', Cluster.cilium({ version: '1.20', ...ranges })],
];

function behind(through: LoadBalancer, cluster = Cluster.kubernetes(ranges), exposure: Partial<Exposure> = {}) {
  return new GatewayTier(namespace('edge', { cluster }), 'envoy', {
    pods: Pods.labeled({ app: 'envoy' }),
    ports: [Port.tcp(8443)],
    dns: false,
    exposures: [{ client: Internet.any(), through, because, ...exposure }],
  });
}

/** Each kind of balancer: who reaches the pods of the gateway, and who checks their health, in the words of the graph. */
const nodes = '192.168.0.0/20';
const kinds: readonly [string, LoadBalancer, { clients: 'internet' | string; checks?: string }][] = [
  [
    'AWS NLB, ip targets',
    LoadBalancer.awsNlb({ targets: IP, subnets: SUBNETS }),
    { clients: '172.31.0.0/23', checks: '172.31.0.0/23' },
  ],
  [
    'AWS NLB, ip targets, client addresses kept',
    LoadBalancer.awsNlb({ targets: IP, subnets: SUBNETS, preserveClientIp: true }),
    { clients: 'internet', checks: '172.31.0.0/23' },
  ],
  [
    'AWS NLB, ip targets, client addresses kept',
    LoadBalancer.awsNlb({ targets: IP, subnets: SUBNETS, protocol: Protocol.UDP }),
    { clients: 'internet', checks: '172.31.0.0/23' },
  ],
  [
    'AWS NLB, instance targets, externalTrafficPolicy Local',
    LoadBalancer.awsNlb({ targets: INSTANCE, externalTrafficPolicy: LOCAL }),
    { clients: 'internet' },
  ],
  [
    'AWS NLB, instance targets, externalTrafficPolicy Local, client addresses replaced',
    LoadBalancer.awsNlb({
      targets: INSTANCE,
      externalTrafficPolicy: LOCAL,
      preserveClientIp: false,
      subnets: SUBNETS,
    }),
    { clients: '172.31.0.0/23' },
  ],
  [
    'AWS NLB, instance targets, externalTrafficPolicy Cluster',
    LoadBalancer.awsNlb({ targets: INSTANCE }),
    { clients: nodes, checks: nodes },
  ],
  [
    'AWS ALB, ip targets',
    LoadBalancer.awsAlb({ targets: IP, subnets: ['172.31.4.0/24'] }),
    { clients: '172.31.4.0/24', checks: '172.31.4.0/24' },
  ],
  [
    'AWS ALB, instance targets, externalTrafficPolicy Local',
    LoadBalancer.awsAlb({ targets: INSTANCE, externalTrafficPolicy: LOCAL, subnets: ['172.31.4.0/24'] }),
    { clients: '172.31.4.0/24', checks: '172.31.4.0/24' },
  ],
  [
    'AWS ALB, instance targets, externalTrafficPolicy Cluster',
    LoadBalancer.awsAlb({ targets: INSTANCE }),
    { clients: nodes, checks: nodes },
  ],
  [
    'Google passthrough load balancer, externalTrafficPolicy Local',
    LoadBalancer.gcpPassthrough({ externalTrafficPolicy: LOCAL }),
    { clients: 'internet' },
  ],
  [
    'Google passthrough load balancer, externalTrafficPolicy Cluster',
    LoadBalancer.gcpPassthrough(),
    { clients: nodes },
  ],
  [
    'Google front end, container-native',
    LoadBalancer.gcpProxy({ targets: IP }),
    {
      clients: '35.191.0.0/16, 130.211.0.0/22, 2600:2d00:1:1::/64',
      checks: '35.191.0.0/16, 130.211.0.0/22, 2600:2d00:1:b029::/64',
    },
  ],
  [
    'Google front end, instance groups, externalTrafficPolicy Local',
    LoadBalancer.gcpProxy({ targets: INSTANCE, externalTrafficPolicy: LOCAL }),
    {
      clients: '35.191.0.0/16, 130.211.0.0/22, 2600:2d00:1:1::/64',
      checks: '35.191.0.0/16, 130.211.0.0/22, 2600:2d00:1:b029::/64',
    },
  ],
  [
    'Google front end, instance groups, externalTrafficPolicy Cluster',
    LoadBalancer.gcpProxy({ targets: INSTANCE, externalTrafficPolicy: CLUSTER }),
    { clients: nodes, checks: nodes },
  ],
  [
    'Google regional proxy, container-native',
    LoadBalancer.gcpRegionalProxy({ targets: IP, proxyOnlySubnets: ['172.31.8.0/23'] }),
    { clients: '172.31.8.0/23', checks: '35.191.0.0/16, 130.211.0.0/22, 2600:2d00:1:b029::/64' },
  ],
  [
    'Google regional proxy, instance groups, externalTrafficPolicy Local',
    LoadBalancer.gcpRegionalProxy({
      targets: INSTANCE,
      externalTrafficPolicy: LOCAL,
      proxyOnlySubnets: ['172.31.8.0/23'],
    }),
    { clients: '172.31.8.0/23', checks: '35.191.0.0/16, 130.211.0.0/22, 2600:2d00:1:b029::/64' },
  ],
  [
    'Google regional proxy, instance groups, externalTrafficPolicy Cluster',
    LoadBalancer.gcpRegionalProxy({ targets: INSTANCE }),
    { clients: nodes, checks: nodes },
  ],
  [
    'Azure load balancer, externalTrafficPolicy Local',
    LoadBalancer.azure({ externalTrafficPolicy: LOCAL }),
    { clients: 'internet' },
  ],
  [
    'Azure load balancer, externalTrafficPolicy Local, pods probed',
    LoadBalancer.azure({ externalTrafficPolicy: LOCAL, probesPods: true }),
    { clients: 'internet', checks: '168.63.129.16/32' },
  ],
  ['Azure load balancer, externalTrafficPolicy Cluster', LoadBalancer.azure(), { clients: nodes, checks: nodes }],
  [
    'Azure Application Gateway',
    LoadBalancer.azureApplicationGateway({ subnets: ['172.31.9.0/24'] }),
    { clients: '172.31.9.0/24', checks: '172.31.9.0/24' },
  ],
  [
    'MetalLB, externalTrafficPolicy Local',
    LoadBalancer.metalLb({ externalTrafficPolicy: LOCAL }),
    { clients: 'internet' },
  ],
  ['MetalLB, externalTrafficPolicy Cluster', LoadBalancer.metalLb(), { clients: nodes }],
  [
    'node ports, externalTrafficPolicy Local',
    LoadBalancer.nodePort({ externalTrafficPolicy: LOCAL }),
    { clients: 'internet' },
  ],
  ['node ports, externalTrafficPolicy Cluster', LoadBalancer.nodePort(), { clients: nodes }],
];

describe.each(kinds)('%s', (title, through, { clients, checks }) => {
  const on9001 = { healthCheck: { ports: [Port.tcp(9001)] } };

  it.each(engines)('lets in on %s whom the pods see, and its health checks, and is proved', (engine, cluster) => {
    const tier = behind(through, cluster, on9001);
    const own = (text: string) => (engine === 'Cilium' && text === nodes ? '<nodes>' : text === nodes ? 'nodes' : text);
    expect(flowsOf(tier).sort()).toEqual(
      [
        `${own(clients)} -> edge/envoy TCP/8443`,
        ...(checks === undefined ? [] : [`${own(checks)} -> edge/envoy TCP/9001`]),
      ].sort(),
    );
    expect(PolicyProof.of(tier).isProved).toBe(true);
  });

  it('says so of each flow', () => {
    for (const { notes } of PolicyGraph.of(behind(through)).flows) expect(notes).toContain(`through ${title}`);
  });

  it('is among what the proof takes for granted', () => {
    const { assumptions } = PolicyProof.of(behind(through));
    expect(assumptions.join('\n')).toContain(`ways in: edge/envoy is behind ${title}, which decides`);
  });

  it('says where clients cannot be told apart', () => {
    const [flow] = PolicyGraph.of(behind(through, undefined, on9001)).flows.filter(({ because: it }) =>
      it.includes(because),
    );
    const isTold = flow?.notes.every((note) => !note.startsWith('clients not distinguishable: the internet'));
    expect(isTold).toBe(clients === 'internet');
  });
});

describe('the health checks of a balancer', () => {
  it('come on the ports of the exposure, with a reason of their own, unless others are named', () => {
    const open = asked(behind(LoadBalancer.azureApplicationGateway({ subnets: ['172.31.9.0/24'] })));
    expect(open.passes('172.31.9.9', 'edge/app=envoy', 8443)).toBe(true);
    const through = LoadBalancer.azure({ externalTrafficPolicy: LOCAL, probesPods: true });
    const flows = PolicyGraph.of(behind(through)).flows.filter(({ source }) => source === '168.63.129.16/32');
    expect(flows).toMatchObject([{ because: ['Azure load balancer checks health'], traffic: 'TCP/8443' }]);
  });

  it('say what they ask, where the exposure says what clients may', () => {
    const cluster = Cluster.cilium({ version: '1.20', ...ranges });
    const through = LoadBalancer.gcpProxy({ targets: IP });
    const http = [HttpRule.post('/v1/chat/completions')];
    expect(() => behind(through, cluster, { http })).toThrow(/would let every request in.*healthCheck: \{ http/s);
    const tier = behind(through, cluster, { http, healthCheck: { http: [HttpRule.get('/healthz')] } });
    expect(PolicyProof.of(tier).isProved).toBe(true);
  });
});

describe('a balancer in the subnets of nodes and pods', () => {
  const shared = ['10.0.0.0/16'];
  const accepted = [{ rule: 'cluster-range', because: 'the VPC has one range for all' }];
  const nlb = LoadBalancer.awsNlb({ targets: IP, subnets: ['10.0.1.0/24'] });

  it('is accepted once on the cluster where the engine goes by address, and the graph says who comes in beside it', () => {
    const given = { podCidrs: shared, nodeCidrs: shared };
    expect(problemOf(() => behind(nlb, Cluster.kubernetes(given)))).toMatchObject({
      rule: 'cluster-range',
      what: expect.stringContaining('the balancer and pods share 10.0.1.0/24'),
      fix: expect.stringContaining('once on the cluster'),
    });
    const tier = behind(nlb, Cluster.kubernetes({ ...given, acknowledge: accepted }));
    expect(PolicyProof.of(tier).isProved).toBe(true);
    const [flow] = PolicyGraph.of(tier).flows;
    expect(flow?.source).toBe('10.0.1.0/24');
    expect(flow?.notes).toContain('nodes with addresses in 10.0.1.0/24 come in as well');
    expect(flow?.notes.join()).toContain('the balancer and pods share 10.0.1.0/24');
  });

  it('is told from both by Cilium, and neither comes in beside it', () => {
    const tier = behind(nlb, Cluster.cilium({ version: '1.20', podCidrs: shared, nodeCidrs: shared }));
    expect(flowsOf(tier)).toEqual(['10.0.1.0/24 -> edge/envoy TCP/8443']);
    expect(PolicyGraph.of(tier).toText()).not.toMatch(/come in as well|share/);
    expect(PolicyProof.of(tier).isProved).toBe(true);
  });

  it('is told from pods on Dataplane V2, where nodes cannot be named', () => {
    const cluster = Cluster.gke({ platform: Platform.GKE_AUTOPILOT, ...ranges });
    const native = LoadBalancer.gcpRegionalProxy({ targets: IP, proxyOnlySubnets: ['10.244.9.0/24'] });
    expect(flowsOf(behind(native, cluster))).toContain('10.244.9.0/24 -> edge/envoy TCP/8443');
    expect(problemOf(() => behind(LoadBalancer.gcpPassthrough(), cluster))).toMatchObject({
      rule: 'engine-nodes',
      fix: expect.stringContaining('ExternalTrafficPolicy.LOCAL'),
    });
  });
});

describe('the gateway of Cilium', () => {
  const cluster = Cluster.cilium({ version: '1.20', ...ranges });

  it('comes in as the entity that it is', () => {
    const tier = behind(LoadBalancer.ciliumGateway(), cluster);
    const policy = manifestsOf(tier).find(({ metadata }) => metadata.name === 'envoy');
    expect(policy?.spec.ingress).toEqual([
      { fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '8443', protocol: 'TCP' }] }] },
    ]);
    expect(flowsOf(tier)).toEqual(['<ingress> -> edge/envoy TCP/8443']);
    expect(PolicyProof.of(tier).isProved).toBe(true);
  });

  it('is no node and no pod to the proof: what lets these in does not let it in', () => {
    const tier = behind(LoadBalancer.ciliumGateway(), cluster);
    expect(PolicyGraph.parse(PolicyGraph.of(tier).toJson()).toText()).toBe(PolicyGraph.of(tier).toText());
    expect(PolicyGraph.of(tier).flows[0]?.notes).toContain('through Gateway API or Ingress of Cilium');
  });
});

describe('what is no client', () => {
  it('keeps its address where the balancer keeps it', () => {
    const partner = { client: Cidr.of('198.51.100.0/24') };
    const { passes } = asked(behind(LoadBalancer.metalLb({ externalTrafficPolicy: LOCAL }), undefined, partner));
    expect(passes('198.51.100.9', 'edge/app=envoy', 8443)).toBe(true);
    expect(passes('192.168.3.3', 'edge/app=envoy', 8443)).toBe(false);
  });
});

function problemOf(make: () => GatewayTier): object | undefined {
  try {
    PolicyGraph.of(make());
    return undefined;
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    return error.problems[0];
  }
}
