import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  ArgoSync,
  Cidr,
  Cluster,
  ClusterGuardrail,
  HostGuardrail,
  Hostname,
  HttpRule,
  Nodes,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Rollout,
  Tier,
  type TierProps,
  ZeroTrustNamespace,
} from '../../lib';
import { stranger, zeroTrustMatchers } from '../../lib/testing';

expect.extend(zeroTrustMatchers);

const because = 'the test wants it';
const https = [Port.tcp(443)];

/** An app with a client and a server, for a cluster. */
function service(cluster: Cluster, rollout?: Rollout) {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart');
  const space = new ZeroTrustNamespace(chart, 'apps', { purpose: 'apps', rollout });
  const tier = (name: string, props: Partial<TierProps> = {}) =>
    new Tier(space, name, { pods: Pods.labeled({ app: name }), ports: [Port.tcp(8000)], ...props });
  return { app, chart, space, tier, client: tier('client'), server: tier('server') };
}

const objectsOf = (app: App) => app.charts.flatMap((chart) => chart.toJson());
const kindsOf = (app: App) =>
  [...new Set(objectsOf(app).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))].sort();
const cilium = () => Cluster.cilium({ version: '1.20' });

describe('what is rendered for an engine', () => {
  it.each([
    ['kubernetes', Cluster.kubernetes(), 'networking.k8s.io/v1 NetworkPolicy'],
    ['cilium', cilium(), 'cilium.io/v2 CiliumNetworkPolicy'],
    ['calico', Cluster.calico({ version: '3.32' }), 'projectcalico.org/v3 NetworkPolicy'],
    ['antrea', Cluster.antrea({ version: '2.7' }), 'crd.antrea.io/v1beta1 NetworkPolicy'],
    ['cluster-network-policy', Cluster.clusterNetworkPolicy(), 'networking.k8s.io/v1 NetworkPolicy'],
  ])('is of one kind, beside Namespaces: %s', (_name, cluster, kind) => {
    const { app, client, server } = service(cluster);
    client.connections.allowTo(server, { because });
    expect(kindsOf(app)).toEqual([kind, 'v1 Namespace'].sort());
    expect(`${server.policy.apiVersion} ${server.policy.kind}`).toBe(kind);
    expect(app).toBeProved();
    expect(app).toAllow(client, server, Port.tcp(8000));
    expect(app).toDeny(client, server, Port.tcp(8001));
    expect(app).toDeny(server, client, Port.tcp(8000));
    expect(app).toDeny(stranger('apps/app=stranger'), server, Port.tcp(8000));
    expect(app).toIsolate('apps');
  });

  it('has as many policies as the engine needs, and no more when it needs fewer', () => {
    const { app, chart, client, server } = service(Cluster.calico({ version: '3.32' }));
    client.connections.allowTo(server, { because });
    new ClusterGuardrail(chart, 'guard', { denyCloudMetadata: true, because: 'credentials stay on the node' });
    const globals = () => objectsOf(app).filter(({ kind }) => kind === 'GlobalNetworkPolicy');
    expect(globals()).toHaveLength(1);
    expect(objectsOf(app)).toEqual(objectsOf(app));
    expect(globals()[0].metadata.annotations['cdk8s-zero-trust/flows']).toBe(
      'guardrail: credentials stay on the node\n',
    );
    const namespaced = globals().filter(({ metadata }) => metadata.namespace !== undefined);
    expect(namespaced).toEqual([]);
  });

  it('splits the policy of a tier where a limit forces it, and proves the split', () => {
    const { app, server, tier } = service(Cluster.calico({ version: '3.32' }));
    // Such a policy is too large for the copy of it that client-side apply keeps.
    ArgoSync.use(app, { serverSideApply: true });
    // A rule of Calico is about one protocol, and a policy has 1,024 of them.
    for (let i = 0; i < 360; i++) {
      const ports = [Port.tcp(1000 + i), Port.udp(1000 + i), Port.sctp(1000 + i)];
      server.connections.allowFrom(tier(`c${i}`, { dns: false }), { because, ports });
    }
    const names = objectsOf(app)
      .map(({ metadata }) => metadata.name)
      .filter((name) => /^server(-\d)?$/.test(name));
    expect(names.length).toBeGreaterThan(1);
    expect(app).toBeProved();
  });
});

describe('flows that say more than ports', () => {
  it('show in the reasons on the policy', () => {
    const { app, client, server } = service(cilium());
    client.connections.allowTo(server, { because, http: [HttpRule.get('/v1/models')] });
    const policy = objectsOf(app).find(({ metadata }) => metadata.name === 'server');
    expect(policy.metadata.annotations['cdk8s-zero-trust/flows']).toContain(
      'in TCP/8000 (GET /v1/models) from apps/client: the test wants it\n',
    );
  });

  it('are neither surely allowed nor denied to a matcher that names no request', () => {
    const { app, client, server } = service(cilium());
    client.connections.allowTo(server, { because, http: [HttpRule.get('/v1/models')] });
    expect(() => expect(app).toAllow(client, server, Port.tcp(8000))).toThrow();
    expect(() => expect(app).toDeny(client, server, Port.tcp(8000))).toThrow();
    expect(app).toDeny(client, server, Port.tcp(8001));
  });

  it('go to nodes and the API server by name on Cilium, and by address elsewhere', () => {
    const flowsOn = (cluster: Cluster) => {
      const { app, client } = service(cluster);
      client.connections.allowTo(Nodes.all(), { because, ports: [Port.tcp(10250)] });
      client.connections.allowTo(Cluster.of(app).apiServer, { because });
      expect(app).toBeProved();
      return PolicyGraph.of(app)
        .flows.map(({ destination }) => destination)
        .filter((destination) => !destination.startsWith('kube-system'));
    };
    expect(flowsOn(cilium())).toEqual(['<api-server>', '<nodes>']);
    const known = { nodeCidrs: ['172.18.0.0/16'], apiServer: { addresses: ['203.0.113.1/32'] } };
    expect(flowsOn(Cluster.antrea({ version: '2.7', ...known }))).toEqual(['api-server', 'nodes']);
  });

  it('are made wider where that is acknowledged, with a note, and are refused otherwise', () => {
    const acknowledge = [{ rule: 'engine-host-names', because: 'the move to Cilium is planned' }];
    const { app, client } = service(Cluster.kubernetes());
    client.connections.allowTo(Hostname.exact('api.example.com'), { because, ports: https, acknowledge });
    const text = PolicyGraph.of(app).toText();
    expect(text).toMatch(
      /-> api\.example\.com, as any address of the internet on Kubernetes NetworkPolicy .*note: wider than meant: Kubernetes NetworkPolicy does not know these names/,
    );
    expect(app).toBeProved();
    expect(app).toAllow(client, '203.0.113.9', Port.tcp(443));
  });

  it('keep a line for each name in every form of the graph, and one rule in what is rendered', () => {
    const acknowledge = [{ rule: 'engine-host-names', because: 'the move to Cilium is planned' }];
    const { app, client } = service(Cluster.calico({ version: '3.32' }));
    for (const name of ['api.tavily.com', 'serpapi.com']) {
      client.connections.allowTo(Hostname.exact(name), { because, ports: https, acknowledge });
    }
    const graph = PolicyGraph.of(app);
    const ends = ['api.tavily.com', 'serpapi.com'].map(
      (name) => `${name}, as any address of the internet on Calico 3.32`,
    );
    expect(graph.flows.map(({ destination }) => destination).filter((end) => end.includes('internet'))).toEqual(ends);
    for (const end of ends) {
      expect(graph.toMermaid()).toContain(end);
      expect(graph.toJson()).toContain(`"name": "${end}"`);
    }
    const meanings = graph
      .toText()
      .split('\n')
      .filter((line) => /^ {2}any address of the internet on Calico 3\.32 /.test(line));
    expect(meanings).toHaveLength(1);
    expect(PolicyGraph.parse(graph.toJson()).toText()).toBe(graph.toText());
    expect(app).toBeProved();
    const policy = app.charts.flatMap((chart) => chart.toJson()).find(({ metadata }) => metadata.name === 'client');
    expect(
      policy.spec.egress.filter(({ destination }: { destination?: { notNets?: unknown } }) => destination?.notNets),
    ).toHaveLength(2);
  });

  it('are made wider for an agent without the API server and metadata services, as the internet is', () => {
    const acknowledge = [{ rule: 'engine-host-names', because: 'the move to Cilium is planned' }];
    const cluster = Cluster.calico({ version: '3.32', apiServer: { addresses: ['203.0.113.7/32'], ports: https } });
    const { app, space } = service(cluster);
    const agent = new AgentTier(space, 'agent', {
      pods: Pods.labeled({ app: 'agent' }),
      tools: [{ peer: Hostname.exact('api.tavily.com'), ports: https, acknowledge }],
    });
    expect(app).toBeProved();
    expect(app).toAllow(agent, '203.0.113.9', Port.tcp(443));
    expect(app).toDeny(agent, '203.0.113.7', Port.tcp(443));
    expect(app).toDeny(agent, '168.63.129.16', Port.tcp(443));
  });
});

describe('an agent on Cilium', () => {
  const known = { version: '1.20', apiServer: { addresses: ['10.0.0.1/32'] } };
  const pods = Pods.labeled({ app: 'agent' });
  const agents = () => {
    const { app, space, tier } = service(Cluster.cilium(known));
    const tools = [{ peer: Cidr.of('10.0.0.0/8'), ports: https }];
    return { app, tier, agent: new AgentTier(space, 'agent', { pods, tools }) };
  };

  it('does not reach the API server by way of a block, nor as the engine knows it', () => {
    expect(agents().app).toBeProved();
  });

  it('breaks its promise where another tier of its pods may reach the API server', () => {
    const { app, tier } = agents();
    const acknowledge = [{ rule: 'overlapping-tiers', because: 'on purpose in this test' }];
    const other = tier('other', { pods: Pods.labeled({ role: 'operator' }), acknowledge });
    other.connections.allowTo(Cluster.of(app).apiServer, { because });
    expect(PolicyProof.of(app).witnesses.join('\n')).toContain('api-server');
  });
});

describe('policies that are only tried out', () => {
  it('are staged on Calico, prove nothing, and deny nothing', () => {
    const { app, client, server } = service(Cluster.calico({ version: '3.32' }), Rollout.AUDIT);
    client.connections.allowTo(server, { because });
    expect(kindsOf(app)).toContain('projectcalico.org/v3 StagedNetworkPolicy');
    const proof = PolicyProof.of(app);
    expect(proof.isProved).toBe(false);
    expect(proof.toText()).toContain('ould allow');
    expect(proof.preconditions.join('\n')).toContain('apps is only tried out: their policies are staged');
    expect(() => app.synthYaml()).not.toThrow();
    expect(() => expect(app).toDeny(client, server, Port.tcp(8001))).toThrow();
    expect(() => expect(app).toBeProved()).toThrow();
  });

  it('are named as a precondition on Cilium, where no policy can say it', () => {
    const { app, client, server } = service(cilium(), Rollout.AUDIT);
    client.connections.allowTo(server, { because });
    expect(PolicyProof.of(app).isProved).toBe(false);
    expect(PolicyProof.of(app).preconditions.join('\n')).toMatch(/policyAuditMode/);
  });
});

describe('guardrails', () => {
  it('alone are an app of the platform, and are proved', () => {
    const app = new App();
    Cluster.use(app, cilium());
    const chart = new Chart(app, 'platform');
    new ClusterGuardrail(chart, 'no-metadata', { denyCloudMetadata: true, because });
    new HostGuardrail(chart, 'nodes', {
      because,
      allowFrom: [{ peer: Cidr.of('192.0.2.0/24'), ports: https, because }],
    });
    expect(kindsOf(app)).toEqual(['cilium.io/v2 CiliumClusterwideNetworkPolicy']);
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('that deny what a flow declares fail the proof, which names both', () => {
    const { app, chart, client } = service(cilium());
    client.connections.allowTo(Cidr.of('169.254.169.254/32'), { because, ports: [Port.tcp(80)] });
    new ClusterGuardrail(chart, 'no-metadata', { denyCloudMetadata: true, because });
    const text = PolicyProof.of(app).toText();
    expect(text).toContain('no-metadata');
    expect(text).toMatch(/flow from apps\/client to/);
  });
});
