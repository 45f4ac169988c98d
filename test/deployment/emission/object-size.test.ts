import { App, Chart } from 'cdk8s';
import { ArgoSync, Cidr, Cluster, Pods, PolicyProof, Port, Tier, ZeroTrustNamespace } from '../../../lib';
import { type Problem, ZeroTrustError } from '../../../lib/model/problem';

/** A tier that reaches so many addresses, each on a port of its own and with a reason of some 100 characters. */
function tierWith(flows: number): { readonly app: App; readonly tier: Tier } {
  const app = new App();
  Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] }));
  const namespace = new ZeroTrustNamespace(new Chart(app, 'chart'), 'shop', { purpose: 'application' });
  const tier = new Tier(namespace, 'web', { pods: Pods.all() });
  for (let n = 0; n < flows; n++) {
    tier.connections.allowTo(Cidr.of(`192.0.2.${n % 256}/32`), {
      because: `${n} ${'long '.repeat(20)}`.trim(),
      ports: [Port.tcp(1 + n)],
    });
  }
  return { app, tier };
}

function problemsOf(make: () => unknown): readonly Problem[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems;
    throw error;
  }
  return [];
}

/** Their annotations alone take about 170 kB: less than what Kubernetes takes, and more than half of it. */
const MANY = 1200;

describe('a policy whose annotations take more than half of what Kubernetes takes', () => {
  it('is refused, since whoever applies it on the client side writes the whole object into another annotation', () => {
    const [problem] = problemsOf(() => PolicyProof.of(tierWith(MANY).app));
    expect(problem?.rule).toBe('annotation-size');
    expect(problem?.what).toMatch(/last-applied-configuration/);
    expect(problem?.fix).toMatch(/serverSideApply: true/);
  });

  it('passes where it is applied on the side of the server', () => {
    const { app, tier } = tierWith(MANY);
    ArgoSync.use(app, { serverSideApply: true });
    expect(PolicyProof.of(app).isProved).toBe(true);
    const policy = tier.node.findAll().map((node) => (node as { toJson?: () => unknown }).toJson?.())[1];
    expect(policy).toMatchObject({
      metadata: {
        annotations: { 'argocd.argoproj.io/sync-options': 'PruneLast=true,ServerSideApply=true' },
      },
    });
  });

  it('is looked at anew when that is said later', () => {
    const { app } = tierWith(MANY);
    expect(() => PolicyProof.of(app)).toThrow(/last-applied-configuration/);
    ArgoSync.use(app, { serverSideApply: true });
    expect(PolicyProof.of(app).isProved).toBe(true);
  });

  it('passes where there are fewer', () => {
    expect(PolicyProof.of(tierWith(400).app).isProved).toBe(true);
  });
});

describe('a policy whose rules alone are too much', () => {
  it('is refused, though its annotations are small', () => {
    const app = new App();
    Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] }));
    const namespace = new ZeroTrustNamespace(new Chart(app, 'chart'), 'shop', { purpose: 'application' });
    const tier = new Tier(namespace, 'web', { pods: Pods.all() });
    // Each other port, so that no two of them are a range.
    const ports = Array.from({ length: 7000 }, (_, n) => Port.tcp(1 + 2 * n));
    tier.connections.allowTo(Cidr.of('192.0.2.1/32'), { because: 'a long list of ports', ports });
    const [problem] = problemsOf(() => PolicyProof.of(app));
    expect(problem?.rule).toBe('annotation-size');
    ArgoSync.use(app, { enabled: false, serverSideApply: true });
    expect(PolicyProof.of(app).isProved).toBe(true);
  });
});
