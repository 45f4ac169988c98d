import { App, Chart } from 'cdk8s';
import {
  type Acknowledgement,
  AgentTier,
  Cidr,
  Cluster,
  ClusterGuardrail,
  DataTier,
  Dns,
  Hostname,
  InferenceTier,
  Internet,
  type IPeer,
  LabelOperator,
  type LabelRequirement,
  Nodes,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  ZeroTrustNamespace,
} from '../../../lib';
import { ZeroTrustError } from '../../../lib/model/problem';

const because = 'a test of what agents are refused';
const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] };
const apiServer = { addresses: ['192.0.2.10/32'] };
const kubernetes = Cluster.kubernetes(ranges);
const cilium = Cluster.cilium({ ...ranges, version: '1.20' });

function agent(cluster = kubernetes, acknowledge?: Acknowledgement[]): AgentTier {
  const app = new App();
  Cluster.use(app, cluster);
  const agents = new ZeroTrustNamespace(new Chart(app, 'chart'), 'agents', { purpose: 'agents' });
  return new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }), acknowledge });
}

interface Asked {
  readonly cluster?: Cluster;
  readonly ports?: Port[];
  readonly acknowledge?: Acknowledgement[];
}

function agentTo(peer: IPeer, { cluster, ports = [Port.tcp(443)], acknowledge }: Asked = {}): AgentTier {
  const one = agent(cluster);
  one.connections.allowTo(peer, { because, ports, acknowledge });
  return one;
}

/** The rules that the app is refused by; none where it is proved. */
function refusedBy(make: () => { node: ZeroTrustNamespace['node'] }): string[] {
  try {
    expect(PolicyProof.of(make().node.root).witnesses).toEqual([]);
    return [];
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    return error.problems.map(({ rule }) => rule);
  }
}

describe('the API server, for an agent', () => {
  describe.each([
    ['NetworkPolicy', { ...ranges, nodeCidrs: ['192.0.2.0/24'] }, Cluster.kubernetes],
    ['Cilium', { ...ranges, version: '1.20' }, Cluster.cilium],
  ] as const)('is on nodes, on %s', (_, props, of) => {
    const cluster = (of as (given: object) => Cluster)(props);

    it.each([
      ['its own port', [Port.tcp(6443)]],
      ['443', [Port.tcp(443)]],
      ['a range that holds its port', [Port.tcpRange(6000, 7000)]],
      ['every TCP port', [Port.allTcp()]],
      ['two halves of every TCP port', [Port.tcpRange(1, 6000), Port.tcpRange(6001, 65535)]],
      ['everything', [Port.allTraffic()]],
    ])('and is refused on %s', (_name, ports) => {
      expect(refusedBy(() => agentTo(Nodes.all(), { cluster, ports }))).toEqual(['api-server']);
    });

    it('and other ports of nodes may be reached', () => {
      expect(refusedBy(() => agentTo(Nodes.all(), { cluster, ports: [Port.tcp(9100)] }))).toEqual([]);
    });

    it('and passes where that is acknowledged', () => {
      const acknowledge = [{ rule: 'api-server', because: 'the agent lists pods' }];
      expect(refusedBy(() => agentTo(Nodes.all(), { cluster, ports: [Port.tcp(6443)], acknowledge }))).toEqual([]);
    });
  });

  it('is refused on a port that the cluster gave it', () => {
    const cluster = Cluster.cilium({
      ...ranges,
      version: '1.20',
      apiServer: { ...apiServer, ports: [Port.tcp(16443)] },
    });
    expect(refusedBy(() => agentTo(Nodes.all(), { cluster, ports: [Port.tcp(16443)] }))).toEqual(['api-server']);
  });

  it('is taken out of the nodes where its address is known and the engine goes by addresses', () => {
    const cluster = Cluster.kubernetes({ ...ranges, apiServer, nodeCidrs: ['192.0.2.0/24'] });
    const one = agentTo(Nodes.all(), { cluster, ports: [Port.tcp(6443)] });
    expect(refusedBy(() => one)).toEqual([]);
    expect(PolicyGraph.of(one).toText()).toMatch(
      /-> nodes but the API server .*except 192\.0\.2\.10\/32: the API server/,
    );
  });

  it.each([
    ['the internet', Internet.any()],
    ['a block', Cidr.of('198.51.100.0/24')],
  ])(
    'may be in %s where its address is not known: the graph says so at the flow, and the proof among its assumptions',
    (_, peer) => {
      for (const cluster of [kubernetes, cilium]) {
        const one = agentTo(peer, { cluster });
        expect(refusedBy(() => one)).toEqual([]);
        expect(PolicyGraph.of(one).toText()).toContain('may hold the API server: its addresses are not given');
        expect(PolicyProof.of(one).assumptions.filter((text) => text.startsWith('API server:'))).toEqual([
          'API server: its addresses are not given, so what agents/agent may reach by address or by host name is taken not to be it',
        ]);
      }
    },
  );

  it.each([
    ['on other ports', Internet.any(), { ports: [Port.tcp(25)] }],
    ['at one address that is named', Cidr.of('198.51.100.7/32'), {}],
    [
      'where it is acknowledged',
      Internet.any(),
      { acknowledge: [{ rule: 'api-server', because: 'agents list pods' }] },
    ],
    ['where its address is known', Internet.any(), { cluster: Cluster.kubernetes({ ...ranges, apiServer }) }],
  ])('is not spoken of at a flow %s', (_, peer, about) => {
    expect(PolicyGraph.of(agentTo(peer, about)).toText()).not.toContain('may hold the API server');
  });

  it('is not among the assumptions where it is known, or no agent is there', () => {
    const known = agentTo(Internet.any(), { cluster: Cluster.kubernetes({ ...ranges, apiServer }) });
    expect(PolicyProof.of(known).assumptions.join()).not.toContain('API server:');
    expect(
      PolicyProof.of(agent(kubernetes, [{ rule: 'api-server', because: 'agents list pods' }])).assumptions.join(),
    ).not.toContain('API server:');
  });
});

describe('a metadata service, for an agent', () => {
  it.each([
    '168.63.129.16/32',
    '100.100.100.200/32',
    '192.0.0.192/32',
    '169.254.170.2/32',
    '169.254.170.23/32',
    'fd20:ce::254/128',
    'fd00:ec2::23/128',
    '64:ff9b::a9fe:a9fe/128',
    '64:ff9b::a83f:8110/128',
    '64:ff9b::6464:64c8/128',
    '64:ff9b:1::a9fe:a9fe/128',
    '64:ff9b:1:a9fe:a9:fe00::/128',
  ])('is refused at %s', (block) => {
    expect(refusedBy(() => agentTo(Cidr.of(block)))).toEqual(['metadata-service']);
  });

  it.each([
    [
      'the internet',
      Internet.any(),
      /-> internet but metadata services .*except 168\.63\.129\.16\/32: metadata services/,
    ],
    ['the NAT64 prefix', Cidr.of('64:ff9b::/96'), /except .*64:ff9b::a9fe:a9fe\/128.*: metadata services/],
    ['every IPv6 address', Cidr.of('::/0'), /except .*64:ff9b:1::\/48.*: metadata services/],
    ['a part of the internet', Cidr.of('168.63.0.0/16'), /except 168\.63\.129\.16\/32: metadata services/],
  ])('is taken out of %s', (_, peer, says) => {
    const one = agentTo(peer);
    expect(refusedBy(() => one)).toEqual([]);
    expect(PolicyGraph.of(one).toText()).toMatch(says);
  });

  it.each([
    Hostname.exact('metadata.google.internal'),
    Hostname.exact('Metadata.Google.Internal'),
    Hostname.exact('metadata.goog'),
    Hostname.exact('metadata'),
    Hostname.exact('instance-data'),
    Hostname.exact('instance-data.ec2.internal'),
    Hostname.oneLabelUnder('google.internal'),
    Hostname.oneLabelUnder('ec2.internal'),
    Hostname.oneLabelUnder('goog'),
    Hostname.anyDepthUnder('internal'),
  ])('is refused by a name that leads there: %#', (peer) => {
    expect(refusedBy(() => agentTo(peer, { cluster: cilium }))).toEqual(['metadata-service']);
  });

  it.each([
    Hostname.exact('tools.corp.internal'),
    Hostname.anyDepthUnder('corp.internal'),
    Hostname.oneLabelUnder('internal'),
    Hostname.exact('api.example.com'),
  ])('is not meant by other names of private zones: %#', (peer) => {
    expect(refusedBy(() => agentTo(peer, { cluster: cilium }))).toEqual([]);
  });

  it.each([
    ['Azure', '168.63.129.16/32'],
    ['GKE Cloud DNS', '169.254.169.254/32'],
  ])('may be where names are resolved, and stays so: %s', (_, address) => {
    const cluster = Cluster.kubernetes({ ...ranges, dns: Dns.custom({ addresses: [address] }) });
    const one = agentTo(Internet.any(), { cluster });
    expect(refusedBy(() => one)).toEqual([]);
    expect(PolicyGraph.of(one).toText()).toMatch(/-> dns /);
    expect(refusedBy(() => agentTo(Cidr.of(address), { cluster }))).toEqual(['metadata-service']);
  });

  it('may be where any name server is, and stays out of everything else', () => {
    const cluster = Cluster.kubernetes({ ...ranges, dns: Dns.custom({ addresses: ['0.0.0.0/0'] }) });
    expect(refusedBy(() => agentTo(Internet.any(), { cluster }))).toEqual([]);
  });
});

describe('a guardrail against metadata services', () => {
  const denied = () => {
    const app = new App();
    Cluster.use(app, cilium);
    const chart = new Chart(app, 'chart');
    new ZeroTrustNamespace(chart, 'ns', { purpose: 'data' });
    new ClusterGuardrail(chart, 'guard', { denyCloudMetadata: true, because });
    return JSON.stringify(chart.toJson());
  };

  it.each(['169.254.169.254/32', '100.100.100.200/32', '192.0.0.192/32', 'fd20:ce::254/128', '64:ff9b::a9fe:a9fe/128'])(
    'denies %s',
    (block) => expect(denied()).toContain(block),
  );

  it('denies what Azure’s wire server hands out, and leaves it to answer DNS, which name servers of AKS ask', () => {
    expect(denied()).toMatch(
      /168\.63\.129\.16\/32.*?"ports":\[\{"port":"80","protocol":"TCP"\},\{"port":"443","protocol":"TCP"\},\{"port":"32526","protocol":"TCP"\}\]/,
    );
  });
});

const everyPod: readonly (readonly [string, LabelRequirement[]])[] = [
  ['a label that nobody has', [{ key: 'nobody-has-this', operation: LabelOperator.DOES_NOT_EXIST }]],
  ['a value that nobody has', [{ key: 'app', operation: LabelOperator.NOT_IN, values: ['nobody-has-this'] }]],
  [
    'both',
    [
      { key: 'app', operation: LabelOperator.NOT_IN, values: ['a', 'b'] },
      { key: 'x', operation: LabelOperator.DOES_NOT_EXIST },
    ],
  ],
  ['a label that every Deployment gives its pods', [{ key: 'pod-template-hash', operation: LabelOperator.EXISTS }]],
  [
    'a label that every DaemonSet and StatefulSet gives its pods, but for a value',
    [
      { key: 'controller-revision-hash', operation: LabelOperator.EXISTS },
      { key: 'controller-revision-hash', operation: LabelOperator.NOT_IN, values: ['x'] },
    ],
  ],
];

describe('every pod of a namespace, however that is written', () => {
  it.each(everyPod)('is refused to an agent: but for %s', (_, requirements) => {
    const pods = Pods.matching(requirements).inNamespace('tools').ownedBy('others');
    expect(refusedBy(() => agentTo(pods))).toEqual(['whole-namespace']);
  });

  it.each(everyPod)('is refused as a client of data: but for %s', (_, requirements) => {
    const pods = Pods.matching(requirements).inNamespace('apps').ownedBy('others');
    expect(refusedBy(() => dataFor(pods))).toEqual(['unnamed-clients']);
  });

  it.each(everyPod)('is refused as a tier of a namespace of others: but for %s', (_, requirements) => {
    expect(
      refusedBy(() => {
        const acknowledge = [{ rule: 'adopted-namespace', because: 'its owner agreed' }];
        const theirs = new ZeroTrustNamespace(new Chart(new App(), 'chart'), 'theirs', {
          purpose: 'data',
          management: 'adopt' as never,
          acknowledge,
        });
        return new AgentTier(theirs, 'tier', { pods: Pods.matching(requirements) });
      }),
    ).toEqual(['tier-of-everything']);
  });

  it.each<readonly [string, LabelRequirement[]]>([
    ['one of two values', [{ key: 'app', operation: LabelOperator.IN, values: ['a', 'b'] }]],
    ['a label of their own', [{ key: 'example.com/tool', operation: LabelOperator.EXISTS }]],
    [
      'a value, but for a label',
      [
        { key: 'app', operation: LabelOperator.IN, values: ['a'] },
        { key: 'x', operation: LabelOperator.DOES_NOT_EXIST },
      ],
    ],
  ])('is not meant by %s', (_, requirements) => {
    const pods = Pods.matching(requirements).inNamespace('tools').ownedBy('others');
    expect(refusedBy(() => agentTo(pods))).toEqual([]);
  });
});

function dataFor(...clients: readonly IPeer[]): DataTier {
  const app = new App();
  Cluster.use(app, kubernetes);
  const data = new ZeroTrustNamespace(new Chart(app, 'chart'), 'data', { purpose: 'data' });
  const db = new DataTier(data, 'db', { pods: Pods.labeled({ app: 'db' }), ports: [Port.tcp(5432)] });
  for (const client of clients) db.connections.allowFrom(client, { because });
  return db;
}

describe('the internet, however that is written', () => {
  it.each([
    ['a block of everything', [Cidr.of('0.0.0.0/0')]],
    ['two halves', [Cidr.of('0.0.0.0/1'), Cidr.of('128.0.0.0/1')]],
    ['one half', [Cidr.of('0.0.0.0/1')]],
    ['IPv6', [Cidr.of('2000::/4'), Cidr.of('3000::/4')]],
    ['many parts', Array.from({ length: 8 }, (_, n) => Cidr.of(`${20 + n}.0.0.0/16`))],
  ])('is refused as a client of data: %s', (_, clients) => {
    expect(refusedBy(() => dataFor(...clients))).toContain('unnamed-clients');
  });

  it.each([
    ['an office', [Cidr.of('198.51.100.0/24')]],
    ['private addresses', [Cidr.of('10.0.0.0/8')]],
  ])('is not meant by %s', (_, clients) => {
    expect(refusedBy(() => dataFor(...clients))).toEqual([]);
  });

  it('passes where each flow acknowledges it', () => {
    const db = dataFor();
    const acknowledge = [{ rule: 'unnamed-clients', because: 'the data is public' }];
    for (const half of ['0.0.0.0/1', '128.0.0.0/1']) db.connections.allowFrom(Cidr.of(half), { because, acknowledge });
    expect(refusedBy(() => db)).toEqual([]);
  });

  it.each([
    ['names under a top-level domain', Hostname.anyDepthUnder('com')],
    ['names of one label under a top-level domain', Hostname.oneLabelUnder('io')],
  ])('is refused to model weights: %s', (_, host) => {
    const model = () => {
      const app = new App();
      Cluster.use(app, cilium);
      const models = new ZeroTrustNamespace(new Chart(app, 'chart'), 'models', { purpose: 'inference' });
      const tier = new InferenceTier(models, 'model', { pods: Pods.labeled({ app: 'model' }) });
      tier.connections.allowTo(host, { because, ports: [Port.tcp(443)] });
      return tier;
    };
    expect(refusedBy(model)).toEqual(['wide-egress']);
  });
});
