import { App, Chart, Yaml } from 'cdk8s';
import {
  AgentTier,
  Cluster,
  DataTier,
  GatewayTier,
  Hostname,
  HttpPath,
  HttpRule,
  InferenceTier,
  Pods,
  PolicyGraph,
  Port,
  Purpose,
  ZeroTrustNamespace,
} from '../../lib';

export interface Platform {
  /** graph.json */
  readonly graph: string;
  /** Everything that is rendered. */
  readonly manifests: string;
}

/** The platform of which the sample logs are: who may talk to whom there. */
export function platform(): Platform {
  const app = new App();
  const chart = new Chart(app, 'platform');
  const ranges = {
    podCidrs: ['10.0.0.0/16', '10.10.0.0/16', '10.84.0.0/16', '10.244.0.0/16'],
    serviceCidrs: ['10.96.0.0/16'],
  };
  Cluster.use(app, Cluster.cilium({ version: '1.20', ...ranges, nodeCidrs: ['10.128.0.0/16'] }));
  const edge = new ZeroTrustNamespace(chart, 'ai-gateway', { purpose: Purpose.GATEWAY });
  const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE });
  const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: Purpose.AGENTS });
  const data = new ZeroTrustNamespace(chart, 'ai-data', { purpose: Purpose.DATA });
  const envoy = new GatewayTier(edge, 'envoy', { pods: Pods.labeled({ app: 'envoy' }), ports: [Port.tcp(8443)] });
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  const redis = new DataTier(data, 'redis', { pods: Pods.labeled({ app: 'redis' }), ports: [Port.tcp(6379)] });
  vllm.connections.allowFrom(envoy, {
    because: 'users reach the model through the gateway',
    http: [HttpRule.of({ methods: ['POST'], path: HttpPath.exact('/v1/chat/completions') })],
  });
  agent.connections.allowTo(redis, { because: 'conversations are kept there' });
  agent.connections.allowTo(Hostname.exact('api.example.org'), {
    ports: [Port.tcp(443)],
    because: 'agents look up tickets',
  });
  return { graph: PolicyGraph.of(app).toJson(), manifests: Yaml.stringify(...chart.toJson()) };
}
