const { readFileSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;
const failure = require('./failure.js');
const { rooms, slow } = require('./rooms.js');

/** Suites of random cases take seconds and the others milliseconds, so they come last, in an order that never changes. */
module.exports = class extends Sequencer {
  sort(tests) {
    failure.seen = false;
    return [...tests].sort(
      (a, b) => weight(a.path) - weight(b.path) || rank(a.path) - rank(b.path) || (a.path > b.path ? -1 : 1),
    );
  }
};

const weight = (path) =>
  readFileSync(path, 'utf8').includes('fc.assert(') || slow.some((suite) => path.endsWith(`/test/${suite}`)) ? 1 : 0;

const rank = (path) => rooms[process.env.MUTATION].suites.findIndex((suite) => path.includes(`/test/${suite}`));
