import type { App } from 'cdk8s';
import { agentPlatform } from '../../apps/agent-platform';
import { aiPlatforms } from '../../apps/ai-platform';
import { aiServiceMesh } from '../../apps/ai-service-mesh';
import { cpuModels } from '../../apps/cpu-models';
import { portable } from '../../apps/portable';
import { sharedLlm } from '../../apps/shared-llm';
import { smallLanguageModel, smallLanguageModelSealed } from '../../apps/small-language-model';
import { sovereignTenants } from '../../apps/sovereign-tenants';
import {
  CloudMetadata,
  HttpPath,
  HttpRule,
  Internet,
  PolicyGraph,
  PolicyProof,
  Port,
  ZeroTrustFindings,
} from '../../lib';
import { policyGraphSerializer, zeroTrustMatchers } from '../../lib/testing';
import { canConnect } from '../naive/ask';
import type { Protocol } from '../naive/world';

expect.addSnapshotSerializer(policyGraphSerializer);
expect.extend(zeroTrustMatchers);

const DNS = 'kube-system/k8s-app=kube-dns';

/** Asks the rendered policies of an app. */
function asked(app: App) {
  const manifests = app.charts.flatMap((chart) => chart.toJson());
  return {
    passes: (from: string, to: string, port: number, protocol: Protocol = 'TCP') =>
      canConnect(manifests, from, to, protocol, port),
  };
}

describe.each<[string, () => App]>([
  ...Object.entries(aiPlatforms).map(([name, make]): [string, () => App] => [name, () => make({})]),
  ['agent-platform', agentPlatform],
  ['ai-service-mesh', aiServiceMesh],
  ['ai-service-mesh, weights on a volume', () => aiServiceMesh({ weights: 'volume' })],
  ['cpu-models', cpuModels],
  ['sovereign-tenants', sovereignTenants],
  ['small-language-model', smallLanguageModel],
  ['small-language-model-sealed', smallLanguageModelSealed],
  ['shared-llm', sharedLlm],
])('%s', (_, make) => {
  it('has the graph that was reviewed', () => {
    expect(PolicyGraph.of(make())).toMatchSnapshot();
  });

  it('has the manifests that were reviewed', () => {
    expect(make().charts.map((chart) => chart.toJson())).toMatchSnapshot();
  });

  it('is proved', () => {
    expect(PolicyProof.of(make()).toText()).toMatch(/^Proved/);
  });

  it('has nothing that a synthesis would warn of', () => {
    expect(ZeroTrustFindings.of(make()).findings.filter(({ level }) => level !== 'note')).toEqual([]);
  });
});

describe.each(Object.entries(aiPlatforms))('the AI platform at %s', (name, make) => {
  const pods = (tier: string) => `${tier.split('/')[0]}/cdk8s-zero-trust/tier=${tier.split('/')[1]}`;
  const [gateway, llama, large, agent, weights] = [
    ...['ai-gateway/gateway', 'ai-inference/llama', 'ai-inference/large', 'ai-agents/agent', 'model-loading/weights'],
  ].map(pods);
  const manifests = make({}).charts.flatMap((chart) => chart.toJson());
  const text = JSON.stringify(manifests);
  const [minio, database] = ['ai-data/app=minio,release=weights', 'ai-data/app=platform-db,cnpg.io/podRole=instance'];

  it('labels the pods of every workload that a tier was made of', () => {
    for (const tier of ['gateway', 'llama', 'coder', 'embeddings', 'agent', 'weights']) {
      expect(text).toContain(`"cdk8s-zero-trust/tier":"${tier}"`);
    }
    const ray = JSON.stringify(manifests.find(({ kind }) => kind === 'RayCluster'));
    expect(ray.match(/"cdk8s-zero-trust\/tier":"large"/g)).toHaveLength(2);
  });

  it('has the clients outside come through the balancer', () => {
    expect(text).toContain(name.endsWith('production') ? '10.30.128.0/2' : '10.20.128.0/2');
    expect(text).not.toMatch(name.endsWith('production') ? /10\.20\./ : /10\.30\./);
  });

  // The slow evaluator reads NetworkPolicy alone.
  (name.endsWith('vpc-cni') ? it : it.skip)('lets each pod reach what its tier declares, and nothing else', () => {
    const passes = (from: string, to: string, port: number) => canConnect(manifests, from, to, 'TCP', port);
    expect(passes('10.20.128.7', gateway, 8443)).toBe(true);
    expect(passes('203.0.113.7', gateway, 8443)).toBe(false);
    expect([llama, large].map((to) => passes(gateway, to, 8000))).toEqual([true, true]);
    expect([llama, large].map((to) => passes(agent, to, 8000))).toEqual([true, false]);
    expect(passes(gateway, minio, 9000)).toBe(false);
    expect([llama, large, weights].map((from) => passes(from, minio, 9000))).toEqual([true, true, true]);
    expect([agent, gateway, llama].map((from) => passes(from, database, 5432))).toEqual([true, true, false]);
    expect(passes(weights, llama, 8000)).toBe(false);
    expect(passes(large, large, 6379)).toBe(true);
    expect(passes(agent, 'support-tools/app=tickets-mcp', 8080)).toBe(true);
    expect(passes(agent, '169.254.169.254', 443)).toBe(false);
  });
});

describe('the AI service mesh', () => {
  const { passes } = asked(aiServiceMesh());
  const gateway = 'ai-gateway/app=envoy-gateway';
  const vllm = 'ai-inference/app=vllm';
  const agent = 'ai-agents/app=ai-agent';
  const weaviate = 'ai-data/app=weaviate';
  const storage = 'ai-data/app=model-storage';

  it('lets customers come in through the gateway alone', () => {
    expect(passes('203.0.113.7', gateway, 8443)).toBe(true);
    expect(passes('2a00::7', gateway, 8443)).toBe(true);
    expect(passes('203.0.113.7', gateway, 8080)).toBe(false);
    expect(passes('203.0.113.7', vllm, 8000)).toBe(false);
    expect(passes('203.0.113.7', weaviate, 8080)).toBe(false);
  });

  it('lets the gateway reach vLLM on 8000, and nothing else of it', () => {
    expect(passes(gateway, vllm, 8000)).toBe(true);
    expect(passes(gateway, vllm, 8001)).toBe(false);
    expect(passes(gateway, vllm, 8000, 'UDP')).toBe(false);
  });

  it('keeps out everybody else, also a pod that wears the label of the gateway elsewhere', () => {
    expect(passes('ai-agents/app=envoy-gateway', vllm, 8000)).toBe(false);
    expect(passes('ai-gateway/app=other', vllm, 8000)).toBe(false);
    expect(passes(agent, vllm, 8000)).toBe(false);
    expect(passes('default/', vllm, 8000)).toBe(false);
  });

  it('lets vLLM load weights from model storage, across namespaces, and reach nothing else', () => {
    expect(passes(vllm, storage, 443)).toBe(true);
    expect(passes(vllm, weaviate, 8080)).toBe(false);
    expect(passes(vllm, '203.0.113.7', 443)).toBe(false);
    expect(passes(vllm, '10.20.0.7', 443)).toBe(false);
    expect(passes(vllm, agent, 443)).toBe(false);
  });

  it('lets agents look passages up in Weaviate, across namespaces, and not in model storage', () => {
    expect(passes(agent, weaviate, 8080)).toBe(true);
    expect(passes(agent, weaviate, 8081)).toBe(false);
    expect(passes(agent, storage, 443)).toBe(false);
  });

  it('lets agents call the tool APIs, without the sensitive part and without the cluster that lies in the range', () => {
    expect(passes(agent, '10.20.0.7', 443)).toBe(true);
    expect(passes(agent, '10.20.0.7', 80)).toBe(false);
    expect(passes(agent, '10.0.0.7', 443)).toBe(false);
    expect(passes(agent, '10.244.3.7', 443)).toBe(false);
    expect(passes(agent, '10.96.0.1', 443)).toBe(false);
    expect(passes(agent, '10.1.0.9', 443)).toBe(false);
    expect(passes(agent, '169.254.169.254', 80)).toBe(false);
    expect(passes(agent, '203.0.113.7', 443)).toBe(false);
  });

  it('resolves names over UDP and TCP where a tier has egress, and nowhere else', () => {
    for (const tier of [gateway, vllm, agent]) {
      expect(passes(tier, DNS, 53, 'UDP')).toBe(true);
      expect(passes(tier, DNS, 53, 'TCP')).toBe(true);
      expect(passes(tier, 'kube-system/app=other', 53, 'UDP')).toBe(false);
    }
    for (const tier of [weaviate, storage]) expect(passes(tier, DNS, 53, 'UDP')).toBe(false);
  });

  it('isolates pods that no tier has', () => {
    for (const namespace of ['ai-gateway', 'ai-inference', 'ai-agents', 'ai-data']) {
      const stranger = `${namespace}/app=stranger`;
      expect(passes(stranger, DNS, 53, 'UDP')).toBe(false);
      expect(passes(stranger, '203.0.113.7', 443)).toBe(false);
      expect(passes('default/', stranger, 80)).toBe(false);
    }
  });

  it('needs no flow for weights on a volume', () => {
    const { passes: withVolume } = asked(aiServiceMesh({ weights: 'volume' }));
    expect(withVolume(gateway, vllm, 8000)).toBe(true);
    expect(withVolume(vllm, storage, 443)).toBe(false);
  });
});

describe('models on CPUs', () => {
  const app = cpuModels();
  const { passes } = asked(app);
  const pods = (tier: string) => `cpu-models/cdk8s-zero-trust/tier=${tier}`;
  const prometheus = 'monitoring/app.kubernetes.io/name=prometheus';

  it('labels the pods of each Deployment so that its policy selects them', () => {
    const deployments = app.charts.flatMap((chart) => chart.toJson()).filter(({ kind }) => kind === 'Deployment');
    const labels = deployments.map(({ spec }) => spec.template.metadata.labels['cdk8s-zero-trust/tier']);
    expect(labels.sort()).toEqual(['classifier', 'embedder', 'ingest']);
    const selectors = deployments.map(({ spec }) => Object.keys(spec.selector.matchLabels));
    expect(selectors).not.toContainEqual(expect.arrayContaining(['cdk8s-zero-trust/tier']));
  });

  it('lets in the service that feeds a model, by the name of its port', () => {
    const manifests = app.charts.flatMap((chart) => chart.toJson());
    const rules = manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'classifier');
    expect(rules.spec.ingress).toContainEqual({
      from: [{ podSelector: { matchLabels: { 'cdk8s-zero-trust/tier': 'ingest' } } }],
      ports: [{ protocol: 'TCP', port: 'http' }],
    });
  });

  it('lets nothing out of a model, and nobody else in', () => {
    for (const model of [pods('classifier'), pods('embedder')]) {
      expect(passes(model, DNS, 53, 'UDP')).toBe(false);
      expect(passes(model, '203.0.113.7', 443)).toBe(false);
      expect(passes(model, pods('ingest'), 8080)).toBe(false);
      expect(passes('other-project/app=ingest', model, 8000)).toBe(false);
      expect(passes(pods('classifier'), pods('embedder'), 8000)).toBe(false);
    }
  });

  it('lets the queue push documents, and Prometheus nowhere but to metrics', () => {
    expect(passes('documents/app=document-queue', pods('ingest'), 8080)).toBe(true);
    expect(passes('documents/app=other', pods('ingest'), 8080)).toBe(false);
    expect(passes(prometheus, pods('ingest'), 8080)).toBe(false);
  });
});

describe('sovereign tenants', () => {
  const { passes } = asked(sovereignTenants());
  const vllm = 'inference/app=vllm';
  const a = 'tenant-a/app=anything';
  const b = 'tenant-b/app=anything';

  it('never reach one another, nor the model directly', () => {
    expect(passes(a, b, 443)).toBe(false);
    expect(passes(b, a, 443)).toBe(false);
    expect(passes(a, 'tenant-a/app=other', 443)).toBe(false);
    expect(passes(a, vllm, 8000)).toBe(false);
  });

  it('reach the gateway, object storage and the model registry, and no other address', () => {
    for (const tenant of [a, b]) {
      for (const address of ['198.51.100.20', '203.0.113.70', '203.0.113.130']) {
        expect(passes(tenant, address, 443)).toBe(true);
        expect(passes(tenant, address, 80)).toBe(false);
      }
      for (const address of ['198.51.100.15', '203.0.113.160', '8.8.8.8', '10.0.0.1', '169.254.169.254', '2a00::1']) {
        expect(passes(tenant, address, 443)).toBe(false);
      }
    }
  });

  it('have a model that nobody but the ingress may call', () => {
    expect(passes('ingress/app=envoy-gateway', vllm, 8000)).toBe(false);
    expect(passes('tenant-a/app=envoy-gateway', vllm, 8000)).toBe(false);
    expect(passes(vllm, '203.0.113.70', 443)).toBe(false);
  });

  it('have a model that the ingress calls, from whichever namespace has its label', () => {
    const ingress = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ingress', labels: { name: 'ingress' } } };
    const manifests = [ingress, ...sovereignTenants().charts.flatMap((chart) => chart.toJson())];
    expect(canConnect(manifests, 'ingress/app=envoy-gateway', vllm, 'TCP', 8000)).toBe(true);
    expect(canConnect(manifests, 'ingress/app=other', vllm, 'TCP', 8000)).toBe(false);
    expect(canConnect(manifests, 'ingress/app=envoy-gateway', vllm, 'TCP', 8001)).toBe(false);
  });
});

describe('a small language model', () => {
  const { passes } = asked(smallLanguageModel());
  const model = 'ai-models/app=small-language-model';
  const features = 'ai-models/app=feature-api';

  it('is reached from the feature API alone', () => {
    expect(passes(features, model, 8080)).toBe(true);
    expect(passes(features, model, 8081)).toBe(false);
    expect(passes('ai-models/app=other', model, 8080)).toBe(false);
    expect(passes('default/app=feature-api', model, 8080)).toBe(false);
  });

  it('reaches one range of addresses and the name servers alone', () => {
    expect(passes(model, '203.0.113.9', 443)).toBe(true);
    expect(passes(model, '203.0.114.9', 443)).toBe(false);
    expect(passes(model, DNS, 53, 'UDP')).toBe(true);
    expect(passes(model, DNS, 53, 'TCP')).toBe(true);
    expect(passes(model, features, 8080)).toBe(false);
  });

  it('reaches no name server when it is sealed, and is otherwise the same', () => {
    const { passes: sealed } = asked(smallLanguageModelSealed());
    expect(sealed(features, model, 8080)).toBe(true);
    expect(sealed(model, '203.0.113.9', 443)).toBe(true);
    for (const protocol of ['UDP', 'TCP'] as const) {
      expect(sealed(model, DNS, 53, protocol)).toBe(false);
      expect(sealed(features, DNS, 53, protocol)).toBe(false);
    }
  });
});

describe('the portable mesh', () => {
  const [first, ...others] = Object.values(portable).map((make) => PolicyGraph.of(make({})));

  it('is rendered for five engines', () => {
    expect(Object.keys(portable)).toHaveLength(5);
  });

  it.each(Object.entries(portable))('is proved: %s', (_, make) => {
    expect(PolicyProof.of(make({})).toText()).toMatch(/^Proved/);
  });

  it('is the same graph on each, but for the engine and what it does to private blocks', () => {
    for (const graph of others) expect(graph.flows.map(withoutBlocks)).toEqual(first.flows.map(withoutBlocks));
  });

  function withoutBlocks({ source, traffic, because }: PolicyGraph['flows'][number]) {
    return { source, traffic, because };
  }
});

describe('the shared model', () => {
  const app = sharedLlm();

  it('answers tenants on the paths that are meant for users, and on no other', () => {
    const limited = PolicyGraph.of(app).flows.filter(({ destination }) => destination === 'shared-models/vllm');
    expect(limited.map(({ source, traffic, encrypted }) => [source, traffic, encrypted])).toEqual(
      ['tenant-blue/client', 'tenant-green/client'].map((tenant) => [
        tenant,
        'TCP/8000 (GET /v1/models; POST /v1/chat/completions; POST /v1/embeddings)',
        true,
      ]),
    );
  });

  it('is downloaded by the names of the hub, by a pod that serves nobody', () => {
    const { flows } = PolicyGraph.of(app);
    const ofLoader = flows.filter(({ source }) => source === 'shared-models/model-loader');
    expect(ofLoader.map(({ destination }) => destination)).toEqual([
      'kube-system/{k8s-app=kube-dns}',
      '**.hf.co',
      'huggingface.co',
    ]);
    expect(flows.filter(({ destination }) => destination === 'shared-models/model-loader')).toEqual([]);
  });

  it('says what only the live cluster can show', () => {
    const text = PolicyProof.of(app).preconditions.join('\n');
    for (const word of ['Cilium 1.20', 'Wireguard', 'l7Proxy', 'DNS proxy']) expect(text).toContain(word);
  });
});

describe('the agent platform', () => {
  const app = agentPlatform();
  const pods = (tier: string) => `${tier.split('/')[0]}/cdk8s-zero-trust/tier=${tier.split('/')[1]}`;
  const sandbox = pods('ai-sandboxes/python');
  const [router, search, gateway, vllm, weights] = [
    'sandbox-routing/app.kubernetes.io/name=sandbox-router',
    'ai-tools/app=search-mcp',
    'ai-gateway/app=llm-gateway',
    'ai-inference/app=vllm',
    'ai-data/app=weights',
  ];

  it('keeps sandboxes from the weights, and from models and the gateway before them, by whatever path', () => {
    expect(app).toKeepApart(sandbox, weights);
    expect(app).toKeepApart(sandbox, vllm);
    expect(app).toKeepApart(sandbox, gateway);
  });

  it('keeps sandboxes from metadata services and from the internet', () => {
    expect(app).toKeepApart(sandbox, CloudMetadata.service(), { ignoringDns: true });
    expect(app).toKeepApart(sandbox, Internet.any(), { ignoringDns: true });
  });

  it('lets the router alone into sandboxes, and sandboxes to the search alone', () => {
    expect(app).toAllow(router, sandbox, Port.tcp(8888));
    expect(app).toDeny('ai-agents/app=planner', sandbox, Port.tcp(8888));
    expect(app).toDeny(sandbox, sandbox, Port.tcp(8888));
    for (const end of [gateway, 'ai-tools/app=web-mcp', '203.0.113.7', '169.254.169.254']) {
      expect(app).toDeny(sandbox, end, Port.tcp(443));
      expect(app).toDeny(sandbox, end, Port.tcp(8080));
    }
  });

  it('lets sandboxes call two tools of the search, and no other', () => {
    const calling = (name: string, version = '2026-07-28') => [
      HttpRule.of({
        methods: ['POST'],
        path: HttpPath.exact('/mcp'),
        headerValues: { 'mcp-protocol-version': version, 'mcp-method': 'tools/call', 'mcp-name': name },
      }),
    ];
    for (const name of ['find_passages', 'read_passage']) {
      expect(app).toAllow(sandbox, search, Port.tcp(8080), { http: calling(name) });
    }
    expect(app).toDeny(sandbox, search, Port.tcp(8080), { http: calling('delete_index') });
    // A server that speaks older revisions too would look for the tool in the body alone.
    expect(app).toDeny(sandbox, search, Port.tcp(8080), { http: calling('find_passages', '2025-11-25') });
    expect(app).toDeny(sandbox, search, Port.tcp(8080), { http: [HttpRule.get('/mcp')] });
  });
});
