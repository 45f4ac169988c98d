import { ApiObject } from 'cdk8s';
import { ZeroTrustFindings } from '../../../lib';
import { deployment, platform } from '../warnings/platform';

describe('pods that are in no tier', () => {
  const refusalOf = (labels: Record<string, string>) => {
    const { app, chart } = platform();
    deployment(chart, { labels });
    return ZeroTrustFindings.of(app).findings.find(({ rule }) => rule === 'pods-without-tier')?.what;
  };

  it('are shown with the tier that they miss by little, and the labels of both', () => {
    expect(refusalOf({ app: 'weviate' })).toMatch(
      /so they can neither be reached nor reach anything: the tier weaviate selects \{app=weaviate\}, and they have \{app=weviate\}$/,
    );
  });

  it.each([
    ['Job', {}],
    ['CronJob', { schedule: '0 3 * * *' }],
  ])('are shown as without labels where the template of their %s has none', (kind, more) => {
    const { app, chart } = platform();
    const template = { spec: { containers: [{ name: 'main', image: 'migrate' }] } };
    new ApiObject(chart, 'migrate', {
      apiVersion: 'batch/v1',
      kind,
      metadata: { name: 'migrate', namespace: 'ai-data' },
      spec: kind === 'Job' ? { template } : { ...more, jobTemplate: { spec: { template } } },
    });
    const { what } = ZeroTrustFindings.of(app).findings[0];
    expect(what).toBe(
      'the pods of ai/migrate are in no tier of ai-data, so they can neither be reached nor reach anything: their template has no label that a tier could select',
    );
  });

  it('are shown with none where none is near', () => {
    expect(refusalOf({ app: 'backup' })).toMatch(/nor reach anything$/);
  });
});
