const shared = require('../../jest.config.js');

/** Suites against a real API server and real packets: `npm run test:cluster`. One after the other: they share a machine. */
module.exports = {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/cluster'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/cluster/support/global-setup.ts',
  maxWorkers: 1,
  testTimeout: 600_000,
};
