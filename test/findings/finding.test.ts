import {
  type FoundProblem,
  findingProblem,
  findingsJson,
  findingsText,
  findingText,
  inOrder,
} from '../../lib/findings/finding';

const found: FoundProblem = { rule: 'some-rule', level: 'warning', where: 'app/tier', what: 'something is odd' };

describe('a finding as text', () => {
  it('says level, rule and place, then whom it is about, what, why, what is allowed, and what to do', () => {
    const whole = { ...found, about: 'a -> b', why: 'It matters', allowed: 'less', fix: 'Do this:\n  that' };
    expect(findingText(whole)).toBe(
      'warning  some-rule  app/tier\n  a -> b\n  Something is odd. It matters.\n  Allowed: less.\n  Do this:\n    that',
    );
  });

  it('says no more than there is', () => {
    expect(findingText({ rule: 'some-rule', level: 'note', what: 'ns/tier is odd' })).toBe(
      'note  some-rule\n  ns/tier is odd.',
    );
  });

  it('holds nothing that a terminal would obey', () => {
    const hostile = { ...found, about: 'a\u001b[31m', what: 'x\ny', why: '\u202eback' };
    expect(findingText(hostile)).toBe('warning  some-rule  app/tier\n  a\\u001b[31m\n  x\\ny. \\u202eback.');
  });
});

describe('findings', () => {
  const all: FoundProblem[] = [
    { ...found, level: 'note' },
    { ...found, where: 'app/b' },
    { ...found, where: 'app/a' },
    { ...found, level: 'error' },
    { ...found, where: 'app/a' },
  ];

  it('come in one order, each once: what weighs more first, then by place', () => {
    const order = inOrder(all).map(({ level, where }) => `${level} ${where}`);
    expect(order).toEqual(['error app/tier', 'warning app/a', 'warning app/b', 'note app/tier']);
    expect(findingsText([...all].reverse())).toBe(findingsText(all));
    expect(findingsJson([...all].reverse())).toBe(findingsJson(all));
  });

  it('come by the number of the line, and not by its first digit', () => {
    const lines = [100, 9, 20].map((line) => ({ ...found, where: `m.yaml, line ${line}` }));
    expect(inOrder(lines).map(({ where }) => where)).toEqual(['m.yaml, line 9', 'm.yaml, line 20', 'm.yaml, line 100']);
  });

  it('are the empty text, and an empty list, where there are none', () => {
    expect(findingsText([])).toBe('');
    expect(JSON.parse(findingsJson([]))).toEqual({ schema: 'cdk8s-zero-trust/findings/v1', findings: [] });
  });

  it('say as problems whom they are about, and why', () => {
    expect(findingProblem({ ...found, about: 'a -> b', why: 'It matters' })).toEqual({
      rule: 'some-rule',
      where: 'app/tier',
      what: 'a -> b: something is odd. It matters',
    });
  });
});
