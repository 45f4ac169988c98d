import { acknowledgeLines } from '../../lib/findings/acknowledge-lines';

const RULES = ['dns-over-udp-only', 'wide-egress'];
const read = (text: string) => acknowledgeLines(text, RULES);
const refused = (text: string) => read(text).problems.map(({ rule, what }) => `${rule}: ${what}`);

describe('the annotation that acknowledges', () => {
  it('is a line a rule, with its reason', () => {
    expect(read('wide-egress: the tools are everywhere\n\n dns-over-udp-only:  the resolver: it is old\r\n')).toEqual({
      waivers: [
        { rule: 'wide-egress', because: 'the tools are everywhere' },
        { rule: 'dns-over-udp-only', because: 'the resolver: it is old' },
      ],
      problems: [],
    });
  });

  it.each([
    ['', `acknowledgement: "" is not an acknowledgement, so it waives nothing`],
    ['wide-egress', `acknowledgement: "wide-egress" is not an acknowledgement, so it waives nothing`],
    [
      'wide-egress:because it is',
      `acknowledgement: "wide-egress:because it is" is not an acknowledgement, so it waives nothing`,
    ],
    [
      'Wide-Egress: it is meant so',
      `acknowledgement: "Wide-Egress: it is meant so" is not an acknowledgement, so it waives nothing`,
    ],
    [
      'wide-egres: it is meant so',
      `acknowledgement: there is no rule "wide-egres" to acknowledge; did you mean "wide-egress"`,
    ],
    [
      'nothing-like-it-at-all: it is meant so',
      `acknowledgement: there is no rule "nothing-like-it-at-all" to acknowledge`,
    ],
    ['wide-egress: todo', `reason: "todo" is not a reason`],
  ])('refuses %j', (text, says) => {
    expect(refused(text)).toEqual([says]);
  });

  it('keeps the lines that can be read beside one that cannot', () => {
    const { waivers, problems } = read('wide-egress: the tools are everywhere\nnonsense');
    expect([waivers.length, problems.length]).toEqual([1, 1]);
  });

  it('does not look for a rule that is near a very long one', () => {
    expect(refused(`${'a'.repeat(100_000)}: it is meant so`)).toHaveLength(1);
  });
});
