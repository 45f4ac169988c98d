import { problemText, ZeroTrustError } from '../../lib/model/problem';

const problem = { rule: 'port-number', what: "'x' is not a port number" };

describe('a problem', () => {
  it('is told in the order of where, what, what is allowed, and what to do', () => {
    expect(problemText({ ...problem, where: 'App/Chart', allowed: '1 to 65535', fix: 'Give the number.' })).toBe(
      "App/Chart: 'x' is not a port number.\nAllowed: 1 to 65535.\nGive the number.",
    );
  });

  it('is told with the flow that it concerns and the line that declared it, the line in the brackets of the reason', () => {
    const flow = 'a/b -> c/d TCP/80 ("why not")';
    const declaredAt = 'apps/platform.ts:41';
    const told = (about: object) => problemText({ ...problem, ...about }).split('\n')[1];
    expect(told({ flow, declaredAt })).toBe('  a/b -> c/d TCP/80 ("why not", apps/platform.ts:41)');
    expect(told({ flow: 'a/b -> c/d', declaredAt })).toBe('  a/b -> c/d (apps/platform.ts:41)');
    expect(told({ flow })).toBe('  a/b -> c/d TCP/80 ("why not")');
    expect(told({ declaredAt })).toBe('  declared at apps/platform.ts:41');
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
