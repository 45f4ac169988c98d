// biome-ignore-all lint/correctness/noUnusedVariables: what the README's tests are about; they are put behind this
// biome-ignore-all lint/correctness/noUnusedImports: the same
import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  DataTier,
  GatewayTier,
  HttpRule,
  InferenceTier,
  Internet,
  Pods,
  PolicyGraph,
  Port,
  Purpose,
  ZeroTrustNamespace,
} from 'cdk8s-zero-trust';

const app = new App();
const chart = new Chart(app, 'ai-platform');
const edge = new ZeroTrustNamespace(chart, 'ai-gateway', { purpose: Purpose.GATEWAY });
const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE });
const data = new ZeroTrustNamespace(chart, 'ai-data', { purpose: Purpose.DATA });
const gateway = new GatewayTier(edge, 'envoy', { pods: Pods.labeled({ app: 'envoy' }), ports: [Port.tcp(8443)] });
const storage = new DataTier(data, 'minio', { pods: Pods.labeled({ app: 'minio' }), ports: [Port.tcp(9000)] });
const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: Purpose.AGENTS });
const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'ai-agent' }) });
