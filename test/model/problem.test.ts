import { problemText, ZeroTrustError } from '../../lib/model/problem';

const problem = { rule: 'port-number', what: "'x' is not a port number" };

describe('a problem', () => {
  it('is told in the order of where, what, what is allowed, and what to do', () => {
    expect(problemText({ ...problem, where: 'App/Chart', allowed: '1 to 65535', fix: 'Give the number.' })).toBe(
      "App/Chart: 'x' is not a port number.\nAllowed: 1 to 65535.\nGive the number.",
    );
  });

  it('is told without what is not known of it', () => {
    expect(problemText(problem)).toBe("'x' is not a port number.");
  });
});

describe('an error', () => {
  it('tells every problem, apart from each other', () => {
    const error = new ZeroTrustError(problem, { ...problem, where: 'App' });
    expect(error.name).toBe('ZeroTrustError');
    expect(error.message).toBe("'x' is not a port number.\n\nApp: 'x' is not a port number.");
  });

  it('takes lists of problems, and tells the first fifty and how many more there are', () => {
    const many = Array.from({ length: 130_000 }, (_, i) => ({ rule: 'port-number', what: `${i} is wrong` }));
    const error = new ZeroTrustError(many, problem);
    expect(error.problems).toHaveLength(130_001);
    expect(error.message.split('\n\n').slice(-2)).toEqual(['49 is wrong.', 'There are 129951 more problems.']);
  });

  it('takes its place from where it was met, unless it had one', () => {
    const error = new ZeroTrustError(problem, { ...problem, where: 'App/Chart' }).at('file.yaml');
    expect(error).toBeInstanceOf(ZeroTrustError);
    expect(error.problems).toEqual([
      { ...problem, where: 'file.yaml' },
      { ...problem, where: 'App/Chart' },
    ]);
  });
});
