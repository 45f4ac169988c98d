const { withFewerCases } = require('./rooms.js');

const FEWER = 40;

/**
 * Thousands of mutants cannot all be put to thousands of random cases. These are fewer than in `npm test`, and the same
 * in each run, so that a mutant that survives survives again; and the smallest counterexample is of no use for a mutant.
 */
jest.mock('fast-check', () => {
  const fc = jest.requireActual('fast-check');
  const withCases = jest.requireActual(`${process.cwd()}/test/random/cases.js`);
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  return withCases(fc, (parameters) => ({ ...parameters, numRuns: Math.min(parameters.numRuns ?? 100, most()) }));
});

function most() {
  const suite = expect.getState().testPath;
  return withFewerCases.some((name) => suite.includes(`/test/${name}`)) ? FEWER : Number.POSITIVE_INFINITY;
}
