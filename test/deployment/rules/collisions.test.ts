import { ApiObject, App, Chart } from 'cdk8s';
import { Cluster, ClusterGuardrail, PolicyProof, ZeroTrustNamespace } from '../../../lib';

const because = 'the platform says so';

/** An app with a guardrail `platform`, beside an object of its user. */
function appWith(
  cluster: Cluster,
  object: { apiVersion: string; kind: string; name: string },
  chartNamespace?: string,
) {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart', { namespace: chartNamespace });
  new ZeroTrustNamespace(chart, 'models', { purpose: 'inference' });
  new ClusterGuardrail(chart, 'platform', {
    denyCloudMetadata: true,
    defaultDeny: { systemNamespaces: ['kube-system'] },
    because,
  });
  const { name, ...kind } = object;
  new ApiObject(chart, 'of-user', {
    ...kind,
    metadata: { name },
    spec: { endpointSelector: {}, ingress: [{}] },
  } as never);
  return app;
}

describe('a policy that joins the tree in a validation', () => {
  it.each<[string, Cluster, { apiVersion: string; kind: string; name: string }]>([
    [
      'a guardrail',
      Cluster.cilium({ version: '1.20' }),
      { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', name: 'platform' },
    ],
    [
      'the second policy of a guardrail',
      Cluster.antrea({ version: '2.7' }),
      { apiVersion: 'crd.antrea.io/v1beta1', kind: 'ClusterNetworkPolicy', name: 'platform-2' },
    ],
  ])('does not give way to a namesake: %s', (_, cluster, object) => {
    for (const chartNamespace of [undefined, 'platform']) {
      const synth = () => appWith(cluster, object, chartNamespace).synthYaml();
      expect(synth).toThrow(`chart/of-user and chart/platform both render ${object.kind}`);
      expect(() => PolicyProof.of(appWith(cluster, object, chartNamespace))).toThrow('both render');
    }
  });

  it('is refused again when it is in the tree already', () => {
    const object = { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', name: 'other' };
    const app = appWith(Cluster.cilium({ version: '1.20' }), object);
    PolicyProof.of(app);
    expect(PolicyProof.of(app).witnesses).toEqual(PolicyProof.of(app).witnesses);
    new ApiObject(app.charts[0], 'late', { ...object, metadata: { name: 'platform' } } as never);
    expect(() => PolicyProof.of(app)).toThrow('both render CiliumClusterwideNetworkPolicy.cilium.io platform');
  });

  it('stands beside an object of its name and another kind', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', name: 'platform' };
    expect(() => appWith(Cluster.cilium({ version: '1.20' }), object).synthYaml()).not.toThrow();
  });
});
