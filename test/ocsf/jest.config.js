const shared = require('../../jest.config.js');

/** Events of flows against all of the schema that OCSF publishes, which pip gets: `npm run test:ocsf`. */
module.exports = {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/ocsf'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 300_000,
};
