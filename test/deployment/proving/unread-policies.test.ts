import { ApiObject, App, Chart } from 'cdk8s';
import { Cluster, ClusterGuardrail, InferenceTier, Pods, PolicyProof, ZeroTrustNamespace } from '../../../lib';

const RANGES = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] };

/** An app that closes `models`, beside a policy that somebody else writes. */
function appBeside(object: object, cluster = Cluster.cilium({ ...RANGES, version: '1.19' })) {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'platform');
  const models = new ZeroTrustNamespace(chart, 'models', { purpose: 'inference' });
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  vllm.connections.allowFrom(Pods.labeled({ app: 'chat' }).inNamespace('chat').ownedBy('the chat team'), {
    because: 'users ask',
  });
  new ApiObject(new Chart(app, 'beside'), 'object', object as ConstructorParameters<typeof ApiObject>[2]);
  return { app, chart };
}

function toServices(namespace: string, app = 'dns') {
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'to-services', namespace },
    spec: {
      endpointSelector: { matchLabels: { app } },
      egress: [{ toServices: [{ k8sService: { serviceName: 'dns', namespace: 'kube-system' } }] }],
    },
  };
}

describe('the proof of an app beside a policy that is not understood', () => {
  it('holds where the policy binds none of its pods, and says so', () => {
    const proof = PolicyProof.of(appBeside(toServices('kube-system')).app);
    expect(proof.witnesses).toEqual([]);
    expect(proof.isProved).toBe(true);
    expect(proof.assumptions).toContainEqual(
      expect.stringMatching(
        /^not read: CiliumNetworkPolicy kube-system\/to-services, and whatever it says, this is proved/,
      ),
    );
    expect(() => appBeside(toServices('kube-system')).app.synthYaml()).not.toThrow();
  });

  it('does not hold where it binds one, and says why once, in the words of the policy', () => {
    const { app } = appBeside(toServices('models', 'vllm'));
    const { witnesses, isProved } = PolicyProof.of(app);
    expect(isProved).toBe(false);
    expect(witnesses).toEqual([
      expect.stringMatching(
        /CiliumNetworkPolicy models\/to-services: spec\.egress\[0\]\.toServices.*is not known: it is about Services/s,
      ),
    ]);
    expect(() => app.synthYaml()).toThrow(/to-services/);
  });

  it('does not doubt a guardrail that is asked before it', () => {
    const { app, chart } = appBeside(toServices('kube-system'));
    new ClusterGuardrail(chart, 'no-metadata', { denyCloudMetadata: true, because: 'credentials stay on nodes' });
    expect(PolicyProof.of(app).witnesses).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['elsewhere', 'shop', 'shop'],
    ['in its namespace', 'models', 'models'],
  ])('fails for a policy that the API server refuses, since the app cannot be applied: %s', (_, namespace, named) => {
    const invalid = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'invalid', namespace },
      spec: { podselector: {} },
    };
    const { witnesses } = PolicyProof.of(appBeside(invalid, Cluster.kubernetes(RANGES)).app);
    expect(witnesses).toEqual([expect.stringMatching(new RegExp(`NetworkPolicy ${named}/invalid: spec.podselector`))]);
  });
});
