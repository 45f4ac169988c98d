import { ApiObject, App, Chart } from 'cdk8s';
import {
  AgentTier,
  Catalog,
  type CatalogTierOptions,
  Cluster,
  DataTier,
  InferenceTier,
  Pods,
  Port,
  ZeroTrustNamespace,
} from '../../lib';

/** A model server whose image is known, with a tier of the catalog or one by hand, or with none. */
function served(image: string) {
  const app = new App();
  Cluster.use(app, Cluster.kubernetes());
  const chart = new Chart(app, 'ai');
  const models = new ZeroTrustNamespace(chart, 'models', { purpose: 'inference' });
  const agents = new ZeroTrustNamespace(chart, 'agents', { purpose: 'agents' });
  const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  const labels = { app: 'main' };
  const workload = new ApiObject(chart, 'main', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'main', namespace: 'models' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
    },
  });
  return { app, models, agent, workload };
}

function vllm(image: string, options: CatalogTierOptions = {}) {
  const { models, agent, workload, app } = served(image);
  const tier = new InferenceTier(models, 'vllm', Catalog.vllm({ pods: Pods.of(workload), ...options }));
  return { tier, agent, workload, app };
}

describe('Catalog.match', () => {
  it('says which system a workload is, by its image, and the tier that it belongs to', () => {
    const { tier, agent, app } = vllm('vllm/vllm-openai:v0.33.0');
    tier.connections.allowFrom(agent, { because: 'agents ask it' });
    expect(Catalog.match(app)).toEqual([
      {
        workload: 'ai/main',
        kindAndName: 'Deployment main',
        system: 'vllm',
        title: 'vLLM',
        parts: ['vllm'],
        tier: 'ai/models/vllm',
        missing: [],
        wider: [],
      },
    ]);
  });

  it('says that nobody reaches it', () => {
    const { app } = vllm('vllm/vllm-openai:v0.33.0');
    expect(Catalog.match(app)[0].missing).toEqual([
      { rule: 'tier-unreached', what: 'nobody reaches vLLM on the ports that it serves users on' },
    ]);
  });

  it('says which requests for administrators a release answers on the port of users', () => {
    const { tier, agent, app } = vllm('vllm/vllm-openai:v0.32.1');
    tier.connections.allowFrom(agent, { because: 'agents ask it' });
    expect(Catalog.match(app)[0].wider).toEqual([
      {
        rule: 'admin-requests-open',
        what: '/pause, /update_weights',
        flow: 'agents/agent -> models/vllm TCP/8000 ("agents ask it")',
      },
    ]);
  });

  it('compares a tier that was made by hand as well: ports among peers that are open, and needs that are not', () => {
    const { app, models, agent, workload } = served('semitechnologies/weaviate:1.32.0');
    const tier = new DataTier(models, 'store', { pods: Pods.of(workload), ports: [Port.tcp(8080), Port.tcp(50051)] });
    tier.connections.allowFrom(agent, { ports: [Port.tcp(8080), Port.tcp(7001)], because: 'agents look things up' });
    const [{ system, missing, wider }] = Catalog.match(app);
    expect(system).toBe('weaviate');
    expect(missing.map(({ what }) => what)).toEqual([
      'Weaviate needs other pods of its own on TCP/7000-7001 ("nodes of a cluster find each other and replicate")',
    ]);
    expect(wider).toEqual([
      {
        rule: 'peer-port-open',
        what: 'TCP/7001 of Weaviate is not for users: data between nodes',
        flow: 'agents/agent -> models/store TCP/7001,8080 ("agents look things up")',
      },
    ]);
  });

  it('finds nothing in what the catalog does not know', () => {
    const { app, models, workload } = served('registry.example/ours:1');
    new InferenceTier(models, 'ours', { pods: Pods.of(workload) });
    expect(Catalog.match(app)).toEqual([]);
  });
});
