import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Cluster, DataTier, Pods, PolicyProof, Port, Tier, ZeroTrustNamespace } from '../../../lib';
import { adminPolicy, baselinePolicy } from '../../judges/admin-network-policy/invalid';
import { clusterPolicy } from '../../judges/cluster-network-policy/invalid';
import '../../../lib/testing/jest';

/** A store and its client on OpenShift, beside a policy of the cluster. */
function besides(policy: object | undefined, cluster = Cluster.openShift()) {
  const app = new App();
  const chart = new Chart(app, 'chart');
  Cluster.use(app, cluster);
  const data = new ZeroTrustNamespace(chart, 'data', { purpose: 'data' });
  const apps = new ZeroTrustNamespace(chart, 'apps', { purpose: 'application' });
  const store = new DataTier(data, 'store', { pods: Pods.labeled({ app: 'store' }), ports: [Port.tcp(5432)] });
  const client = new Tier(apps, 'client', { pods: Pods.labeled({ app: 'client' }) });
  client.connections.allowTo(store, { because: 'a test of the proof' });
  if (policy !== undefined) new ApiObject(chart, 'policy', policy as never);
  return { app, proof: PolicyProof.of(app) };
}

const everyPod = { namespaces: {} };
const from = (action: string) => ({ ingress: [{ action, from: [everyPod] }] });

describe('a policy of the cluster beside an app on OpenShift', () => {
  it('is read with the rest, and stops the proof where it opens a namespace or closes a flow', () => {
    expect(besides(undefined).proof.isProved).toBe(true);
    const opened = besides(adminPolicy({ priority: 5, ...from('Allow') })).proof;
    expect(opened.isProved).toBe(false);
    expect(opened.witnesses.join('\n')).toContain('AdminNetworkPolicy policy');
    expect(besides(adminPolicy({ priority: 5, ...from('Deny') })).proof.isProved).toBe(false);
  });

  it('stops no proof where it decides nothing about it', () => {
    expect(besides(adminPolicy({ priority: 5, ...from('Pass') })).proof.isProved).toBe(true);
    const elsewhere = { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } };
    expect(besides(adminPolicy({ priority: 5, subject: elsewhere, ...from('Allow') })).proof.isProved).toBe(true);
    // Every pod of the namespaces is selected by a NetworkPolicy, so that the baseline is never asked.
    expect(besides(baselinePolicy(from('Allow'))).proof.isProved).toBe(true);
  });

  it('is asked by matchers as the cluster asks it', () => {
    const { app } = besides(adminPolicy({ priority: 5, ...from('Pass') }));
    expect(app).toAllow('apps/app=client', 'data/app=store', Port.tcp(5432));
    expect(app).toDeny('apps/app=client', 'data/app=store', Port.tcp(1));
    const closing = [adminPolicy({ priority: 4, ...from('Deny') }, { metadata: { name: 'closing' } })];
    expect([...Testing.synth(Chart.of(app.node.findChild('chart'))), ...closing]).toDeny(
      'apps/app=client',
      'data/app=store',
      Port.tcp(5432),
    );
  });

  it('is reckoned with both ways where it may be in force or not, with the reason', () => {
    const antrea = Cluster.antrea({ version: '2.7' });
    const { proof } = besides(clusterPolicy({ priority: 5, ...from('Accept') }), antrea);
    expect(proof.isProved).toBe(false);
    expect(proof.toText()).toContain(
      'ClusterNetworkPolicy policy may be in force or not: Antrea has its kind behind a feature gate',
    );
    expect(besides(clusterPolicy({ priority: 5, ...from('Deny') }), antrea).proof.isProved).toBe(false);
    // Antrea asks AdminNetworkPolicies after its tiers, in which every pod of ours is decided.
    const { proof: later } = besides(adminPolicy({ priority: 5, ...from('Allow') }), antrea);
    expect(later.isProved).toBe(true);
    expect(later.assumptions.join('\n')).toContain(
      'in doubt: AdminNetworkPolicy policy, and whatever it does, this is proved',
    );
  });

  it('is neither allowed nor denied for matchers where that is not known', () => {
    const { app } = besides(undefined);
    const late = adminPolicy({ priority: 500, ...from('Deny') });
    const manifests = [...Testing.synth(Chart.of(app.node.findChild('chart'))), late];
    const port = Port.tcp(5432);
    expect(() => expect(manifests).toAllow('apps/app=client', 'data/app=store', port)).toThrow(/priority is above 99/);
    expect(() => expect(manifests).toDeny('apps/app=client', 'data/app=store', port)).toThrow();
  });

  it('stops no proof with a form that is not read, where its subject is elsewhere', () => {
    const old = { ingress: [{ action: 'Allow', from: [{ namespaces: { namespaceSelector: {} } }] }] };
    const of = (name: string) => ({ namespaces: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
    expect(besides(adminPolicy({ priority: 5, subject: of('kube-system'), ...old })).proof.isProved).toBe(true);
    const here = besides(adminPolicy({ priority: 5, subject: of('data'), ...old })).proof;
    expect(here.isProved).toBe(false);
    expect(here.toText()).toContain('has the form of network-policy-api 0.1.0 to 0.1.2');
  });

  it('is never passed over: one that is not applied, or on a cluster that does not have the kind, is named', () => {
    const late = besides(adminPolicy({ priority: 100, ...from('Allow') })).proof;
    expect(late.isProved).toBe(false);
    expect(late.toText()).toContain('OVN-Kubernetes does not apply AdminNetworkPolicy policy');
    const unknown = besides(adminPolicy({ priority: 5, ...from('Allow') }), Cluster.kubernetes()).proof;
    expect(unknown.isProved).toBe(false);
    expect(unknown.toText()).toContain('does not enforce the AdminNetworkPolicy policy');
  });
});
