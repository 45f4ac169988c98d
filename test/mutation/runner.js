const { default: TestRunner } = require('jest-runner');
const failure = require('./failure.js');

/** What the tests of each suite are called, from the run before any mutant. */
const titles = new Map();

/**
 * Stryker puts every suite to every mutant, and loading them takes longer than the tests. So a suite is left out where
 * none of its tests are asked for, or once one failed.
 */
module.exports = class extends TestRunner {
  async runTests(tests, watcher, options) {
    this.on('test-file-success', ([{ path }, { testResults }]) => {
      if (!titles.has(path))
        titles.set(
          path,
          testResults.map(({ fullName }) => fullName),
        );
    });
    for (const test of tests) {
      if (!failure.seen && this.isAsked(test)) await super.runTests([test], watcher, { ...options, serial: true });
    }
  }

  isAsked({ path }) {
    const { testNamePattern } = this._globalConfig;
    const known = titles.get(path);
    if (!testNamePattern || known === undefined) return true;
    const asked = new RegExp(testNamePattern, 'i');
    return known.some((title) => asked.test(title));
  }
};
