import { labelValueProblem } from '../../lib/model/labels';
import { ZeroTrustError } from '../../lib/model/problem';
import * as selectors from '../../lib/model/selector';
import { shallowJson } from '../../lib/model/shallow-json';

describe('a value in a sentence', () => {
  it.each<[unknown, string]>([
    [8080, '8080'],
    [null, 'null'],
    [undefined, 'undefined'],
    ['text', '"text"'],
    [{ a: 1, b: null, c: 'x' }, '{"a":1,"b":null,"c":"x"}'],
    [{ a: { b: 1 }, '': [1] }, '{"a":"…","":"…"}'],
    [[1, [2], {}], '[1,"…","…"]'],
  ])('%j is its first level', (value, text) => expect(shallowJson(value)).toBe(text));

  it('may hold itself, as a YAML anchor lets it', () => {
    const cyclic: Record<string, unknown> = {};
    for (const key of ['', 'a', 'matchLabels']) cyclic[key] = cyclic;
    expect(shallowJson(cyclic)).toBe('{"":"…","a":"…","matchLabels":"…"}');
    expect(labelValueProblem(cyclic)).toContain('is an object, not a string');
    for (const json of [cyclic, { matchLabels: { a: cyclic } }, { matchLabels: [cyclic] }]) {
      expect(() => selectors.fromLabelSelector(json)).toThrow(ZeroTrustError);
    }
  });
});
