import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cidr,
  CloudMetadata,
  Cluster,
  DataTier,
  GatewayTier,
  GrpcRule,
  Hostname,
  HttpPath,
  HttpRule,
  InferenceTier,
  Internet,
  type IPeer,
  KafkaRule,
  Nodes,
  Pods,
  Port,
  ZeroTrustNamespace,
} from '../../lib';
import '../../lib/testing/jest';

const CHAT = '/v1/chat/completions';

/** Agents that ask a model, look up passages, write events and download from one host, on Cilium. */
function agents(cluster = Cluster.cilium({ version: '1.19', apiServer: { addresses: ['192.0.2.10/32'] } })) {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart');
  const [agentsNs, models, data, edge] = [
    new ZeroTrustNamespace(chart, 'agents', { purpose: 'agents' }),
    new ZeroTrustNamespace(chart, 'models', { purpose: 'inference' }),
    new ZeroTrustNamespace(chart, 'data', { purpose: 'data' }),
    new ZeroTrustNamespace(chart, 'edge', { purpose: 'gateway' }),
  ];
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }), dns: false });
  const vectors = new DataTier(data, 'qdrant', { pods: Pods.labeled({ app: 'qdrant' }), ports: [Port.tcp(6334)] });
  const events = new DataTier(data, 'kafka', { pods: Pods.labeled({ app: 'kafka' }), ports: [Port.tcp(9092)] });
  const agent = new AgentTier(agentsNs, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  const gateway = new GatewayTier(edge, 'envoy', { pods: Pods.labeled({ app: 'envoy' }), ports: [Port.tcp(8443)] });
  return { app, chart, agentsNs, models, vllm, vectors, events, agent, gateway };
}

function served() {
  const world = agents();
  const { vllm, vectors, events, agent } = world;
  vllm.connections.allowFrom(agent, {
    http: [
      HttpRule.post(CHAT),
      HttpRule.of({ methods: ['GET'], path: HttpPath.exact('/v1/models'), host: 'models.test' }),
    ],
    because: 'agents ask the model',
  });
  agent.connections.allowTo(vectors, {
    grpc: [GrpcRule.method('qdrant.Points', 'Search')],
    because: 'passages are looked up',
  });
  agent.connections.allowTo(events, { kafka: [KafkaRule.produce('events')], because: 'events are kept' });
  agent.connections.allowTo(Hostname.exact('api.tools.test'), { ports: [Port.tcp(443)], because: 'tools are called' });
  return world;
}

/** The message that a failing expectation prints. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation held');
}

describe('requests', () => {
  const { app, agent, vllm, vectors, events } = served();
  const http = Port.tcp(8000);

  it('are allowed where a rule has each of them, and denied where none has any', () => {
    expect(app).toAllow(agent, vllm, http, { http: HttpRule.post(CHAT) });
    expect(app).toDeny(agent, vllm, http, { http: [HttpRule.post('/v1/embeddings'), HttpRule.get(CHAT)] });
    expect(app).toDeny(agent, vllm, Port.tcp(8001), { http: HttpRule.post(CHAT) });
    expect(app).toAllow(agent, vectors, Port.tcp(6334), { grpc: GrpcRule.method('qdrant.Points', 'Search') });
    expect(app).toDeny(agent, vectors, Port.tcp(6334), { grpc: GrpcRule.method('qdrant.Points', 'Delete') });
    expect(app).toAllow(agent, events, Port.tcp(9092), { kafka: KafkaRule.produce('events') });
    expect(app).toDeny(agent, events, Port.tcp(9092), { kafka: KafkaRule.consume('events') });
    expect(app).toDeny(agent, events, Port.tcp(9092), { http: HttpRule.post(CHAT) });
  });

  it('are neither where some pass: another host, another method of a service, a header', () => {
    for (const some of [HttpRule.get('/v1/models'), HttpRule.of({ path: HttpPath.below('/v1') })]) {
      expect(failure(() => expect(app).toAllow(agent, vllm, http, { http: some }))).toMatch(/to be allowed/);
      expect(failure(() => expect(app).toDeny(agent, vllm, http, { http: some }))).toMatch(/to be denied/);
    }
    const service = { grpc: GrpcRule.service('qdrant.Points') };
    expect(failure(() => expect(app).toAllow(agent, vectors, Port.tcp(6334), service))).toMatch(/to be allowed/);
    expect(failure(() => expect(app).toDeny(agent, vectors, Port.tcp(6334), service))).toMatch(/to be denied/);
  });

  it('are told in the message, with the rule that is about others', () => {
    const message = failure(() => expect(app).toAllow(agent, vllm, http, { http: HttpRule.post('/v1/embeddings') }));
    expect(message).toMatch(
      /expected agents\/agent to models\/vllm on TCP\/8000 with POST \/v1\/embeddings to be allowed\n/,
    );
    expect(message).toMatch(/on TCP\/8000 with POST \/v1\/embeddings: denied/);
    expect(message).toMatch(/is about the requests .*POST \/v1\/chat\/completions.* and not POST \/v1\/embeddings/);
  });

  it('pass with all traffic, where a rule is about all traffic, and all traffic may pass where one is about requests', () => {
    const { app: open, agent: client, vllm: model } = agents();
    model.connections.allowFrom(client, { because: 'agents ask the model' });
    expect(open).toAllow(client, model, http, { http: HttpRule.of({ path: HttpPath.below('/') }) });
    const message = failure(() => expect(app).toDeny(agent, vllm, http));
    expect(message).toMatch(/perhaps one, perhaps the other/);
    expect(message).toMatch(/requests only: .*POST \/v1\/chat[\s\S]*Ask about one request/);
  });

  it('must be requests', () => {
    expect(() => expect(app).toDeny(agent, vllm, http, { http: 'POST /' as never })).toThrow(/not an HttpRule/);
    expect(() => expect(app).toDeny(agent, vllm, http, {})).toThrow(/is given none/);
    expect(() => expect(app).toDeny(agent, vllm, http, { http: [] })).toThrow(/is given none/);
  });
});

describe('host names', () => {
  const { app, agent, vllm } = served();
  const https = Port.tcp(443);

  it('are destinations, by themselves or as text', () => {
    expect(app).toAllow(agent, 'api.tools.test', https);
    expect(app).toAllow(agent, Hostname.exact('api.tools.test'), https);
    expect(app).toDeny(agent, 'huggingface.co', https);
    expect(app).toDeny(agent, Hostname.anyDepthUnder('huggingface.co'), https);
    expect(app).toDeny(agent, 'api.tools.test', Port.tcp(80));
    expect(app).toDeny(vllm, 'api.tools.test', https);
    expect(failure(() => expect(app).toAllow(agent, 'huggingface.co', https))).toMatch(
      /agents.* to huggingface\.co on TCP\/443: denied[\s\S]*is about the hosts api\.tools\.test and not huggingface\.co/,
    );
  });

  it('of a wildcard are each asked about', () => {
    const under = Hostname.oneLabelUnder('tools.test');
    expect(failure(() => expect(app).toDeny(agent, under, https))).toMatch(/api\.tools\.test on TCP\/443: allowed/);
    expect(failure(() => expect(app).toAllow(agent, under, https))).toMatch(/\.tools\.test on TCP\/443: denied/);
  });

  it('may lead to whatever addresses are allowed', () => {
    const { app: open, agent: client, vllm: model } = agents();
    client.connections.allowTo(Cidr.of('203.0.113.0/24'), { ports: [https], because: 'tools are called' });
    for (const asked of [
      () => expect(open).toDeny(client, 'huggingface.co', https),
      () => expect(open).toAllow(client, 'huggingface.co', https),
    ]) {
      expect(failure(asked)).toMatch(/perhaps[\s\S]*if huggingface\.co leads to one of its addresses/);
    }
    expect(open).toDeny(model, 'huggingface.co', https);
  });

  it('are no source', () => {
    expect(failure(() => expect(app).toDeny('huggingface.co', agent, https))).toMatch(/names as destinations only/);
  });
});

describe('every peer is an end', () => {
  const cluster = () =>
    Cluster.kubernetes({
      podCidrs: ['10.244.0.0/16'],
      nodeCidrs: ['192.0.2.0/24'],
      apiServer: { addresses: ['198.51.100.10/32'], ports: [Port.tcp(6443)] },
    });
  const given = cluster();
  const { app, agentsNs, models, agent, vllm, gateway } = agents(given);
  vllm.connections.allowFrom(agent, { because: 'agents ask the model' });
  gateway.connections.allowTo(Internet.any(), { ports: [Port.tcp(443)], because: 'tokens are checked' });
  gateway.connections.allowTo(Nodes.all(), { ports: [Port.tcp(10250)], because: 'nodes are watched' });
  gateway.connections.allowTo(given.apiServer, { because: 'routes are watched' });
  gateway.connections.allowTo(Cidr.of('10.7.0.0/24', { excluding: ['10.7.0.5/32'] }), {
    ports: [Port.tcp(8080)],
    because: 'tools are called',
  });

  it('pods, namespaces and tiers', () => {
    const elsewhere = Pods.labeled({ app: 'agent' }).inNamespace('agents');
    expect(app).toAllow(elsewhere, vllm, Port.tcp(8000));
    expect(app).toDeny(Pods.all().inNamespace('agents').ownedBy('x'), gateway, Port.tcp(8443));
    expect(app).toDeny(agentsNs, gateway, Port.tcp(8443));
    expect(app).toDeny(Internet.any(), models, Port.tcp(8000));
    expect(
      failure(() => expect(app).toDeny(Pods.labeled({ app: 'agnet' }).inNamespace('agents'), vllm, Port.tcp(1))),
    ).toMatch(/matches nothing in these manifests/);
  });

  it.each<[string, IPeer, Port]>([
    ['the internet', Internet.any(), Port.tcp(443)],
    ['nodes', Nodes.all(), Port.tcp(10250)],
    ['the API server', given.apiServer, Port.tcp(6443)],
    ['a block', Cidr.of('10.7.0.0/24', { excluding: ['10.7.0.5/32'] }), Port.tcp(8080)],
  ])('%s', (_, end, port) => {
    expect(app).toAllow(gateway, end, port);
    expect(app).toDeny(gateway, end, Port.tcp(22));
    expect(app).toDeny(agent, end, port);
  });

  it('metadata services', () => {
    expect(app).toDeny(agent, CloudMetadata.service(), Port.tcp(80));
  });

  it('of many addresses, each is asked about', () => {
    const block = Cidr.of('10.7.0.0/24');
    expect(failure(() => expect(app).toAllow(gateway, block, Port.tcp(8080)))).toMatch(
      /10\.7\.0\.5 on TCP\/8080: denied/,
    );
    expect(failure(() => expect(app).toDeny(gateway, block, Port.tcp(8080)))).toMatch(
      /10\.7\.0\.1 on TCP\/8080: allowed/,
    );
  });

  it('on Cilium, what it knows by itself', () => {
    const cilium = Cluster.cilium({ version: '1.19', apiServer: { addresses: ['198.51.100.10/32'] } });
    const { app: other, agent: client, gateway: edge } = agents(cilium);
    edge.connections.allowTo(cilium.apiServer, { ports: [Port.tcp(6443)], because: 'routes are watched' });
    client.connections.allowTo(Cidr.of('203.0.113.0/24'), { ports: [Port.tcp(6443)], because: 'tools are called' });
    expect(other).toAllow(edge, cilium.apiServer, Port.tcp(6443));
    expect(other).toDeny(client, cilium.apiServer, Port.tcp(6443));
    expect(other).toDeny(client, Nodes.all(), Port.tcp(6443));
  });

  it('of manifests alone, nodes are perhaps in whatever block', () => {
    const manifests = app.charts.flatMap((chart) => chart.toJson());
    expect(manifests).toDeny(agent, Nodes.all(), Port.tcp(10250));
    expect(failure(() => expect(manifests).toAllow(gateway, Nodes.all(), Port.tcp(10250)))).toMatch(/perhaps/);
  });

  it('two that are no pods say nothing', () => {
    expect(failure(() => expect(app).toDeny('203.0.113.7', Internet.any(), Port.tcp(80)))).toMatch(
      /neither .* is pods/,
    );
  });
});

describe('a path through', () => {
  const { app, agent, vllm, gateway, vectors } = agents();
  vllm.connections.allowFrom(gateway, { because: 'users reach the model through the gateway' });
  gateway.connections.allowFrom(agent, { because: 'agents ask through the gateway' });

  it('one tier is accepted where there is no other way', () => {
    expect(app).not.toKeepApart(agent, vllm, { ignoringDns: true });
    expect(app).toKeepApart(agent, vllm, { ignoringDns: true, through: gateway });
    expect(app).toKeepApart(agent, vllm, { ignoringDns: true, through: [vectors, 'edge/app=envoy'] });
    expect(app).not.toKeepApart(agent, vllm, { ignoringDns: true, through: vectors });
    expect(app).not.toKeepApart(agent, gateway, { ignoringDns: true, through: gateway });
  });

  it('goes on from pods of the same rule that are not of the tier', () => {
    const wide = [
      policy('models', { app: 'vllm' }, 'Ingress', {
        ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }],
      }),
      policy('edge', {}, 'Ingress', { ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] }),
    ];
    expect(wide).not.toKeepApart('agents/app=agent', 'models/app=vllm', { through: 'edge/app=envoy' });
  });

  it('must be ends', () => {
    expect(() => expect(app).toKeepApart(agent, vllm, { through: 7 as never })).toThrow(/7 is not an end/);
  });
});

function policy(namespace: string, matchLabels: object, direction: string, rules: object) {
  const spec = { podSelector: { matchLabels }, policyTypes: [direction], ...rules };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'wide', namespace }, spec };
}
