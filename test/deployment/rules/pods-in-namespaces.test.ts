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

  it('are shown with none where none is near', () => {
    expect(refusalOf({ app: 'backup' })).toMatch(/nor reach anything$/);
  });
});
