const { TestEnvironment } = require('jest-environment-node');
const failure = require('./failure.js');

/** One failed test is enough to find a mutant out, so the tests that follow it are left out. */
module.exports = class extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0) failure.seen = true;
    if (event.name === 'test_start' && failure.seen) event.test.mode = 'skip';
  }
};
