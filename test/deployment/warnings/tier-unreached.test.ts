import { App, Chart } from 'cdk8s';
import { Catalog, Cluster, Pods, ZeroTrustFindings, ZeroTrustNamespace } from '../../../lib';

function unreachedTiers(isScraped: boolean): ReadonlyMap<string, string> {
  const app = new App();
  Cluster.use(app, Cluster.kubernetes());
  const space = new ZeroTrustNamespace(new Chart(app, 'ai'), 'registry', { purpose: 'images' });
  const prometheus = Pods.labeled({ app: 'prometheus' }).inNamespace('monitoring').ownedBy('the platform team');
  Catalog.harbor(space, 'harbor', isScraped ? { metricsFrom: [prometheus] } : {});
  const found = ZeroTrustFindings.of(app).findings.filter(({ rule }) => rule === 'tier-unreached');
  return new Map(found.map(({ value, fix }) => [String(value), String(fix)]));
}

it('advises who scrapes it where a tier of the catalog has ports for metrics alone', () => {
  const fixes = unreachedTiers(false);
  expect(fixes.get('registry/harbor-exporter')).toBe(
    "Say who scrapes it in the options of the catalog: metricsFrom: [prometheus], or acknowledge it on the tier: acknowledge: [{ rule: 'tier-unreached', because: '…' }]",
  );
  expect(fixes.get('registry/harbor-nginx')).toContain('connections.allowFrom');
});

it('is not said of it once that is done', () => {
  const fixes = unreachedTiers(true);
  expect(fixes.has('registry/harbor-exporter')).toBe(false);
  expect(fixes.has('registry/harbor-nginx')).toBe(true);
});
