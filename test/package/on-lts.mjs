// Packs the package, installs it into an empty project, and renders the apps there on the releases of Node that users run:
// what is written equals `dist`, byte for byte. Prints a line a release; exits with 1 if one fails. A release whose binary
// cannot be had is skipped, and said.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The current and the previous long-term release (nodejs/Release, schedule.json: 26 since October 2026, 24 since 2025). */
const RELEASES = ['26', '24'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'zero-trust-lts-'));
const project = join(work, 'project');

try {
  installPackage();
  writeApps();
  for (const release of RELEASES) onRelease(release);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function onRelease(release) {
  const binary = binaryOf(release);
  if (binary === undefined) {
    console.log(
      `skip  Node ${release}: there is no binary of it in the registry for ${process.platform} ${process.arch}`,
    );
    return;
  }
  const outdir = join(work, `rendered-on-${release}`);
  try {
    run(binary, ['apps/main.js'], project, { CDK8S_OUTDIR: outdir });
    assertSame(outdir, join(root, 'dist'));
    console.log(`ok    Node ${run(binary, ['--version']).trim()}: the apps are rendered as in dist`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAIL  Node ${release}\n${[error.stdout, error.stderr, error.message].filter(Boolean).join('\n')}`);
  }
}

function installPackage() {
  run('npm', ['pack', '--pack-destination', work], root);
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'));
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'user', version: '1.0.0', private: true }));
  const others = ['cdk8s', 'constructs', 'cdk8s-plus-28'].map((name) => `${name}@${own.devDependencies[name]}`);
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(work, tarball), ...others], project);
}

/** The apps as JavaScript that imports the package by its name, and the typed objects that they use beside them. */
function writeApps() {
  for (const folder of ['apps', 'imports']) {
    mkdirSync(join(project, folder), { recursive: true });
    for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'))) {
      const source = readFileSync(join(root, folder, name), 'utf8').replaceAll("from '../lib'", `from '${own.name}'`);
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
      });
      writeFileSync(join(project, folder, name.replace(/[.]ts$/, '.js')), outputText);
    }
  }
}

/** The binary that the npm package of the platform brings; undefined where it cannot be installed. */
function binaryOf(release) {
  const folder = join(work, `node-${release}`);
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'node', version: '1.0.0', private: true }));
    run('npm', ['install', '--no-audit', '--no-fund', `node-${platform}-${process.arch}@${release}`], folder);
    const binary = join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', 'node');
    run(binary, ['--version']);
    return binary;
  } catch {
    return undefined;
  }
}

function assertSame(rendered, wanted) {
  const files = (folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  assert.deepEqual(files(rendered), files(wanted));
  for (const file of files(wanted)) {
    assert.equal(readFileSync(join(rendered, file), 'utf8'), readFileSync(join(wanted, file), 'utf8'), file);
  }
}

function run(command, args, cwd = work, env = {}) {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
