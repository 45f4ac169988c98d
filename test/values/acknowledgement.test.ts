import { WAIVABLE } from '../../lib/findings/waivable';
import { isWaived } from '../../lib/findings/waiver-uses';
import { waivers } from '../../lib/values/acknowledgement';

const because = 'the tools are everywhere';

describe('acknowledgements', () => {
  it('are none where none are given', () => {
    expect(waivers(undefined)).toEqual([]);
    expect(waivers([])).toEqual([]);
  });

  it('keep their rule and their reason, in one line', () => {
    expect(waivers([{ rule: 'wide-egress', because: ` ${because}\n` }])).toEqual([{ rule: 'wide-egress', because }]);
  });

  it('of a rule that there is not are refused with those that there are', () => {
    const unknown = () => waivers([{ rule: 'toString', because }]);
    expect(unknown).toThrow(/no rule "toString"/);
    for (const rule of Object.keys(WAIVABLE)) expect(unknown).toThrow(rule);
  });

  it('of a rule that is nearly one name the nearest', () => {
    expect(() => waivers([{ rule: 'wide-egres', because }])).toThrow(
      /"wide-egres" to acknowledge; did you mean "wide-egress"/,
    );
  });

  it('need a reason as flows do', () => {
    expect(() => waivers([{ rule: 'wide-egress', because: 'ok' }])).toThrow(/"ok" is not a reason/);
  });

  it('waive their own rule and no other, wherever they were given', () => {
    const given = waivers([{ rule: 'wide-egress', because }]);
    expect(isWaived('wide-egress', [], given)).toBe(true);
    expect(isWaived('whole-namespace', [], given)).toBe(false);
    expect(isWaived('wide-egress')).toBe(false);
  });
});
