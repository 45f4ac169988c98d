import { App, type AppProps, Chart } from 'cdk8s';
import { SandboxTemplate } from '../imports/extensions.agents.x-k8s.io';
import {
  AgentTier,
  Apis,
  Cluster,
  ClusterGuardrail,
  DataTier,
  GatewayTier,
  InferenceTier,
  McpServer,
  OpenAiApi,
  Platform,
  Pods,
  Port,
  Purpose,
  SandboxTier,
  Tier,
  ZeroTrustNamespace,
} from '../lib';

/**
 * Agents that run code which nobody has read, on Cilium. A planner asks models through one gateway, hosted and in the
 * cluster, and has the code that they write run in sandboxes of agent-sandbox; these call single tools of an MCP server, and
 * nothing else: no model, no store, no address of the internet. Weights are pulled by a pod that serves nobody, and are
 * reached by the model servers alone.
 */
export function agentPlatform(props: AppProps = {}): App {
  const app = new App(props);
  Cluster.use(app, Cluster.cilium({ version: '1.20', platform: Platform.EKS }));
  const chart = new Chart(app, 'agent-platform');
  const partOf = 'agent-platform';
  new ClusterGuardrail(chart, 'platform', {
    denyCloudMetadata: true,
    because: 'no pod uses the credentials of its node',
  });

  const data = new ZeroTrustNamespace(chart, 'ai-data', { purpose: Purpose.DATA, partOf });
  const weights = new DataTier(data, 'weights', { pods: Pods.labeled({ app: 'weights' }), ports: [Port.tcp(9000)] });
  const passages = new DataTier(data, 'passages', { pods: Pods.labeled({ app: 'passages' }), ports: [Port.tcp(8080)] });
  const loader = new Tier(data, 'loader', { pods: Pods.labeled({ app: 'weights-loader' }) });
  loader.connections.allowTo(Apis.huggingFace({ download: true }), { because: 'weights are pulled at release' });
  loader.connections.allowTo(weights, { because: 'weights are kept there' });

  const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE, partOf });
  const vllm = new InferenceTier(models, 'vllm', {
    pods: Pods.labeled({ app: 'vllm' }),
    modelStorage: [{ peer: weights }],
  });
  const edge = new ZeroTrustNamespace(chart, 'ai-gateway', { purpose: Purpose.GATEWAY, partOf });
  const gateway = new GatewayTier(edge, 'llm-gateway', {
    pods: Pods.labeled({ app: 'llm-gateway' }),
    ports: [Port.tcp(4000)],
  });
  gateway.connections.allowTo(vllm, {
    http: [...OpenAiApi.chat(), ...OpenAiApi.models()],
    because: 'the gateway hands requests on to models of our own',
  });
  for (const api of [Apis.openAi(), Apis.bedrock({ region: 'eu-central-1' })]) {
    gateway.connections.allowTo(api, { because: 'the gateway falls back to hosted models' });
  }

  const tools = new ZeroTrustNamespace(chart, 'ai-tools', { purpose: 'tools', partOf });
  const search = new Tier(tools, 'search', { pods: Pods.labeled({ app: 'search-mcp' }), ports: [Port.tcp(8080)] });
  search.connections.allowTo(passages, { because: 'passages are looked up' });
  const web = new Tier(tools, 'web', { pods: Pods.labeled({ app: 'web-mcp' }), ports: [Port.tcp(8080)] });
  web.connections.allowTo(Apis.tavily(), { because: 'the web is searched on behalf of the planner' });
  const searching = McpServer.of(search, { protocolVersion: '2026-07-28' });
  const webSearching = McpServer.of(web, { protocolVersion: '2025-11-25' });

  const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: Purpose.AGENTS, partOf });
  const planner = new AgentTier(agents, 'planner', {
    pods: Pods.labeled({ app: 'planner' }),
    tools: [{ peer: webSearching, http: webSearching.requests(), because: 'the planner searches the web' }],
  });
  planner.connections.allowTo(gateway, {
    http: OpenAiApi.chat(),
    because: 'the planner asks models for the next step',
  });

  const routing = new ZeroTrustNamespace(chart, 'sandbox-routing', { purpose: Purpose.GATEWAY, partOf });
  const router = new Tier(routing, 'router', {
    pods: Pods.labeled({ 'app.kubernetes.io/name': 'sandbox-router' }),
    ports: [Port.tcp(8080)],
  });
  router.connections.allowFrom(planner, { because: 'the planner has code run' });
  const sandboxes = new ZeroTrustNamespace(chart, 'ai-sandboxes', { purpose: Purpose.AGENTS, partOf });
  new SandboxTier(sandboxes, 'python', {
    template: new SandboxTemplate(chart, 'python', {
      metadata: { name: 'python', namespace: 'ai-sandboxes' },
      spec: {
        podTemplate: {
          spec: {
            automountServiceAccountToken: false,
            containers: [{ name: 'python', image: 'registry.example/python-sandbox:3.2.0' }],
          },
        },
      },
    }),
    router,
    tools: [
      {
        peer: searching,
        http: searching.tools(['find_passages', 'read_passage']),
        because: 'code looks passages up, by two tools of the server',
      },
    ],
  });
  return app;
}
