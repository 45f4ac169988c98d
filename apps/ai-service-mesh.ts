import { App, type AppProps, Chart } from 'cdk8s';
import {
  AgentTier,
  Cidr,
  Cluster,
  type ClusterProps,
  DataTier,
  GatewayTier,
  InferenceTier,
  Internet,
  Pods,
  Port,
  Purpose,
  SourceAddress,
  ZeroTrustNamespace,
} from '../lib';

/** Where model weights come from: object storage in the data namespace, or a volume, which needs no flow. */
export interface AiServiceMeshProps extends AppProps {
  /** @default 'object-storage' */
  readonly weights?: 'object-storage' | 'volume';
  /** What it is rendered for. @default - plain NetworkPolicy, with the ranges of `meshRanges` */
  readonly cluster?: Cluster;
}

/** The address ranges of the cluster that the mesh runs on, whatever its engine. */
export const meshRanges: ClusterProps = {
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  nodeCidrs: ['10.1.0.0/16'],
};

/**
 * An AI service mesh in four namespaces: a gateway, vLLM, agents, and data.
 *
 * The usual YAML for it differs in four places. Model storage and Weaviate live in another namespace than their clients,
 * whose default deny there needs the ingress half as well: here both halves are rendered. The range of the tool APIs,
 * 10.0.0.0/8, also holds the pods: here the ranges of the cluster are taken out. Namespaces are named, not selected by
 * `purpose: gateway`, a label that any namespace may wear. And DNS is allowed over TCP too.
 */
export function aiServiceMesh({
  weights = 'object-storage',
  cluster = Cluster.kubernetes(meshRanges),
  ...props
}: AiServiceMeshProps = {}): App {
  const app = new App(props);
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'ai-service-mesh');
  const partOf = 'ai-service-mesh';

  const edge = new ZeroTrustNamespace(chart, 'ai-gateway', { purpose: Purpose.GATEWAY, partOf });
  const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE, partOf });
  const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: Purpose.AGENTS, partOf });
  const data = new ZeroTrustNamespace(chart, 'ai-data', { purpose: Purpose.DATA, partOf });

  const gateway = new GatewayTier(edge, 'envoy', {
    pods: Pods.labeled({ app: 'envoy-gateway' }),
    ports: [Port.tcp(8443)],
    exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: 'customers call the models' }],
  });
  const weaviate = new DataTier(data, 'weaviate', {
    pods: Pods.labeled({ app: 'weaviate' }),
    ports: [Port.tcp(8080)],
  });
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  new AgentTier(agents, 'ai-agent', {
    pods: Pods.labeled({ app: 'ai-agent' }),
    tools: [{ peer: Cidr.of('10.0.0.0/8', { excluding: ['10.0.0.0/28'] }), ports: [Port.tcp(443)] }],
    vectorStores: [{ peer: weaviate }],
  });

  vllm.connections.allowFrom(gateway, { because: 'users reach the model through the gateway' });
  if (weights === 'object-storage') {
    const storage = new DataTier(data, 'model-storage', {
      pods: Pods.labeled({ app: 'model-storage' }),
      ports: [Port.tcp(443)],
    });
    vllm.connections.allowTo(storage, { because: 'weights are loaded at start' });
  }
  return app;
}
