import { App, Chart } from 'cdk8s';
import { LabelOperator, Pods, Port, Purpose, Tier, ZeroTrustFindings, ZeroTrustNamespace } from '../../../lib';

function overlapOf(chart: Pods, operator: Pods): string | undefined {
  const app = new App();
  const data = new ZeroTrustNamespace(new Chart(app, 'chart'), 'data', { purpose: Purpose.DATA });
  const api = new Tier(data, 'api', { pods: chart, ports: [Port.tcp(8080)] });
  const db = new Tier(data, 'db', { pods: operator, ports: [Port.tcp(5432)] });
  db.connections.allowFrom(api, { because: 'records are kept' });
  return ZeroTrustFindings.of(app).findings.find(({ rule }) => rule === 'overlapping-tiers')?.fix;
}

const byOperator = Pods.matching([{ key: 'cnpg.io/cluster', operation: LabelOperator.EXISTS }]);

it('names the label that keeps pods of an operator and those of a chart apart', () => {
  expect(
    overlapOf(Pods.labeled({ app: 'api' }), byOperator)
      ?.split('\n')
      .slice(0, 2),
  ).toEqual([
    'Where pods of data/api have no label cnpg.io/cluster, say so beside its own:',
    "  Pods.matching([…, { key: 'cnpg.io/cluster', operation: LabelOperator.DOES_NOT_EXIST }])",
  ]);
});

it('takes the advice', () => {
  const apart = Pods.matching([
    { key: 'app', operation: LabelOperator.IN, values: ['api'] },
    { key: 'cnpg.io/cluster', operation: LabelOperator.DOES_NOT_EXIST },
  ]);
  expect(overlapOf(apart, byOperator)).toBeUndefined();
});

it('names none where both speak of the same labels', () => {
  const fix = overlapOf(Pods.labeled({ app: 'api' }), Pods.matching([{ key: 'app', operation: LabelOperator.EXISTS }]));
  expect(fix?.startsWith('Select by different values of one label')).toBe(true);
});
