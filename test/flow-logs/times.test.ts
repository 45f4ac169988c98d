import { timeOfMs } from '../../lib/flow-logs/reading/times';

describe('a time in milliseconds', () => {
  it.each([
    [1_795_773_600_000, 1_795_773_600_000],
    [1_795_773_600_000.75, 1_795_773_600_000],
    [8.64e15, 8.64e15],
  ])('is a whole number: of %p it is %p', (value, time) => {
    expect(timeOfMs(value)).toBe(time);
  });

  it.each([0, 0.5, -1, 1e300, 8.64e15 + 1, Number.NaN, Number.POSITIVE_INFINITY, '1795773600000', null, undefined])(
    'is none where it is nothing that a date can say: %p',
    (value) => {
      expect(timeOfMs(value)).toBeUndefined();
    },
  );
});
