import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** What people write with, and the plain values that it is made of: all of it may be loaded with the package. */
const OPEN_ROOMS = ['lib/argo', 'lib/catalog', 'lib/model', 'lib/tiers', 'lib/values', 'imports'];

/**
 * Of every other room, what declaring needs before anything is worked out. What renders, reads, proves, warns, draws or
 * reports is loaded when it is first asked for.
 */
const LISTED: Readonly<Record<string, string>> = {
  lib: 'index',
  'lib/asking': 'words',
  'lib/cluster':
    'dns-flavours entities failsafe-ports internet-addresses load-balancers metadata-services names-in-code platforms special-addresses system-namespaces workload-identity',
  'lib/deployment':
    'declarations declared-at deployment findings-printed loaded-when-needed refused reported said-alike scope-of-graph',
  'lib/deployment/emission':
    'emitted-object further-policies managed-labels origins sync-annotations synthesis validations',
  'lib/deployment/flows':
    'arrivals flow-words hosts-of-one named-peers nodes-by-address peer-refusals requests role-refusals',
  'lib/deployment/proving': 'proof-when-asked',
  'lib/deployment/workloads':
    'chosen-workload decorated-json emitted given-workload host-network made-pods namespace-labels rendered-kind rendering resolved-tier resolvers workload',
  'lib/engines': 'engines manifest policy-kinds',
  'lib/findings': 'finding printing reason unknown-rule waivable waiver-uses',
  'lib/graph':
    'declared difference ends flow-annotations flow-lines given-construct graph-data index loaded-when-asked merged-flows plain-words policy-flow policy-graph restrict traffic-text',
  'lib/kinds': 'field manifest',
  'lib/kinds/core': 'inference-service templates-of-others',
  'lib/probes': 'index isolation-test isolation-test-props',
  'lib/questions': 'end-of-words index policy-answer policy-questions policy-reach question-end',
  'lib/validation': 'index zero-trust-validation',
};

/** Every file that importing the package loads beside those that cdk8s loads itself, by its path in the project. */
function loadedAtImport(): string[] {
  const script = `
    require('ts-node/register');
    require('./bench/worlds/random'); // so that the compiler is loaded before
    require('cdk8s');
    const before = new Set(Object.keys(require.cache));
    require('./lib');
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const files: string[] = JSON.parse(stdout);
  return files.map((file) => file.slice(ROOT.length + 1).replaceAll('\\', '/'));
}

function isListed(file: string): boolean {
  const room = file.slice(0, file.lastIndexOf('/'));
  const name = file.slice(room.length + 1).replace(/\.ts$/, '');
  return OPEN_ROOMS.includes(room) || (LISTED[room] ?? '').split(' ').includes(name);
}

describe('importing the package', () => {
  const loaded = loadedAtImport();

  it('loads no package beside those that cdk8s loads itself', () => {
    const packages = loaded.filter((file) => file.includes('node_modules/'));
    whyNot(packages, 'Require the package where it is used, in a function (see lib/deployment/loaded-when-needed.ts).');
  });

  it('loads the files that declaring needs, and nothing that is needed later', () => {
    const others = loaded.filter((file) => !file.includes('node_modules/') && !isListed(file));
    whyNot(
      others,
      "Whoever imports the package waits for it. Import its types alone (import type) and require it where it is used (lib/deployment/loaded-when-needed.ts, lib/graph/loaded-when-asked.ts show how); or, where every declaration needs it, list it in this test and measure: 'importMs' of npm run bench:synth is at most 60.",
    );
  });

  it('loads everything that is listed here, so that no line of the list outlives its file', () => {
    const listed = Object.entries(LISTED).flatMap(([room, names]) =>
      names.split(' ').map((name) => `${room}/${name}.ts`),
    );
    whyNot(
      listed.filter((file) => !loaded.includes(file)),
      'It is no longer loaded at import: take it off the list in this test.',
    );
  });
});

/** Fails with each file and what to do about it. */
function whyNot(files: readonly string[], advice: string): void {
  expect(files.map((file) => `${file}: ${advice}`)).toEqual([]);
}
