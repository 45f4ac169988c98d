import { App, type AppProps, Chart } from 'cdk8s';
import {
  Cluster,
  ClusterGuardrail,
  Encryption,
  Hostname,
  InferenceTier,
  OpenAiApi,
  Platform,
  Pods,
  Port,
  Purpose,
  Tier,
  ZeroTrustNamespace,
} from '../lib';

const TENANTS = ['blue', 'green'];

/**
 * One model that several tenants share, on Cilium. Each tenant may call the paths of the API that are meant for users and
 * nothing else on the port of vLLM, which also answers requests that pause the server or replace its weights. The model is
 * downloaded by host name, and by a pod that serves nobody. Tenants never meet, and no pod of the cluster reaches a
 * metadata service, whatever the owners of namespaces allow.
 */
export function sharedLlm(props: AppProps = {}): App {
  const app = new App(props);
  Cluster.use(app, Cluster.cilium({ version: '1.20', platform: Platform.EKS, encryption: Encryption.WIREGUARD }));

  const platform = new Chart(app, 'shared-llm');
  new ClusterGuardrail(platform, 'platform', {
    denyCloudMetadata: true,
    separateTenants: { label: 'tenant', tenants: TENANTS },
    because: 'tenants and the credentials of nodes stay apart',
  });

  const models = new ZeroTrustNamespace(platform, 'shared-models', { purpose: Purpose.INFERENCE });
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }), dns: false });
  const loader = new Tier(models, 'model-loader', { pods: Pods.labeled({ app: 'model-loader' }) });
  for (const host of [Hostname.exact('huggingface.co'), Hostname.anyDepthUnder('hf.co')]) {
    loader.connections.allowTo(host, { ports: [Port.tcp(443)], because: 'models are downloaded from the Hub' });
  }

  for (const tenant of TENANTS) {
    const chart = new Chart(app, `tenant-${tenant}`);
    const space = new ZeroTrustNamespace(chart, `tenant-${tenant}`, { purpose: 'tenant', labels: { tenant } });
    const client = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }) });
    client.connections.allowTo(vllm, {
      http: [...OpenAiApi.chat(), ...OpenAiApi.embeddings(), ...OpenAiApi.models()],
      encrypted: true,
      because: `the tenant ${tenant} asks the shared model`,
    });
  }
  return app;
}
