import { againstBaseline, baselineText } from '../../lib/findings/baseline';
import { marked } from '../../lib/findings/fingerprint';

const found = marked([
  { rule: 'b', level: 'error', what: 'x', place: { object: 'Pod ai/z' } },
  { rule: 'a', level: 'note', what: 'x', place: { object: 'Pod ai/z' } },
  { rule: 'c', level: 'warning', what: 'x', place: { object: 'Pod ai/a' } },
  { rule: 'd', level: 'error', what: 'x', place: { file: 'broken.yaml' } },
]);

describe('a baseline', () => {
  it('has a finding a line, by object and rule, in whatever order they were found', () => {
    const text = baselineText(found);
    expect(text).toBe(baselineText([...found].reverse()));
    const { schema, findings } = JSON.parse(text);
    expect(schema).toBe('cdk8s-zero-trust/baseline/v1');
    expect(findings.map(({ object, rule }: { object: string; rule: string }) => `${object} ${rule}`)).toEqual([
      'Pod ai/a c',
      'Pod ai/z a',
      'Pod ai/z b',
      'broken.yaml d',
    ]);
    expect(text.split('\n').filter((line) => line.includes('fingerprint'))).toHaveLength(4);
  });

  it('of nothing is a list of nothing', () => {
    expect(JSON.parse(baselineText([]))).toEqual({ schema: 'cdk8s-zero-trust/baseline/v1', findings: [] });
  });

  it('tells what came from what was there, and says what went', () => {
    const before = JSON.parse(baselineText(found.slice(1))).findings;
    const { fresh, known, gone } = againstBaseline(found.slice(0, 3), before);
    expect(fresh).toEqual([found[0]]);
    expect(known).toEqual(found.slice(1, 3));
    expect(gone.map(({ rule }) => rule)).toEqual([found[3].rule]);
  });
});
