import { ApiObject, Chart } from 'cdk8s';
import { ZeroTrustFindings } from '../../../lib';
import { deployment, platform } from './platform';

const found = (made: { readonly app: Parameters<typeof ZeroTrustFindings.of>[0] }) =>
  ZeroTrustFindings.of(made.app).findings.map(({ rule, about }) => `${rule} ${about}`);

describe('a workload in a namespace that one slip makes one of ours', () => {
  it('is said where its pods have the labels of a tier there, with what binds them: nothing', () => {
    const { app, chart } = platform();
    deployment(chart, { namespace: 'ai-dtaa' });
    expect(ZeroTrustFindings.of(app).toText()).toBe(`warning  namespace-misspelt  ai/ai-data/weaviate
  Deployment ai-dtaa/weaviate
  Its pods have the labels of the tier ai-data/weaviate, the app declares no namespace ai-dtaa, and one slip makes it ai-data. No policy of the tier binds pods in another namespace, so whoever reaches them gets through.
  Write namespace: 'ai-data' in ai/deployment-weaviate, or acknowledge it on the tier: acknowledge: [{ rule: 'namespace-misspelt', because: '…' }]
`);
  });

  it('is said as well where the namespace is that of its chart, and where other pods of the tier are in their place', () => {
    const made = platform();
    deployment(made.chart);
    new ApiObject(new Chart(made.app, 'second', { namespace: 'ai-dtaa' }), 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'weaviate', labels: { app: 'weaviate' } },
      spec: { containers: [{ name: 'main' }] },
    });
    expect(found(made)).toEqual(['namespace-misspelt Pod ai-dtaa/weaviate']);
  });

  it.each<[string, Parameters<typeof deployment>[1]]>([
    ['its pods are of no tier there', { namespace: 'ai-dtaa', labels: { app: 'backup' } }],
    ['the namespace is another one', { namespace: 'vectors' }],
    ['it is in the namespace of the tier', {}],
  ])('is not said where %s', (_, props) => {
    const made = platform();
    deployment(made.chart, props);
    expect(found(made)).toEqual([]);
  });

  it('is not said where the app declares the namespace, whoever made it', () => {
    const made = platform();
    deployment(made.chart, { namespace: 'ai-dtaa' });
    new ApiObject(made.chart, 'theirs', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ai-dtaa' } });
    expect(found(made)).toEqual([]);
  });

  it('can be acknowledged on the tier and on its namespace', () => {
    const acknowledge = [{ rule: 'namespace-misspelt', because: 'it is that of the old platform' }];
    for (const changes of [{ weaviate: { acknowledge } }, { data: { acknowledge } }]) {
      const made = platform(changes);
      deployment(made.chart, { namespace: 'ai-dtaa' });
      expect(found(made)).toEqual([]);
    }
  });
});
