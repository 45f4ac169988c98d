/** cidr-tools is published as ES modules only, so it is compiled like our own files. */
const esModulesOnly = ['cidr-tools', 'ip-bigint'];

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/cluster/',
    '<rootDir>/test/ocsf/',
    '<rootDir>/test/package/',
  ],
  transform: { '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulesOnly.join('|')})/)`],
  globalSetup: '<rootDir>/test/temporary/setup.ts',
  globalTeardown: '<rootDir>/test/temporary/teardown.ts',
  // Not where what is temporary goes, of which a run leaves nothing.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  setupFiles: ['<rootDir>/test/random/setup.js'],
  snapshotSerializers: [],
};
