import { App, type AppProps, Chart } from 'cdk8s';
import { Cidr, Cluster, InferenceTier, Pods, Port, Purpose, Tier, ZeroTrustNamespace } from '../lib';

/** The addresses that a tenant may reach: its API gateway, object storage, and the model registry. */
const SOVEREIGN = {
  gateway: '198.51.100.16/28',
  objectStorage: '203.0.113.64/26',
  modelRegistry: '203.0.113.128/27',
} as const;

/**
 * Two tenants on shared inference. A tenant reaches the model by one way only: its pods call the ingress, which the
 * platform team runs in the namespace labelled `name: ingress`, and the Envoy there is the only client of vLLM. Tenants
 * reach a known set of addresses, and never each other.
 *
 * The usual YAML selects the ingress by its namespace alone, so that any pod there may call the model; here it takes the
 * pods of Envoy as well. The label `name` is the platform's own: whoever can set it on another namespace lets that one in.
 */
export function sovereignTenants(props: AppProps = {}): App {
  const app = new App(props);
  Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }));

  const shared = new Chart(app, 'shared-inference');
  const inference = new ZeroTrustNamespace(shared, 'inference', { purpose: Purpose.INFERENCE });
  const vllm = new InferenceTier(inference, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  vllm.connections.allowFrom(envoy(), { because: 'tenants reach the model through the ingress' });

  for (const tenant of ['tenant-a', 'tenant-b']) addTenant(app, tenant);
  return app;
}

function addTenant(app: App, tenant: string): void {
  const chart = new Chart(app, tenant);
  const namespace = new ZeroTrustNamespace(chart, tenant, { purpose: 'tenant', labels: { tenant } });
  const workload = new Tier(namespace, 'workload', { pods: Pods.all() });
  const https = [Port.tcp(443)];
  workload.connections.allowTo(Cidr.of(SOVEREIGN.gateway), {
    ports: https,
    because: 'the API gateway is the way to the shared model and to partners',
  });
  workload.connections.allowTo(Cidr.of(SOVEREIGN.objectStorage), {
    ports: https,
    because: 'training data and results are kept in object storage',
  });
  workload.connections.allowTo(Cidr.of(SOVEREIGN.modelRegistry), {
    ports: https,
    because: 'models are pulled from the registry',
  });
}

function envoy(): Pods {
  return Pods.labeled({ app: 'envoy-gateway' }).inNamespacesLabeled({ name: 'ingress' }).ownedBy('platform team');
}
