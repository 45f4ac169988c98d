import { said } from '../../lib/model/said';

it.each([
  ['a text', 'a text'],
  [1.5, '1.5'],
  [Number.NaN, 'NaN'],
  [null, 'null'],
  [undefined, 'undefined'],
  [{}, '{}'],
  [{ a: [1] }, '{"a":"…"}'],
  [['a', 1], '["a",1]'],
])('%p is said as %s', (value, words) => {
  expect(said(value)).toBe(words);
});
