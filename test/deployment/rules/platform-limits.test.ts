import { ApiObject, App, Chart } from 'cdk8s';
import { Cidr, Cluster, Hostname, Platform, Pods, PolicyProof, Port, Tier, ZeroTrustNamespace } from '../../../lib';
import { type Problem, ZeroTrustError } from '../../../lib/model/problem';

/** A tier that reaches an address outside on these ports. */
function reaching(
  cluster: Cluster,
  ...lists: readonly (readonly Port[])[]
): { readonly app: App; readonly tier: Tier } {
  const app = new App();
  Cluster.use(app, cluster);
  const namespace = new ZeroTrustNamespace(new Chart(app, 'chart'), 'shop', { purpose: 'application', dns: false });
  const tier = new Tier(namespace, 'web', { pods: Pods.all(), dns: false });
  for (const [i, ports] of lists.entries()) {
    tier.connections.allowTo(Cidr.of(`192.0.2.${i}/32`), { because: 'it calls a service', ports: [...ports] });
  }
  return { app, tier };
}

const podCidrs = ['10.244.0.0/16'];

function problemsOf(app: App): readonly Problem[] {
  try {
    PolicyProof.of(app);
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems;
    throw error;
  }
  return [];
}

/** The ports of the only rule of egress. */
function portsOf({ tier }: { readonly tier: Tier }): unknown {
  const policy = tier.node.findAll().find((node) => ApiObject.isApiObject(node)) as ApiObject;
  return policy.toJson().spec.egress[0].ports;
}

describe('a range of ports', () => {
  const range = [Port.tcpRange(8000, 8002)];

  it.each([
    ['a release that drops endPort', Cluster.kubernetes({ version: '1.18', podCidrs })],
    ['the last release in which it is off', Cluster.kubernetes({ version: '1.21.14', podCidrs })],
    ['Weave Net, which is older than endPort', Cluster.weaveNet({ version: '1.30', podCidrs })],
  ])('is written out for %s', (_, cluster) => {
    const made = reaching(cluster, range);
    expect(PolicyProof.of(made.app).isProved).toBe(true);
    expect(portsOf(made)).toEqual([8000, 8001, 8002].map((port) => ({ protocol: 'TCP', port })));
  });

  it('stays a range where endPort is known, or may be', () => {
    for (const version of ['1.22', '1.25', undefined]) {
      const made = reaching(Cluster.kubernetes({ version, podCidrs }), range);
      expect(portsOf(made)).toEqual([{ protocol: 'TCP', port: 8000, endPort: 8002 }]);
    }
  });

  it('is refused where it is too long to be written out', () => {
    const { app } = reaching(Cluster.kubernetes({ version: '1.18', podCidrs }), [Port.tcpRange(30000, 32767)]);
    expect(problemsOf(app)).toMatchObject([
      {
        rule: 'engine-port-range',
        value: '30000-32767',
        what: expect.stringMatching(/Kubernetes NetworkPolicy 1\.18 cannot say this: .*endPort.*first port alone/),
      },
    ]);
  });

  it('that is every port of a protocol needs no endPort', () => {
    const made = reaching(Cluster.kubernetes({ version: '1.18', podCidrs }), [Port.allTcp()]);
    expect(PolicyProof.of(made.app).isProved).toBe(true);
    expect(portsOf(made)).toEqual([{ protocol: 'TCP' }]);
  });

  it('is a precondition where nobody said what enforces it', () => {
    const preconditions = (cluster: Cluster, ports: readonly Port[]) =>
      PolicyProof.of(reaching(cluster, ports).app).preconditions.join('\n');
    expect(preconditions(Cluster.kubernetes({ podCidrs }), range)).toMatch(/Kubernetes 1\.22 or later.*endPort/);
    expect(preconditions(Cluster.gke({ podCidrs, version: '1.30' }), range)).toMatch(/endPort/);
    expect(preconditions(Cluster.kubernetes({ podCidrs }), [Port.tcp(80)])).not.toMatch(/endPort/);
    expect(preconditions(Cluster.openShift({ version: '1.30' }), range)).not.toMatch(/endPort/);
  });
});

describe('the VPC CNI of AWS', () => {
  const cluster = Cluster.awsVpcCni({ podCidrs });
  /** Each other port, so that no two are a range. */
  const apart = (count: number, first = 1000) => Array.from({ length: count }, (_, n) => Port.tcp(first + 2 * n));

  it('takes 24 ports or ranges for an address, and no more', () => {
    expect(PolicyProof.of(reaching(cluster, apart(24)).app).isProved).toBe(true);
    expect(problemsOf(reaching(cluster, apart(41)).app)).toMatchObject([
      { rule: 'engine-ports', value: '41', what: expect.stringMatching(/24 .*drops the others/) },
    ]);
  });

  it('takes a range, however long, for one', () => {
    expect(PolicyProof.of(reaching(cluster, [Port.tcpRange(1, 60000)]).app).isProved).toBe(true);
  });

  it('adds up what leads to the same addresses, and not what leads to others', () => {
    expect(PolicyProof.of(reaching(cluster, apart(20), apart(20, 5000)).app).isProved).toBe(true);
    const { app, tier } = reaching(cluster, apart(20));
    tier.connections.allowTo(Cidr.of('192.0.2.0/24'), { because: 'the same network', ports: apart(20, 5000) });
    expect(problemsOf(app)).toMatchObject([{ rule: 'engine-ports', value: '40' }]);
  });

  it('adds up what comes from pods that may be the same', () => {
    const { app, tier } = reaching(cluster);
    const from = (labels: Record<string, string>, ports: Port[]) =>
      tier.connections.allowFrom(Pods.labeled(labels).inNamespace('edge').ownedBy('edge'), {
        because: 'it is asked',
        ports,
      });
    from({ app: 'a' }, apart(20));
    from({ app: 'b' }, apart(20, 5000));
    expect(PolicyProof.of(app).isProved).toBe(true);
    from({ track: 'stable' }, apart(20, 9000));
    expect(problemsOf(app).map(({ rule }) => rule)).toContain('engine-ports');
  });

  it('takes any number where another engine enforces policies', () => {
    const calico = Cluster.calico({ version: '3.32', platform: Platform.EKS, podCidrs });
    expect(PolicyProof.of(reaching(calico, apart(41)).app).isProved).toBe(true);
  });

  it('lets new pods through unless it is strict, which is a precondition', () => {
    const preconditions = PolicyProof.of(reaching(cluster, apart(1)).app).preconditions.join('\n');
    expect(preconditions).toMatch(/NETWORK_POLICY_ENFORCING_MODE: strict/);
    expect(preconditions).toMatch(/Fargate/);
  });

  it('enforces nothing before Kubernetes 1.25', () => {
    expect(() => Cluster.awsVpcCni({ version: '1.24' })).toThrow(/everything would pass in silence/);
    expect(() => Cluster.awsVpcCni({ version: '1.25' })).not.toThrow();
  });

  it('lets IPv4 out of a cluster whose pods have IPv6 addresses', () => {
    const six = Cluster.awsVpcCni({ podCidrs: ['fd00:10:244::/56'] });
    expect(PolicyProof.of(reaching(six, apart(1)).app).preconditions.join()).toMatch(/reach IPv4 addresses past/);
    expect(PolicyProof.of(reaching(cluster, apart(1)).app).preconditions.join()).not.toMatch(/IPv6/);
  });

  it('wants Services on the ports of their containers', () => {
    const { app } = reaching(cluster, apart(1));
    const service = (name: string, spec: object) =>
      new ApiObject(app.node.findChild('chart') as Chart, name, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'shop' },
        spec: { selector: { app: 'web' }, ...spec },
      });
    service('same', { ports: [{ port: 8080 }, { port: 8081, targetPort: 8081 }] });
    service('named', { ports: [{ name: 'http', port: 80, targetPort: 'http' }] });
    service('headless', { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] });
    const services = () => PolicyProof.of(app).preconditions.filter((text) => /Service/.test(text));
    expect(services()).toEqual([]);
    service('other', { ports: [{ port: 80, targetPort: 8080 }] });
    service('renamed', { ports: [{ name: 'web', port: 80, targetPort: 'http' }] });
    expect(services()).toEqual([expect.stringMatching(/shop\/other \(80 to 8080\), shop\/renamed \(web to http\)/)]);
  });
});

describe('other platforms', () => {
  const preconditionsOf = (cluster: Cluster) =>
    PolicyProof.of(reaching(cluster, [Port.tcp(443)]).app).preconditions.join('\n');

  it('say what they let through while a pod starts', () => {
    expect(preconditionsOf(Cluster.kubernetes({ platform: Platform.K3S }))).toMatch(/kube-router 2\.11/);
    expect(preconditionsOf(Cluster.kubernetes({ platform: Platform.EKS_AUTO_MODE, podCidrs }))).toMatch(/DefaultDeny/);
  });

  it('say what has to be paid for: names and requests on the Cilium of AKS', () => {
    const app = new App();
    Cluster.use(app, Cluster.cilium({ version: '1.18', platform: Platform.AKS }));
    const namespace = new ZeroTrustNamespace(new Chart(app, 'chart'), 'shop', { purpose: 'application' });
    const tier = new Tier(namespace, 'web', { pods: Pods.all() });
    const preconditions = () => PolicyProof.of(app).preconditions.join();
    expect(preconditions()).not.toMatch(/Advanced Container/);
    tier.connections.allowTo(Hostname.exact('api.example.com'), {
      because: 'it calls a service',
      ports: [Port.tcp(443)],
    });
    expect(preconditions()).toMatch(/Advanced Container Networking Services/);
  });
});
