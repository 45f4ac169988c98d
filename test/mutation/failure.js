/** Whether a test of this run has failed: what the order of suites and their environment share. */
module.exports = { seen: false };
