import {
  type Acknowledgement,
  AgentTier,
  type AgentTierProps,
  Cidr,
  Cluster,
  DataTier,
  Internet,
  Pods,
  PolicyGraph,
  Port,
  Tier,
} from '../../lib';
import { asked, namespace, namespaces } from './scenario';

const because = 'agents call the tool APIs';
const METADATA_IPV4 = ['169.254.169.254', '169.254.169.252', '169.254.170.2', '169.254.170.23'];
const METADATA_IPV6 = ['fd00:ec2::254', 'fd00:ec2::23'];
const API_SERVER = '203.0.113.10';

const cluster = Cluster.kubernetes({
  podCidrs: ['10.244.0.0/16', 'fd00:244::/48'],
  apiServer: { addresses: [`${API_SERVER}/32`] },
});

function agent(props: Partial<AgentTierProps> = {}) {
  const space = namespace('agents', { cluster });
  return new AgentTier(space, 'agent', { pods: Pods.labeled({ app: 'agent' }), ...props });
}

function agentTo(...[peer, acknowledge]: [peer: Cidr | Internet, acknowledge?: Acknowledgement[]]) {
  const one = agent();
  one.connections.allowTo(peer, { because, ports: [Port.tcp(443)], acknowledge });
  return one;
}

describe('an agent', () => {
  it('calls its tools and looks passages up, each for its own reason', () => {
    const { agents, tools, data } = namespaces(['agents', 'tools', 'data']);
    const search = new Tier(tools, 'search', { pods: Pods.labeled({ app: 'search' }), ports: [Port.tcp(80)] });
    const weaviate = new DataTier(data, 'weaviate', { pods: Pods.labeled({ app: 'weaviate' }), ports: [Port.tcp(81)] });
    const one = new AgentTier(agents, 'agent', {
      pods: Pods.labeled({ app: 'agent' }),
      tools: [{ peer: search }],
      vectorStores: [{ peer: weaviate }],
    });
    const { passes } = asked(one);
    expect(passes('agents/app=agent', 'tools/app=search', 80)).toBe(true);
    expect(passes('agents/app=agent', 'data/app=weaviate', 81)).toBe(true);
    expect(passes('agents/app=agent', 'data/app=weaviate', 80)).toBe(false);
    expect(PolicyGraph.of(one).flows.map((flow) => `${flow.destination}: ${flow.because}`)).toEqual([
      'data/weaviate: retrieval looks up passages',
      'tools/search: agents call their tools',
      'kube-system/{k8s-app=kube-dns}: names are resolved by the cluster DNS',
    ]);
  });
});

describe('a block that holds a metadata service', () => {
  it.each([
    ['link-local', Cidr.of('169.254.0.0/16'), '169.254.1.1', METADATA_IPV4],
    ['every IPv4 address', Cidr.of('0.0.0.0/0'), '198.51.100.1', METADATA_IPV4],
    ['unique local IPv6', Cidr.of('fd00::/8'), 'fd00:1::1', METADATA_IPV6],
    ['every IPv6 address', Cidr.of('::/0'), '2a00::1', METADATA_IPV6],
  ])('has it taken out of an agent’s egress: %s', (_, block, reached, services) => {
    const { passes } = asked(agentTo(block));
    expect(passes('agents/app=agent', reached, 443)).toBe(true);
    for (const address of services) expect(passes('agents/app=agent', address, 443)).toBe(false);
  });

  it('says so in the graph, with the addresses', () => {
    const [flow] = PolicyGraph.of(agentTo(Cidr.of('169.254.0.0/16'))).flows.filter(({ excepted }) => excepted.length);
    expect(flow?.excepted).toHaveLength(1);
    for (const address of METADATA_IPV4) expect(flow?.excepted[0]).toContain(`${address}/32`);
    expect(flow?.excepted[0]).toMatch(/: metadata services hand out credentials$/);
  });

  it('keeps it when that is acknowledged on the flow', () => {
    const one = agentTo(Cidr.of('169.254.0.0/16'), [{ rule: 'metadata-service', because: 'the agent signs requests' }]);
    expect(asked(one).passes('agents/app=agent', '169.254.169.254', 443)).toBe(true);
    expect(PolicyGraph.of(one).toText()).toContain('acknowledged metadata-service: the agent signs requests');
  });

  it('keeps it for tiers of other roles, which do not act on prompts', () => {
    const tier = new Tier(namespace('x', { cluster }), 'signer', { pods: Pods.labeled({ app: 'signer' }) });
    tier.connections.allowTo(Cidr.of('169.254.0.0/16'), { because, ports: [Port.tcp(80)] });
    expect(asked(tier).passes('x/app=signer', '169.254.169.254', 80)).toBe(true);
  });
});

describe('an API server with a public address', () => {
  it('is not reached by an agent that may reach the internet, and the graph says so', () => {
    const one = agentTo(Internet.any());
    const { passes } = asked(one);
    expect(passes('agents/app=agent', '203.0.113.11', 443)).toBe(true);
    expect(passes('agents/app=agent', API_SERVER, 443)).toBe(false);
    expect(PolicyGraph.of(one).toText()).toMatch(
      /agents\/agent +-> internet but metadata services and the API server +TCP\/443 +.*except 203\.0\.113\.10\/32: the API server/,
    );
  });

  it('is not reached by way of a block that holds it', () => {
    const { passes } = asked(agentTo(Cidr.of('203.0.113.0/24')));
    expect(passes('agents/app=agent', '203.0.113.11', 443)).toBe(true);
    expect(passes('agents/app=agent', API_SERVER, 443)).toBe(false);
  });

  it('is reached when that is acknowledged', () => {
    const one = agentTo(Internet.any(), [{ rule: 'api-server', because: 'the agent lists pods' }]);
    expect(asked(one).passes('agents/app=agent', API_SERVER, 443)).toBe(true);
    expect(PolicyGraph.of(one).toText()).toContain('-> internet ');
  });

  it('is reached by a tier of another role that may reach the internet', () => {
    const tier = new Tier(namespace('x', { cluster }), 'crawler', { pods: Pods.labeled({ app: 'crawler' }) });
    tier.connections.allowTo(Internet.any(), { because, ports: [Port.tcp(443)] });
    expect(asked(tier).passes('x/app=crawler', API_SERVER, 443)).toBe(true);
  });

  it('is a peer of an agent only when that is acknowledged', () => {
    const refused = agent();
    expect(() => refused.connections.allowTo(cluster.apiServer, { because })).toThrow(/service account/);
    const one = agent({ acknowledge: [{ rule: 'api-server', because: 'the agent lists pods' }] });
    one.connections.allowTo(cluster.apiServer, { because });
    expect(asked(one).passes('agents/app=agent', API_SERVER, 6443)).toBe(true);
    expect(asked(one).passes('agents/app=agent', API_SERVER, 443)).toBe(false);
  });
});
