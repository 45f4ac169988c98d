const { readFileSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;
const failure = require('./failure.js');

/** Suites of random cases take seconds and the others milliseconds, so they come last, in an order that never changes. */
module.exports = class extends Sequencer {
  sort(tests) {
    failure.seen = false;
    return [...tests].sort((a, b) => weight(a.path) - weight(b.path) || (a.path > b.path ? -1 : 1));
  }
};

const weight = (path) => (readFileSync(path, 'utf8').includes('fc.assert(') ? 1 : 0);
