/**
 * A property is put to the same cases in each run, so that a change fails for what it changes. `npm run test:random` puts
 * it to others, and to more of them: RANDOM_SEED is where they begin, RANDOM_TIMES how many times as many there are.
 */
jest.mock('fast-check', () => {
  const fc = jest.requireActual('fast-check');
  const withCases = jest.requireActual(`${process.cwd()}/test/random/cases.js`);
  const { RANDOM_SEED, RANDOM_TIMES } = process.env;
  fc.configureGlobal({ seed: Number(RANDOM_SEED || 1) });
  if (RANDOM_SEED === undefined && RANDOM_TIMES === undefined) return fc;
  return withCases(fc, ({ seed = 1, numRuns = 100, ...rest }) => ({
    ...rest,
    seed: RANDOM_SEED === undefined ? seed : Number(RANDOM_SEED),
    numRuns: numRuns === 1 ? 1 : numRuns * Number(RANDOM_TIMES || 1),
  }));
});
