import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cluster,
  DataTier,
  GatewayTier,
  InferenceTier,
  IsolationTest,
  type IsolationTestProps,
  Pods,
  Port,
  Purpose,
  ZeroTrustNamespace,
} from '../../lib';

const facts = {
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  nodeCidrs: ['192.168.0.0/24'],
  apiServer: { addresses: ['192.168.0.10/32'] },
};

/** One cluster for each engine. */
export const CLUSTERS: Readonly<Record<string, () => Cluster>> = {
  kubernetes: () => Cluster.kubernetes(facts),
  cilium: () => Cluster.cilium({ ...facts, version: '1.20' }),
  calico: () => Cluster.calico({ ...facts, version: '3.32' }),
  antrea: () => Cluster.antrea({ ...facts, version: '2.6' }),
  'cluster-network-policy': () => Cluster.clusterNetworkPolicy({ ...facts, version: '0.2.0' }),
};

export const ADDRESSES = {
  'ai-gateway/envoy': 'envoy.ai-gateway.svc:8080',
  'ai-inference/vllm': 'vllm.ai-inference.svc:8000',
  'ai-data/minio': 'minio.ai-data.svc:9000',
  'ai-data/weaviate': 'weaviate.ai-data.svc:8080',
};

/** A gateway, models, agents and data, with a test of what that says. */
export function platform(props: IsolationTestProps = {}, cluster: Cluster = CLUSTERS.kubernetes()) {
  const app = new App();
  const chart = new Chart(app, 'chart');
  Cluster.use(app, cluster);
  const namespace = (name: string, purpose: string) => new ZeroTrustNamespace(chart, name, { purpose });
  const edge = namespace('ai-gateway', Purpose.GATEWAY);
  const models = namespace('ai-inference', Purpose.INFERENCE);
  const agents = namespace('ai-agents', Purpose.AGENTS);
  const data = namespace('ai-data', Purpose.DATA);
  const gateway = new GatewayTier(edge, 'envoy', { pods: Pods.labeled({ app: 'envoy' }), ports: [Port.tcp(8080)] });
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  const minio = new DataTier(data, 'minio', { pods: Pods.labeled({ app: 'minio' }), ports: [Port.tcp(9000)] });
  const weaviate = new DataTier(data, 'weaviate', {
    pods: Pods.labeled({ app: 'weaviate' }),
    ports: [Port.tcp(8080)],
  });
  const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  gateway.connections.allowFrom(agent, { because: 'agents ask models through the gateway' });
  vllm.connections.allowFrom(gateway, { because: 'users reach the model through the gateway' });
  vllm.connections.allowTo(minio, { because: 'weights are loaded at start' });
  agent.connections.allowTo(weaviate, { because: 'retrieval looks up passages' });
  const test = new IsolationTest(chart, 'isolation', {
    addresses: ADDRESSES,
    untested: 'agents are reached by nobody',
    ...props,
  });
  return { app, chart, test, gateway, vllm, minio, weaviate, agent, data };
}
