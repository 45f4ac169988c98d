import { baselineText } from '../../lib/findings/baseline';
import { marked } from '../../lib/findings/fingerprint';
import { readBaseline } from '../../lib/settings/baseline-file';

const found = marked([{ rule: 'a', level: 'error', what: 'x', place: { object: 'Pod ai/z' } }]);

describe('a file of a baseline', () => {
  it('is read as it was written', () => {
    const [{ fingerprint }] = found;
    expect(readBaseline(baselineText(found), 'b.json')).toEqual([{ rule: 'a', object: 'Pod ai/z', fingerprint }]);
    expect(readBaseline(baselineText([]), 'b.json')).toEqual([]);
  });

  it.each([
    ['[]', 'b.json: This is not a baseline.'],
    ['{"findings": []}', 'b.json, document 1, line 1: schema: This is not a baseline that this version can read.'],
    [
      '{"schema": "cdk8s-zero-trust/baseline/v1",\n"findings": [7]}',
      'b.json, document 1, line 2: findings[0]: The value 7 is a number.',
    ],
    ['{', 'b.json, document 1, line 2: This is not YAML that can be read'],
  ])('is refused with its line: %j', (text, says) => {
    expect(() => readBaseline(text, 'b.json')).toThrow(says);
  });
});
