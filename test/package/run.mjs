// Packs the package, installs the tarball into an empty project as a user does, and uses it there: from CommonJS, from ES
// modules, and from TypeScript. Prints a line a check; exits with 1 if one fails.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'zero-trust-package-'));
const project = join(work, 'project');

let failed = 0;
try {
  const tarball = check('npm pack builds it', pack);
  if (tarball !== undefined) {
    check('the tarball holds what is used and nothing else', () => assertContents(tarball));
    check('nothing else that is made in build is packed with it', () => assertSameBesideOthers(tarball));
    if (check('npm installs it beside its peers', () => install(tarball)) !== undefined) {
      useInstalled();
      useWritten(tarball);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(failed === 0 ? 'the package works where it is installed' : `${failed} checks of the package failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** What docstrings and the README send readers to. */
function documented() {
  const sources = readdirSync(join(root, 'lib'), { recursive: true }).filter((name) => name.endsWith('.ts'));
  const texts = ['README.md', ...sources.map((name) => join('lib', name))].map((name) =>
    readFileSync(join(root, name), 'utf8'),
  );
  const paths = texts.flatMap(
    (text) => text.match(/(?<![\w/.])docs\/(?:schemas\/)?[a-z-]+\.(?:md|schema\.json)/g) ?? [],
  );
  return [...new Set(paths)].filter((path) => existsSync(join(root, path)));
}

/**
 * The tests of the README in a project as `cdk8s init typescript-app` makes it: its compiler options and its versions, with
 * the `expect` that jest sets up, and with the one that is imported.
 */
function useInAProjectOfTheCli() {
  const template = join(root, 'node_modules/cdk8s-cli/templates/typescript-app');
  const { devDependencies } = JSON.parse(readFileSync(join(template, 'package.json'), 'utf8'));
  const versions = ['typescript', '@types/node', '@types/jest', 'jest'].map(
    (name) => `${name}@${devDependencies[name]}`,
  );
  copyFileSync(join(template, 'tsconfig.json'), join(project, 'tsconfig.json'));
  for (const name of ['mesh.mjs', 'mesh.cjs', 'mesh.ts']) rmSync(join(project, name), { force: true });
  rmSync(join(project, 'compiled'), { recursive: true, force: true });
  const [, tests] = /```ts\n(import 'cdk8s-zero-trust\/testing';[^`]*)```/.exec(
    readFileSync(join(root, 'README.md'), 'utf8'),
  );
  const prelude = readFileSync(join(root, 'test/package/user/prelude.ts'), 'utf8');
  writeFileSync(join(project, 'readme.test.ts'), `${prelude}${tests}`);
  const imported = "import { expect, test } from '@jest/globals';\nimport 'cdk8s-zero-trust/testing/globals';\n";
  writeFileSync(join(project, 'imported.test.ts'), `${imported}${prelude}${tests}`);
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--save-dev', ...versions]);
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.']);
}

function useInstalled() {
  check('npm sees no problem in the project', () => run('npm', ['ls', '--all']));
  const manifests = [
    check('CommonJS requires it', () => assertManifests(node('mesh.cjs'))),
    check('an ES module imports its names', () => assertManifests(node('mesh.mjs'))),
    check('TypeScript compiles against it and runs', () => {
      tsc('--module', 'node16', '--moduleResolution', 'node16', '--outDir', 'compiled');
      return assertManifests(node('compiled/mesh.js'));
    }),
  ];
  check('all three give the same bytes', () => assert.equal(new Set(manifests).size, 1));
  check('TypeScript accepts it as bundlers resolve it', () =>
    tsc('--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit'),
  );
  check('the testing entry loads without jest', () =>
    script("process.exit(Object.keys(require('cdk8s-zero-trust/testing')).length > 0 ? 0 : 1)"),
  );
  check('the analysis entry answers', () =>
    script(
      "const { connectivity, readObjects } = require('cdk8s-zero-trust/analysis'); process.exit([...connectivity(readObjects([])).pairs()].length)",
    ),
  );
  check('the example that comes with it is found from an empty folder', exampleFromNothing);
  check('what is not exported stays closed', () =>
    assert.throws(() => script("require('cdk8s-zero-trust/build/lib/model/problem')"), /ERR_PACKAGE_PATH_NOT_EXPORTED/),
  );
  check('the tests of the README compile where cdk8s init made the project', useInAProjectOfTheCli);
  check('jsii tools find its assembly', () =>
    assert.equal(JSON.parse(readFileSync(join(installed(), '.jsii'), 'utf8')).name, own.name),
  );
}

/** As the README begins. */
function exampleFromNothing() {
  const folder = join(work, 'nothing');
  mkdirSync(folder);
  const bin = join(project, 'node_modules/.bin/cdk8s-zero-trust');
  const { status, stdout, stderr } = spawnSync(bin, ['check', 'example:guide'], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /half-open-flow/);
  assert.match(run(bin, ['graph', 'example:guide'], folder), /^flowchart/);
}

/** What `init` and `adopt` write is a project: it installs, its tests pass, and it renders. */
function useWritten(tarball) {
  const bin = join(project, 'node_modules/.bin/cdk8s-zero-trust');
  const given = ['--package', `file:${tarball}`];
  const commands = {
    init: ['app', '--engine', 'cilium@1.20', '--with', 'envoy-ai-gateway,vllm,weaviate,langfuse'],
    adopt: [join(root, 'examples/guide'), '--quiet', '--output-dir', 'app'],
  };
  for (const [command, argv] of Object.entries(commands)) {
    check(`what ${command} writes installs, compiles, is tested and renders`, () => {
      const folder = join(work, command);
      mkdirSync(folder);
      const { status, stderr } = spawnSync(bin, [command, ...argv, ...given], { cwd: folder, encoding: 'utf8' });
      // Adopting ends with 1 where something changes, and something does.
      assert.ok(status === 0 || (command === 'adopt' && status === 1), stderr);
      const app = join(folder, 'app');
      run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], app);
      run('npx', ['tsc', '-p', '.'], app);
      run('npm', ['test', '--silent'], app);
      run('npm', ['run', '--silent', 'synth'], app);
      assert.ok(existsSync(join(app, 'dist/graph.json')));
    });
  }
}

/** Runs one check and prints how it went; gives its value on, undefined where it failed. */
function check(title, body) {
  try {
    const value = body();
    console.log(`ok    ${title}`);
    return value;
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${title}\n${explain(error)}`);
    return undefined;
  }
}

function explain({ message, stdout, stderr }) {
  const texts = [stdout, stderr].filter(Boolean);
  return (texts.length > 0 ? texts : [message])
    .map((text) => String(text).trimEnd().replace(/^/gm, '      '))
    .join('\n');
}

function pack() {
  run('npm', ['pack', '--pack-destination', work], root);
  const [tarball] = readdirSync(work).filter((name) => name.endsWith('.tgz'));
  return join(work, tarball);
}

/** An empty project gets the tarball and the peers at their lowest supported versions. */
function install(tarball) {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'user', version: '1.0.0', private: true }));
  for (const name of ['mesh.cjs', 'mesh.mjs', 'mesh.ts']) {
    copyFileSync(join(root, 'test/package/user', name), join(project, name));
  }
  const peers = Object.keys(own.peerDependencies).map((name) => `${name}@${own.devDependencies[name]}`);
  return run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...peers]);
}

function installed() {
  return join(project, 'node_modules', own.name);
}

/** `npm run site` writes into build, and so does jsii-pacmak; whoever packs without building again must not pack these. */
function assertSameBesideOthers(tarball) {
  const made = ['build/site/planted.html', 'build/jsii/planted.tgz', 'docs/api/planted.md', 'docs/images/planted.png'];
  const absent = made.filter((path) => !existsSync(join(root, path)));
  try {
    for (const path of absent) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), 'planted');
    }
    const [{ files }] = JSON.parse(run('npm', ['pack', '--ignore-scripts', '--dry-run', '--json'], root));
    assert.deepEqual(files.map(({ path }) => path).sort(), contentsOf(tarball).sort());
  } finally {
    for (const path of absent) rmSync(join(root, path), { force: true });
  }
}

function contentsOf(tarball) {
  return run('tar', ['-tzf', tarball], work)
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
}

function assertContents(tarball) {
  const paths = contentsOf(tarball);
  const needed = [
    'package.json',
    'README.md',
    'LICENSE',
    '.jsii',
    'build/lib/index.js',
    'build/lib/index.d.ts',
    ...documented(),
    'examples/guide/policies.yaml',
  ];
  assert.deepEqual(
    needed.filter((path) => !paths.includes(path)),
    [],
    'missing from the tarball',
  );
  const places =
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|\.jsii|docs\/([a-z-]+\/)?[a-z-]+\.(md|json)|docs\/images\/[a-z-]+\.svg|docs\/schemas\/[a-z-]+\.schema\.json|examples\/guide\/([a-z]+\.yaml|README\.md)|build\/(lib|imports)\/.*\.(js|js\.map|d\.ts)|node_modules\/.*)$/;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const bundled = Object.keys(packages).filter((folder) => packages[folder].inBundle);
  const strange = paths.filter(
    (path) =>
      !places.test(path) ||
      (path.startsWith('node_modules/') && !bundled.some((folder) => path.startsWith(`${folder}/`))),
  );
  assert.deepEqual(strange, [], 'not expected in the tarball');
}

/** The policies that the example declares, as a user would look for them. */
function assertManifests(yaml) {
  const policies = loadAll(yaml).filter((object) => object?.kind === 'NetworkPolicy');
  assert.deepEqual(policies.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort(), [
    'ai-gateway/default-deny',
    'ai-gateway/envoy',
    'ai-inference/default-deny',
    'ai-inference/vllm',
  ]);
  const { spec } = policies.find(({ metadata }) => metadata.name === 'vllm');
  assert.deepEqual(spec.policyTypes, ['Ingress', 'Egress']);
  assert.equal(spec.ingress.length, 1);
  assert.deepEqual(spec.ingress[0].ports, [{ protocol: 'TCP', port: 8000 }]);
  return yaml;
}

function node(file) {
  return run(process.execPath, [file]);
}

function script(code) {
  return run(process.execPath, ['-e', code]);
}

function tsc(...options) {
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  return run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...strict, ...options, 'mesh.ts']);
}

function run(command, args, cwd = project) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
