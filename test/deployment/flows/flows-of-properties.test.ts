import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  Encryption,
  GatewayTier,
  HttpRule,
  InferenceTier,
  Internet,
  Pods,
  PolicyGraph,
  Port,
  SourceAddress,
  ZeroTrustNamespace,
} from '../../../lib';
import '../../../lib/testing/jest';
import { messageOf } from '../../tiers/scenario';

const because = 'a reason of its own';
const prometheus = Pods.labeled({ app: 'prometheus' }).inNamespace('monitoring').ownedBy('platform team');
const known = { podCidrs: ['10.244.0.0/16'] };

/** One tier of each role, on an engine that tells requests apart and encrypts, with everything that a flow can say on every property. */
function platform(cluster = Cluster.cilium({ version: '1.20', encryption: Encryption.WIREGUARD, ...known })) {
  const app = new App();
  Cluster.use(app, cluster);
  const space = new ZeroTrustNamespace(new Chart(app, 'chart'), 'ai', { purpose: 'all' });
  const said = (path: string) => ({ http: [HttpRule.get(path)], encrypted: true, because, ports: [Port.tcp(8000)] });
  const store = new DataTier(space, 'store', {
    pods: Pods.labeled({ app: 'store' }),
    metrics: [{ peer: prometheus, ...said('/metrics') }],
  });
  const vllm = new InferenceTier(space, 'vllm', {
    pods: Pods.labeled({ app: 'vllm' }),
    modelStorage: [{ peer: store, ...said('/weights') }],
  });
  const agent = new AgentTier(space, 'agent', {
    pods: Pods.labeled({ app: 'agent' }),
    tools: [{ peer: vllm, ...said('/tool') }],
    vectorStores: [{ peer: store, ...said('/search') }],
  });
  const gateway = new GatewayTier(space, 'gateway', {
    pods: Pods.labeled({ app: 'gateway' }),
    exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), ...said('/v1/models') }],
    healthChecks: [{ ranges: ['130.211.0.0/22'], ...said('/healthz') }],
  });
  return { app, store, vllm, agent, gateway };
}

describe('a flow that a property opens', () => {
  it('says what any flow can: the requests, that it is encrypted, and why', () => {
    const flows = PolicyGraph.of(platform().app).flows.filter((flow) => flow.because.includes(because));
    expect(flows.map(({ traffic }) => traffic).sort()).toEqual([
      'TCP/8000 (GET /healthz)',
      'TCP/8000 (GET /metrics)',
      'TCP/8000 (GET /search)',
      'TCP/8000 (GET /tool)',
      'TCP/8000 (GET /v1/models)',
      'TCP/8000 (GET /weights)',
    ]);
    expect(flows.every(({ encrypted }) => encrypted)).toBe(true);
  });

  it('is proved with all that', () => {
    expect(platform().app).toBeProved();
  });

  it('lets whoever scrapes a model server have its metrics and nothing else on the port, where requests are told apart', () => {
    const app = new App();
    Cluster.use(app, Cluster.cilium({ version: '1.20' }));
    const space = new ZeroTrustNamespace(new Chart(app, 'chart'), 'ai', { purpose: 'models' });
    const pods = Pods.labeled({ app: 'vllm' });
    new InferenceTier(space, 'vllm', { pods, metrics: [{ peer: prometheus, http: [HttpRule.get('/metrics')] }] });
    const flow = PolicyGraph.of(app).flows.find(({ destination }) => destination === 'ai/vllm');
    expect(flow).toMatchObject({ traffic: 'TCP/8000 (GET /metrics)', because: ['metrics are scraped'] });
    expect(app).toBeProved();
  });

  it('is refused where the cluster does not promise what it says, and names the property where that is wrong', () => {
    expect(messageOf(() => PolicyGraph.of(platform(Cluster.cilium({ version: '1.20', ...known })).app))).toMatch(
      /the flow must be encrypted on its way/,
    );
    const { agent } = platform();
    const wrong = {
      pods: Pods.labeled({ app: 'b' }),
      tools: [{ peer: Cidr.of('192.0.2.1/32'), http: ['GET /'] as never }],
    };
    expect(messageOf(() => new AgentTier(agent.node.scope as ZeroTrustNamespace, 'b', wrong))).toMatch(
      /`tools\[0\]\.http\[0\]` is "GET \/", which is not an HttpRule/,
    );
  });

  it('has health checks from several sources, each with its reason, beside the plain ranges', () => {
    const app = new App();
    const space = new ZeroTrustNamespace(new Chart(app, 'chart'), 'edge', { purpose: 'gateway' });
    new GatewayTier(space, 'gateway', {
      pods: Pods.labeled({ app: 'gateway' }),
      ports: [Port.tcp(8080)],
      healthCheckRanges: ['198.51.100.0/24'],
      healthChecks: [{ ranges: ['203.0.113.0/24'] }, { ranges: ['192.0.2.0/24'], ports: [Port.tcp(9000)], because }],
    });
    const flows = PolicyGraph.of(app).flows.filter(({ destination }) => destination === 'edge/gateway');
    expect(flows.map(({ source, traffic, because: why }) => [source, traffic, why[0]])).toEqual([
      ['192.0.2.0/24', 'TCP/9000', because],
      ['198.51.100.0/24', 'TCP/8080', 'the load balancer checks health'],
      ['203.0.113.0/24', 'TCP/8080', 'the load balancer checks health'],
    ]);
  });
});
