import { sameData } from '../../lib/model/same-data';

const shared = { values: ['a'] };

test.each<[what: string, a: unknown, b: unknown]>([
  ['texts', 'a', 'a'],
  ['lists', [1, [2n, null]], [1, [2n, null]]],
  ['objects in any order of keys', { a: 1, b: { c: true } }, { b: { c: true }, a: 1 }],
  ['what is undefined and what is absent', { a: 1, b: undefined }, { a: 1, c: undefined }],
  ['what both hold', { a: shared }, { a: shared }],
])('says the same: %s', (_, a, b) => {
  expect(sameData(a, b)).toBe(true);
  expect(sameData(b, a)).toBe(true);
});

test.each<[what: string, a: unknown, b: unknown]>([
  ['text and number', '1', 1],
  ['null and what is absent', { a: null }, {}],
  ['lists in another order', [1, 2], [2, 1]],
  ['a list and the beginning of it', [1], [1, 2]],
  ['a list and an object with its positions', ['a'], { 0: 'a' }],
  ['an object with one more field', { a: 1 }, { a: 1, b: 1 }],
  ['a field and what every object inherits', JSON.parse('{"__proto__":{}}'), {}],
  ['a value deep inside', { a: [{ b: { c: 1 } }] }, { a: [{ b: { c: 2 } }] }],
])('does not say the same: %s', (_, a, b) => {
  expect(sameData(a, b)).toBe(false);
  expect(sameData(b, a)).toBe(false);
});

test('passes over the keys that do not count, at any depth and on either side', () => {
  const isPlace = (key: string) => key === 'line';
  expect(sameData({ a: [{ b: 1, line: 1 }] }, { a: [{ b: 1, line: 2 }], line: 3 }, isPlace)).toBe(true);
  expect(sameData({ a: [{ b: 1, line: 1 }] }, { a: [{ b: 2, line: 1 }] }, isPlace)).toBe(false);
});
