const shared = require('../../jest.config.js');

/** The page in a real browser: `npm run test:picture`. */
module.exports = {
  ...shared,
  rootDir: '../..',
  roots: ['<rootDir>/test/picture'],
  testMatch: ['**/*.browser.ts'],
  testTimeout: 120_000,
};
