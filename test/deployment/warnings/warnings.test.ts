import { ZeroTrustFindings } from '../../../lib';
import { WARNINGS } from '../../../lib/deployment/warnings';
import { asRead, EXAMPLES, UNWAIVED } from './examples';

describe.each(Object.entries(EXAMPLES))('%s', (rule, { fails, passes, text, level }) => {
  it('is said in these words, once, and nothing else is', () => {
    const found = ZeroTrustFindings.of(fails());
    expect(asRead(found.toText())).toBe(text);
    expect(found.findings).toMatchObject([{ rule, level }]);
  });

  it('is not said where it does not hold', () => {
    expect(ZeroTrustFindings.of(passes()).toText()).toBe('');
  });
});

describe.each(Object.entries(EXAMPLES).filter(([rule]) => !UNWAIVED.includes(rule)))(
  '%s, acknowledged',
  (rule, { fails }) => {
    it('is not said, and the acknowledgement counts as used', () => {
      expect(ZeroTrustFindings.of(fails([{ rule, because: 'it is meant so' }])).toText()).toBe('');
    });
  },
);

describe('the examples', () => {
  it('are of every warning that there is', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(WARNINGS.map(({ id }) => id).sort());
  });
});
