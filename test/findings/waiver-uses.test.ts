import { hasWaiver, isUsed, isWaived } from '../../lib/findings/waiver-uses';

const waiver = () => ({ rule: 'wide-egress', because: 'tools are everywhere' });

describe('the use of a waiver', () => {
  it('begins when it answers for its rule, and not before', () => {
    const one = waiver();
    expect(isWaived('whole-namespace', [one])).toBe(false);
    expect(hasWaiver('wide-egress', [one])).toBe(true);
    expect(isUsed(one)).toBe(false);
    expect(isWaived('wide-egress', [], [one])).toBe(true);
    expect(isUsed(one)).toBe(true);
  });

  it('is its own, whatever words another has', () => {
    const [one, other] = [waiver(), waiver()];
    isWaived('wide-egress', [one]);
    expect(isUsed(other)).toBe(false);
  });

  it('is that of all who answer at once', () => {
    const [flow, tier] = [waiver(), waiver()];
    isWaived('wide-egress', [flow], [tier]);
    expect([flow, tier].map(isUsed)).toEqual([true, true]);
  });
});
