import { isAtLeast } from '../../lib/model/version';

describe('a version', () => {
  it.each([
    ['1.20', '1.20', true],
    ['v1.20.2', '1.20', true],
    ['1.9', '1.20', false],
    ['1.20', '1.20.1', false],
    ['2', '1.20', true],
    ['1.20', '2', false],
    [undefined, '1.20', true],
  ])('%s is at least %s: %s', (given, least, expected) => {
    expect(isAtLeast(given, least)).toBe(expected);
  });
});
