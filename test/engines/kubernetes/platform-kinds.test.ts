import { Testing } from 'cdk8s';
import {
  Cidr,
  Cluster,
  ClusterGuardrail,
  Encryption,
  Hostname,
  HttpRule,
  Platform,
  PolicyProof,
  Port,
} from '../../../lib';
import { PLATFORMS } from '../../../lib/cluster/platforms';
import { OWN_KINDS } from '../../../lib/engines/kubernetes/platform-kinds';
import { because, Mesh } from '../portability/scenario';

/** What is declared, for a cluster, and why it is refused there. */
function whyRefused(cluster: Cluster, declare: (mesh: Mesh) => void): string {
  const app = Testing.app();
  Cluster.use(app, cluster);
  declare(new Mesh(app));
  try {
    PolicyProof.of(app);
  } catch (error) {
    return String(error);
  }
  throw new Error('it is not refused');
}

const byName = (mesh: Mesh) => mesh.reaching(Hostname.exact('api.example.com'), { ports: [Port.tcp(443)] });
const byRequest = (mesh: Mesh) => mesh.serving({ http: [HttpRule.get('/v1/models')] });
const guarded = (mesh: Mesh) => {
  mesh.serving();
  new ClusterGuardrail(mesh.chart, 'no-metadata', { denyCloudMetadata: true, because });
};

describe('what a platform has a kind of its own for, which is not rendered', () => {
  it.each([
    ['EKS', Cluster.awsVpcCni(), 'on EKS only Auto Mode knows names, by ApplicationNetworkPolicy'],
    ['EKS Auto Mode', Cluster.kubernetes({ platform: Platform.EKS_AUTO_MODE }), 'ApplicationNetworkPolicy'],
    ['trap 19: GKE', Cluster.gke(), 'FQDNNetworkPolicy of networking.gke.io/v1alpha1'],
    ['trap 19: GKE Autopilot', Cluster.kubernetes({ platform: Platform.GKE_AUTOPILOT }), 'FQDNNetworkPolicy'],
    ['OpenShift', Cluster.openShift(), 'EgressFirewall of k8s.ovn.org/v1'],
  ])('is refused with that kind where a host is named: %s', (_, cluster, kind) => {
    const why = whyRefused(cluster, byName);
    expect(why).toContain('a NetworkPolicy knows addresses, and not the names that lead to them');
    expect(why).toContain(kind);
    expect(why).toContain('not rendered yet');
  });

  it.each([
    ['EKS', Cluster.awsVpcCni(), 'networking.k8s.aws/v1alpha1'],
    ['OpenShift', Cluster.openShift(), 'AdminNetworkPolicy of policy.networking.k8s.io/v1alpha1'],
  ])('is refused with that kind where the whole cluster is guarded: %s', (_, cluster, kind) => {
    const why = whyRefused(cluster, guarded);
    expect(why).toContain(kind);
    expect(why).toContain('not rendered yet');
  });

  it('is refused with the policies of a mesh where requests are told apart and the cluster has one', () => {
    const mesh = Cluster.kubernetes({ encryption: Encryption.MUTUAL_TLS });
    expect(whyRefused(mesh, byRequest)).toContain('AuthorizationPolicy of security.istio.io/v1, which is not rendered');
    expect(whyRefused(Cluster.kubernetes(), byRequest)).not.toContain('Istio');
  });

  it('is refused alone where the platform has none', () => {
    for (const cluster of [
      Cluster.kubernetes(),
      Cluster.kindnet({ version: '0.31' }),
      Cluster.kubernetes({ platform: Platform.AKS }),
    ]) {
      expect(whyRefused(cluster, byName)).not.toContain('not rendered');
    }
    expect(whyRefused(Cluster.gke(), guarded)).not.toContain('not rendered');
    // Where another engine was chosen, the kinds of the platform are not enforced.
    expect(whyRefused(Cluster.calico({ version: '3.32', platform: Platform.GKE_STANDARD }), byName)).not.toContain(
      'FQDN',
    );
  });

  it('is known for platforms by the titles that they have', () => {
    const titles = Object.values(PLATFORMS).map(({ title }) => title);
    expect(Object.keys(OWN_KINDS).filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('is not missed where addresses are named', () => {
    const declare = (mesh: Mesh) => mesh.reaching(Cidr.of('192.0.2.0/24'), { ports: [Port.tcp(443)] });
    expect(() => whyRefused(Cluster.gke(), declare)).toThrow('it is not refused');
  });
});
