const { TestEnvironment } = require('jest-environment-node');
const failure = require('./failure.js');

/**
 * One failed test is enough to find a mutant out, so the tests that follow it are left out. So are those that are about
 * speed, by their titles: a slow mutant is caught by the time limit.
 */
module.exports = class extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0) failure.seen = true;
    const isSpared = failure.seen || /within seconds/.test(event.test?.name);
    if (event.name === 'test_start' && isSpared) event.test.mode = 'skip';
  }
};
