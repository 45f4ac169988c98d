import fc from 'fast-check';
import { readJson } from '../../lib/model/json-text';

describe('a text of JSON', () => {
  it('is read with a byte order mark and without', () => {
    expect(readJson('\ufeff{"a": 1}')).toEqual({ value: { a: 1 } });
    expect(readJson('{"a": 1}')).toEqual({ value: { a: 1 } });
  });

  it.each(['', '\ufeff', '{"a": }', '\ufeff\ufeff{}', "{'a': 1}"])(
    'is none where JSON would be refused: %j',
    (text) => {
      expect(() => readJson(text)).toThrow(SyntaxError);
    },
  );

  it.each<[string, string]>([
    ['{"a": 1, "b": 2, "a": 3}', '$.a'],
    ['{"a": {"b": [{}, {"c": 1, "c": 2}]}}', '$.a.b[1].c'],
    ['[{"a": 1}, {"a": 1, "a": 1}]', '$[1].a'],
    // One key, written in two ways.
    ['{"a": 1, "\\u0061": 2}', '$.a'],
    ['{"a b": 1, "a b" : 2}', '$["a b"]'],
    ['{"": 1, "": 2}', '$[""]'],
    ['{"a": ["{", "}", ","], "b": "\\"a\\": 1", "b": 0}', '$.b'],
    ['{"__proto__": 1, "__proto__": 2}', '$.__proto__'],
  ])('names the first key that stands twice: %s', (text, path) => {
    expect(readJson(text).twice).toBe(path);
  });

  it('may have strings of any length, with escapes', () => {
    const long = `${'x'.repeat(9_000_000)}${'\\\\'.repeat(500_000)}\\"`;
    expect(readJson(`{"a": "${long}", "b": 1}`).twice).toBeUndefined();
    expect(readJson(`{"b": "${long}", "b": 1}`).twice).toBe('$.b');
  });

  it('has no key twice where values or keys of other objects are alike', () => {
    expect(
      readJson('{"a": {"a": "a"}, "b": [{"a": 1}, {"a": 1}, "a", "a"], "c": "a", "d": "\\"a\\":"}').twice,
    ).toBeUndefined();
  });

  it('has none twice in whatever JSON.stringify writes, and is read as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(readJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  it('has a key twice wherever one is written again', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }),
        fc.jsonValue(),
        (object, other) => {
          const [key] = Object.keys(object);
          const text = `[0, ${JSON.stringify(object).slice(0, -1)}, ${JSON.stringify(key)}: ${JSON.stringify(other)}}]`;
          expect(readJson(text).twice).toMatch(/^\$\[1\]/);
        },
      ),
    );
  });
});
