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

  it('takes its place from where it was met, unless it had one', () => {
    const error = new ZeroTrustError(problem, { ...problem, where: 'App/Chart' }).at('file.yaml');
    expect(error).toBeInstanceOf(ZeroTrustError);
    expect(error.problems).toEqual([
      { ...problem, where: 'file.yaml' },
      { ...problem, where: 'App/Chart' },
    ]);
  });
});
