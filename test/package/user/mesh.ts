// A user's TypeScript, checked strictly against the declarations that we ship.
import { App, Chart } from 'cdk8s';
import {
  Cluster,
  GatewayTier,
  type IConnectable,
  InferenceTier,
  Pods,
  Port,
  Purpose,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from 'cdk8s-zero-trust';

const inference: ZeroTrustNamespaceProps = { purpose: Purpose.INFERENCE };

const app = new App();
Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }));
const platform = new Chart(app, 'ai-platform');
const edge = new ZeroTrustNamespace(platform, 'ai-gateway', { purpose: Purpose.GATEWAY });
const models = new ZeroTrustNamespace(platform, 'ai-inference', inference);
const gateway = new GatewayTier(edge, 'envoy', {
  pods: Pods.labeled({ app: 'envoy-gateway' }),
  ports: [Port.tcp(8080)],
});
const vllm: IConnectable = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
vllm.connections.allowFrom(gateway, { because: 'users reach the model through the gateway' });
// @ts-expect-error a flow needs its reason
const withoutReason: Parameters<typeof vllm.connections.allowFrom>[1] = {};
void withoutReason;
// @ts-expect-error a number is no Port, though the declarations show no member that it lacks
const withNumber: Parameters<typeof vllm.connections.allowFrom>[1] = { because: 'users ask', ports: [8080] };
void withNumber;
console.log(app.synthYaml());
