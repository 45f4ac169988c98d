const { availableParallelism } = require('node:os');
const { rooms } = require('./test/mutation/rooms.js');

const room = process.env.MUTATION;
if (!(room in rooms)) throw new Error(`MUTATION names a room: ${Object.keys(rooms).join(', ')}`);
const { mutate, bar } = rooms[room];

/** Mutates one room: `npm run mutation` goes through all of them. */
module.exports = {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  // Jest does not find which suites are related to a file below a folder whose name begins with a dot, as the sandbox's.
  jest: { configFile: 'jest.mutation.config.js', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: mutate.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)),
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['apps', 'build', 'docs', 'test/cluster', 'test/judges/go', 'test/package', '.jsii'],
  disableTypeChecks: false,
  concurrency: Number(process.env.MUTATION_WORKERS ?? availableParallelism()),
  // Each endless loop costs this and half as much again as the suite, and there are a hundred. On a busy machine, give more
  // (--timeoutMS), or slow mutants count as endless ones.
  timeoutMS: 5000,
  dryRunTimeoutMinutes: 30,
  incremental: true,
  incrementalFile: `reports/mutation/${room}.json`,
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  jsonReporter: { fileName: `reports/mutation/${room}.report.json` },
  htmlReporter: { fileName: `reports/mutation/${room}.html` },
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  thresholds: { high: bar, low: bar, break: bar },
};
