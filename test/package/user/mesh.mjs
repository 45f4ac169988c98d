// A user's ES module: the names are imported, so Node must find them in the CommonJS that we ship.
import { App, Chart } from 'cdk8s';
import { Cluster, GatewayTier, InferenceTier, Pods, Port, Purpose, ZeroTrustNamespace } from 'cdk8s-zero-trust';

const app = new App();
Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }));
const platform = new Chart(app, 'ai-platform');
const edge = new ZeroTrustNamespace(platform, 'ai-gateway', { purpose: Purpose.GATEWAY });
const models = new ZeroTrustNamespace(platform, 'ai-inference', { purpose: Purpose.INFERENCE });
const gateway = new GatewayTier(edge, 'envoy', {
  pods: Pods.labeled({ app: 'envoy-gateway' }),
  ports: [Port.tcp(8080)],
});
const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
vllm.connections.allowFrom(gateway, { because: 'users reach the model through the gateway' });
console.log(app.synthYaml());
