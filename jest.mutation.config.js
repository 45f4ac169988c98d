// A mutant that is stopped leaves what it made, which is no fault of the tests.
const { globalSetup, globalTeardown, ...everyday } = require('./jest.config.js');
const { rooms } = require('./test/mutation/rooms.js');

const room = rooms[process.env.MUTATION];
if (room === undefined) throw new Error(`MUTATION names a room: ${Object.keys(rooms).join(', ')}`);

/** The suites that answer for one room, the same in each run, and quick to find a mutant out: `npm run mutation`. */
module.exports = {
  ...everyday,
  testMatch: room.suites.map((suite) => `<rootDir>/test/${suite.endsWith('.ts') ? suite : `${suite}/**/*.test.ts`}`),
  testEnvironment: require.resolve('./test/mutation/environment.js'),
  runner: require.resolve('./test/mutation/runner.js'),
  testSequencer: require.resolve('./test/mutation/sequencer.js'),
  setupFiles: ['<rootDir>/test/mutation/random-cases.js'],
};
