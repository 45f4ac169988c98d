const { createEmptyTestResult } = require('@jest/test-result');
const { default: circus } = require('jest-circus/runner');
const failure = require('./failure.js');

/** What the tests of each suite are called, from the run before any mutant. */
const titles = new Map();

/**
 * Stryker puts every suite to every mutant, and loading them takes longer than the tests. So a suite is left out where
 * none of its tests are asked for, or once one failed.
 */
module.exports = async (globalConfig, config, environment, runtime, path, ...rest) => {
  const { testNamePattern } = globalConfig;
  if (failure.seen || (testNamePattern && isElsewhere(path, testNamePattern))) return createEmptyTestResult();
  const result = await circus(globalConfig, config, environment, runtime, path, ...rest);
  if (!titles.has(path))
    titles.set(
      path,
      result.testResults.map(({ fullName }) => fullName),
    );
  return result;
};

function isElsewhere(path, pattern) {
  const asked = new RegExp(pattern, 'i');
  return titles.get(path)?.every((title) => !asked.test(title)) ?? false;
}
