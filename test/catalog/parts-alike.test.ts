import { App, Chart } from 'cdk8s';
import {
  type CatalogSystemOptions,
  Cluster,
  Pods,
  PolicyGraph,
  Purpose,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from '../../lib';
import { tiersOf } from '../../lib/catalog/made-tiers';
import { KNOWN_SYSTEMS } from '../../lib/known-systems';
import { type Problem, ZeroTrustError } from '../../lib/model/problem';

/** What is wrong with the system in an app of its own. */
function problemsOf(
  id: string,
  options: CatalogSystemOptions = {},
  given: Partial<ZeroTrustNamespaceProps> = {},
): readonly Problem[] {
  const app = new App();
  Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], apiServer: { addresses: ['192.0.2.1/32'] } }));
  try {
    tiersOf(
      new ZeroTrustNamespace(new Chart(app, 'chart'), 'ns', { purpose: Purpose.DATA, ...given }),
      'it',
      id,
      options,
    );
    PolicyGraph.of(app);
    return [];
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems;
    throw error;
  }
}

describe('parts of a system whose labels are alike', () => {
  it('are refused once, with how their pods are given', () => {
    const [problem, ...others] = problemsOf('langsmith');
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      rule: 'catalog-pods',
      value:
        'frontend, backend, platform-backend, playground, ace-backend, ingest-queue, queue, clickhouse, postgres, redis',
      fix: "Give them by the part, { pods: { frontend: Pods.of(deployment), … } }, or all at once, { workload: chart }, or say which one runs here: { parts: ['frontend'] }",
    });
    expect(problem.what).toContain('a pod with app.kubernetes.io/name: langsmith could be any of');
  });

  it('are refused where those of one are given and hold those of others', () => {
    const pods = { frontend: Pods.labeled({ tier: 'front' }) };
    expect(problemsOf('langsmith', { pods, parts: ['frontend', 'redis'] })).toMatchObject([
      { rule: 'catalog-pods', value: 'redis' },
    ]);
  });

  it('are none where each is given its pods, or one runs alone', () => {
    const of = (name: string) => Pods.labeled({ run: name });
    expect(
      problemsOf('langsmith', { pods: { frontend: of('a'), redis: of('b') }, parts: ['frontend', 'redis'] }),
    ).toEqual([]);
    expect(problemsOf('langsmith', { parts: ['frontend'] })).toEqual([]);
  });

  it.each<[string, CatalogSystemOptions, Partial<ZeroTrustNamespaceProps>]>([
    ['of the system', { acknowledge: [{ rule: 'overlapping-tiers', because: 'all of them are one to us' }] }, {}],
    ['of the namespace', {}, { acknowledge: [{ rule: 'overlapping-tiers', because: 'all of them are one to us' }] }],
  ])('are accepted by an acknowledgement %s', (_, options, given) => {
    expect(problemsOf('langsmith', options, given)).toEqual([]);
  });

  const several = KNOWN_SYSTEMS.filter(({ parts }) => parts.length > 1).map(({ id }) => id);
  it.each(several)('are never refused two by two: %s', (id) => {
    expect(problemsOf(id).filter(({ rule }) => rule === 'overlapping-tiers')).toEqual([]);
    expect(problemsOf(id).filter(({ rule }) => rule === 'catalog-pods').length).toBeLessThanOrEqual(1);
  });
});
