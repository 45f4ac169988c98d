import { readdirSync, readFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  GatewayTier,
  InferenceTier,
  Internet,
  Pods,
  PolicyGraph,
  Port,
  Purpose,
  SourceAddress,
  ZeroTrustNamespace,
} from '../../lib';
import { asked, flowsOf, type Manifest, manifestsOf, namespace } from './scenario';

/** A small AI platform, as the README has it. */
function platform({ paths = '' } = {}) {
  const app = new App();
  const chart = new Chart(app, `ai-platform${paths}`);
  Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }));
  const space = (name: string, purpose: string) => new ZeroTrustNamespace(chart, `${name}${paths}`, { name, purpose });
  const gateway = new GatewayTier(space('ai-gateway', Purpose.GATEWAY), `envoy${paths}`, {
    name: 'envoy',
    pods: Pods.labeled({ app: 'envoy-gateway' }),
    ports: [Port.tcp(8080)],
    exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: 'customers call the models' }],
  });
  const vllm = new InferenceTier(space('ai-inference', Purpose.INFERENCE), `vllm${paths}`, {
    name: 'vllm',
    pods: Pods.labeled({ app: 'vllm' }),
  });
  const weights = new DataTier(space('ai-data', Purpose.DATA), `minio${paths}`, {
    name: 'minio',
    pods: Pods.labeled({ app: 'minio' }),
    ports: [Port.tcp(9000)],
  });
  const agent = new AgentTier(space('ai-agents', Purpose.AGENTS), `agent${paths}`, {
    name: 'agent',
    pods: Pods.labeled({ app: 'ai-agent' }),
  });
  vllm.connections.allowFrom(gateway, { because: 'users reach the model through the gateway' });
  vllm.connections.allowTo(weights, { because: 'weights are loaded at start' });
  agent.connections.allowTo(vllm, { because: 'agents ask the model' });
  agent.connections.allowTo(Cidr.of('10.0.0.0/8', { excluding: ['10.0.0.0/28'] }), {
    ports: [Port.tcp(443)],
    because: 'agents call the tool APIs',
  });
  return { app, gateway, vllm, weights, agent };
}

const policies = (app: App): Manifest[] => manifestsOf(app).filter(({ kind }) => kind === 'NetworkPolicy');

describe('the invariants of the design', () => {
  it('1: nothing is wider than declared without a word: it is refused, or acknowledged in the graph', () => {
    const wide = (acknowledge?: { rule: string; because: string }[]) => {
      const vllm = new InferenceTier(namespace('models'), 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
      vllm.connections.allowTo(Internet.any(), { because: 'models are fetched', ports: [Port.tcp(443)], acknowledge });
      return PolicyGraph.of(vllm);
    };
    expect(() => wide()).toThrow(/models\/vllm.*internet|egress to/s);
    const graph = wide([{ rule: 'wide-egress', because: 'the hub has no fixed addresses' }]);
    expect(graph.toText()).toContain('acknowledged wide-egress: the hub has no fixed addresses');
  });

  it('2: both ends of a flow are ours, or the other end has a named owner', () => {
    const { app } = platform();
    const tiers = ['ai-gateway/envoy', 'ai-inference/vllm', 'ai-data/minio', 'ai-agents/agent'];
    for (const { source, destination, owner } of PolicyGraph.of(app).flows) {
      const isPodsOfOthers = [source, destination].some((end) => end.endsWith('}'));
      expect([source, destination].some((end) => tiers.includes(end))).toBe(true);
      expect(owner !== undefined).toBe(isPodsOfOthers);
    }
    expect(() =>
      platform().agent.connections.allowTo(Pods.labeled({ app: 'search' }).inNamespace('tools'), {
        because: 'agents search the web',
        ports: [Port.tcp(80)],
      }),
    ).toThrow(/it is not said who/);
  });

  it('3: every flow carries a reason, which reaches the manifest and the graph', () => {
    const { app } = platform();
    const reasons = policies(app)
      .map(({ metadata }) => metadata.annotations?.['cdk8s-zero-trust/flows'] ?? '')
      .join('\n');
    const { flows } = PolicyGraph.of(app);
    expect(flows).toHaveLength(8);
    for (const { because } of flows) {
      expect(because).not.toEqual([]);
      for (const reason of because) expect(reasons).toContain(reason);
    }
  });

  it('4: every namespace denies by default, both ways, for every pod; DNS is in the policy of each tier that has it', () => {
    const { app } = platform();
    const denies = policies(app).filter(({ spec }) => Object.keys(spec.podSelector).length === 0);
    expect(denies.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'ai-agents/default-deny',
      'ai-data/default-deny',
      'ai-gateway/default-deny',
      'ai-inference/default-deny',
    ]);
    for (const { spec } of denies) expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const { passes } = asked(app);
    const resolves = (pod: string) =>
      (['UDP', 'TCP'] as const).map((protocol) => passes(pod, 'kube-system/k8s-app=kube-dns', 53, protocol));
    expect(resolves('ai-inference/app=vllm')).toEqual([true, true]);
    expect(resolves('ai-data/app=minio')).toEqual([false, false]);
    expect(resolves('ai-inference/app=stranger')).toEqual([false, false]);
  });

  it('5: the same declaration gives the same bytes, whatever the paths of constructs', () => {
    expect(manifestsOf(platform({ paths: '-moved' }).app)).toEqual(manifestsOf(platform().app));
  });

  it('6: what renders and what reads import nothing of one another', () => {
    const folders = (parent: string) =>
      readdirSync(parent, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}`);
    const importsOf = (folder: string, isMeant: (file: string) => boolean) =>
      readdirSync(folder)
        .filter(isMeant)
        .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/from '([^']+)'/g)])
        .map(([, path]) => path as string);
    // An engine's entry names both halves, and `compose` is of the half that reads.
    const renderer = folders('lib/engines').flatMap((folder) =>
      importsOf(folder, (file) => !/^(engine|compose.*)[.]ts$/.test(file)),
    );
    const reader = folders('lib/kinds').flatMap((folder) => importsOf(folder, () => true));
    expect(folders('lib/engines')).toHaveLength(5);
    expect(renderer.length).toBeGreaterThan(100);
    expect(reader.length).toBeGreaterThan(100);
    expect(renderer.filter((path) => path.includes('/kinds/'))).toEqual([]);
    expect(reader.filter((path) => path.includes('/engines/') || path.includes('/graph/'))).toEqual([]);
  });

  it('7: equal meaning has equal text', () => {
    const { app } = platform();
    const split = platform();
    split.agent.connections.allowTo(split.vllm, {
      because: 'agents ask the model',
      ports: [Port.tcpRange(8000, 8000)],
    });
    expect(PolicyGraph.of(split.app).toText()).toBe(PolicyGraph.of(app).toText());
    expect(PolicyGraph.parse(PolicyGraph.of(app).toJson()).toText()).toBe(PolicyGraph.of(app).toText());
  });

  it('8: addresses mean what is outside the cluster', () => {
    const { app } = platform();
    const { passes } = asked(app);
    const agent = 'ai-agents/app=ai-agent';
    expect(passes(agent, '10.1.2.3', 443)).toBe(true);
    for (const inside of ['10.244.7.7', '10.96.0.1', '10.0.0.3']) expect(passes(agent, inside, 443)).toBe(false);
    expect(passes('10.244.7.7', 'ai-gateway/app=envoy-gateway', 8080)).toBe(false);
    expect(flowsOf(app).filter((flow) => flow.startsWith('internet'))).toHaveLength(1);
  });
});
