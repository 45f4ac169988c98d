import { App, type AppProps, Chart } from 'cdk8s';
import {
  type Acknowledgement,
  AgentTier,
  Cluster,
  DataTier,
  GatewayTier,
  Hostname,
  HttpRule,
  InferenceTier,
  Internet,
  LoadBalancer,
  LoadBalancerTargets,
  NamespaceManagement,
  OpenAiApi,
  Pods,
  Port,
  Purpose,
  Rule,
  Tier,
  ZeroTrustNamespace,
} from '../lib';
import { type PlatformSite, platformSites } from './ai-platform-clusters';
import { nightly, postgres, rayCluster, server } from './ai-platform-workloads';

const https = [Port.tcp(443)];

/** Where the engine does not read requests. */
const anyRequest: Acknowledgement[] = [
  { rule: Rule.ENGINE_REQUESTS, because: 'the API keys of the model servers tell callers apart, where no policy does' },
];

/** Where the engine does not know names. */
function anyHost(because: string): Acknowledgement[] {
  return [{ rule: Rule.ENGINE_HOST_NAMES, because }];
}

/**
 * A platform for AI: a gateway behind a Network Load Balancer, model servers and a Ray cluster, embeddings, agents with tools
 * on the internet and in the cluster, and the data that all of them need. One declaration for staging and production on
 * Cilium, and the same on the VPC CNI's own NetworkPolicy and on Calico.
 */
export function aiPlatform({ cluster, balancerSubnets, ...props }: PlatformSite & AppProps): App {
  const app = new App(props);
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'ai-platform');
  const partOf = 'ai-platform';
  const edge = new ZeroTrustNamespace(chart, 'ai-gateway', { purpose: Purpose.GATEWAY, partOf });
  const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE, partOf });
  const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: Purpose.AGENTS, partOf });
  const data = new ZeroTrustNamespace(chart, 'ai-data', { purpose: Purpose.DATA, partOf });
  // Made by Terraform together with its quota of disks; nothing else runs there.
  const loading = new ZeroTrustNamespace(chart, 'model-loading', {
    purpose: Purpose.DATA,
    partOf,
    management: NamespaceManagement.ADOPT,
    acknowledge: [{ rule: Rule.ADOPTED_NAMESPACE, because: 'the infrastructure team keeps it for this job alone' }],
  });

  const prometheus = Pods.labeled({ 'app.kubernetes.io/name': 'prometheus' })
    .inNamespace('monitoring')
    .ownedBy('observability team');
  const scraped = [{ peer: prometheus, http: [HttpRule.get('/metrics')], acknowledge: anyRequest }];

  const minio = new DataTier(data, 'minio', {
    pods: Pods.labeled({ app: 'minio', release: 'weights' }),
    ports: [Port.tcp(9000)],
    peerPorts: [Port.tcp(9000)],
    dns: true,
  });
  const weaviate = new DataTier(data, 'weaviate', {
    pods: Pods.labeled({ app: 'weaviate' }),
    ports: [Port.tcp(8080), Port.tcp(50051)],
    peerPorts: [Port.tcp(7000), Port.tcp(7001)],
    metrics: [{ peer: prometheus, ports: [Port.tcp(2112)] }],
    dns: true,
  });
  postgres(chart, 'ai-data', 'platform-db');
  const database = new DataTier(data, 'postgres', {
    pods: Pods.labeled({ app: 'platform-db', 'cnpg.io/podRole': 'instance' }),
    ports: [Port.tcp(5432)],
    peerPorts: [Port.tcp(5432)],
    metrics: [{ peer: prometheus, ports: [Port.tcp(9187)] }],
    dns: true,
  });
  database.connections.allowTo(cluster.apiServer, { because: 'instances read and report their state' });
  database.connections.allowFrom(
    Pods.labeled({ 'app.kubernetes.io/name': 'cloudnative-pg' }).inNamespace('cnpg-system').ownedBy('database team'),
    { ports: [Port.tcp(5432), Port.tcp(8000)], because: 'the operator runs the database' },
  );

  const serving = { modelStorage: [{ peer: minio }], metrics: scraped };
  const llama = new InferenceTier(models, 'llama', {
    pods: Pods.of(server(chart, 'ai-inference', 'llama', 'vllm/vllm-openai:v0.33.0', 8000)),
    ...serving,
  });
  const coder = new InferenceTier(models, 'coder', {
    pods: Pods.of(server(chart, 'ai-inference', 'coder', 'vllm/vllm-openai:v0.33.0', 8000)),
    ...serving,
  });
  const large = new InferenceTier(models, 'large', {
    pods: Pods.of(rayCluster(chart, 'ai-inference', 'large')),
    distributed: true,
    modelStorage: [{ peer: minio }],
    metrics: [{ peer: prometheus, ports: [Port.tcp(8080)] }],
  });
  const embeddings = new InferenceTier(models, 'embeddings', {
    pods: Pods.of(server(chart, 'ai-inference', 'embeddings', 'registry.example/embeddings:1.8.2', 8080)),
    ...serving,
  });

  const gateway = new GatewayTier(edge, 'gateway', {
    pods: Pods.of(server(chart, 'ai-gateway', 'gateway', 'registry.example/llm-gateway:3.1.0', 8443)),
    exposures: [
      {
        client: Internet.any(),
        through: LoadBalancer.awsNlb({ targets: LoadBalancerTargets.IP, subnets: balancerSubnets }),
        because: 'customers call the models',
      },
    ],
  });
  for (const model of [llama, coder, large]) {
    gateway.connections.allowTo(model, {
      http: [...OpenAiApi.chat(), ...OpenAiApi.models()],
      acknowledge: anyRequest,
      because: 'customers reach the models through the gateway',
    });
  }
  gateway.connections.allowTo(database, { because: 'keys and quotas of customers are kept there' });

  const agent = new AgentTier(agents, 'agent', {
    pods: Pods.of(server(chart, 'ai-agents', 'agent', 'registry.example/agent:0.14.0', 8080)),
    vectorStores: [{ peer: weaviate }],
    tools: [
      {
        peer: Hostname.exact('api.tavily.com'),
        ports: https,
        acknowledge: anyHost('until there is an egress proxy, agents may call any public site'),
        because: 'agents search the web',
      },
      {
        peer: Hostname.exact('api.github.com'),
        ports: https,
        acknowledge: anyHost('until there is an egress proxy, agents may call any public site'),
        because: 'agents read issues and open pull requests',
      },
      {
        peer: Pods.labeled({ app: 'tickets-mcp' }).inNamespace('support-tools').ownedBy('support tools team'),
        ports: [Port.tcp(8080)],
        because: 'agents look up tickets over MCP',
      },
    ],
  });
  agent.connections.allowFrom(gateway, { because: 'customers talk to agents through the gateway' });
  for (const model of [llama, coder]) {
    agent.connections.allowTo(model, {
      http: OpenAiApi.chat(),
      acknowledge: anyRequest,
      because: 'agents think with it',
    });
  }
  agent.connections.allowTo(embeddings, {
    http: OpenAiApi.embeddings(),
    acknowledge: anyRequest,
    because: 'questions are embedded before passages are looked up',
  });
  agent.connections.allowTo(database, { because: 'conversations are kept there' });

  const puller = new Tier(loading, 'weights', {
    pods: Pods.of(nightly(chart, 'model-loading', 'weights', 'registry.example/pull-weights:2.0.0')),
  });
  puller.connections.allowTo(minio, { because: 'weights are kept there once they were checked' });
  for (const host of [Hostname.exact('huggingface.co'), Hostname.anyDepthUnder('hf.co')]) {
    puller.connections.allowTo(host, {
      ports: https,
      acknowledge: anyHost('the job runs our own image, takes no input, and checks what it pulls by digest'),
      because: 'weights are pulled from the Hub',
    });
  }
  return app;
}

/** The platform at each of its sites, by the name of its folder. */
export const aiPlatforms: Readonly<Record<string, (props: AppProps) => App>> = Object.fromEntries(
  Object.entries(platformSites).map(([site, make]) => [
    `ai-platform-${site}`,
    (props: AppProps) => aiPlatform({ ...make(), ...props }),
  ]),
);
