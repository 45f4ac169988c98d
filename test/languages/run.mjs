// Builds the wheel and the jar, installs each into an empty project as a user does, and runs the tests of that language
// there. Prints what was skipped and why; the last line is "N passed, N failed", and the exit code is 0 when nothing failed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { missing, pack, packages, root } from './package.mjs';

const require = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const plus = JSON.parse(readFileSync(join(root, 'node_modules/cdk8s-plus-33/package.json'), 'utf8')).version;
/** The page whose Python is run as well. */
const START = 'docs/start/ten-minutes.md';
const work = mkdtempSync(join(tmpdir(), 'zero-trust-languages-'));

const suites = { python, java };
let passed = 0;
let failed = 0;
try {
  const here = Object.keys(suites).filter(isHere);
  if (here.length > 0) {
    rmSync(packages, { recursive: true, force: true });
    run('npm', ['run', 'build'], root);
    pack(here);
    for (const language of here) count(language, suites[language]());
  }
} catch (error) {
  console.log(error.message);
  failed += 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function isHere(language) {
  const lacking = missing(language);
  if (lacking.length > 0) console.log(`skip  ${language}: needs ${lacking.join(' and ')}, not found on the path`);
  return lacking.length === 0;
}

/** A wheel in a virtual environment, with cdk8s-plus and pytest from the index. */
function python() {
  const project = projectOf('python');
  writeFileSync(join(project, 'test_readme.py'), shownIn('README.md', 'python: test_readme.py'));
  writeFileSync(join(project, 'graph.txt'), shownIn('README.md', 'example mesh: graph'));
  for (const name of ['policies.py', 'test_policies.py'])
    writeFileSync(join(project, name), shownIn(START, `python: ${name}`));
  run('python3', ['-m', 'venv', 'venv'], project);
  const [wheel] = readdirSync(join(packages, 'python')).filter((name) => name.endsWith('.whl'));
  if (!wheel.startsWith(`cdk8s_zero_trust-${version}-`)) throw new Error(`the wheel of ${version} is ${wheel}`);
  const own = join(packages, 'python', wheel);
  run('venv/bin/pip', ['install', '--quiet', '--disable-pip-version-check', own, 'cdk8s-plus-33', 'pytest'], project);
  run('venv/bin/python', ['policies.py'], project);
  return tested('venv/bin/python', ['-m', 'pytest', '--junit-xml=report.xml'], project, () => ['report.xml']);
}

/**
 * A jar in a Maven project, whose dependencies come from the index; but for cdk8s-plus, which not every Maven index has, so
 * that its jar is made of the package that npm has.
 */
function java() {
  pack(['java'], join(root, 'node_modules/cdk8s-plus-33'));
  const project = projectOf('java');
  writeFileSync(join(project, 'src/test/java/ReadmeTest.java'), shownIn('README.md', 'java: ReadmeTest.java'));
  const built = pathToFileURL(join(packages, 'java')).href;
  const options = [
    '--batch-mode',
    '--no-transfer-progress',
    `-Dbuilt=${built}`,
    `-Dzero-trust.version=${version}`,
    `-Dplus.version=${plus}`,
  ];
  const reports = 'target/surefire-reports';
  return tested('mvn', [...options, '--update-snapshots', 'test'], project, () =>
    readdirSync(join(project, reports))
      .filter((name) => name.endsWith('.xml'))
      .map((name) => join(reports, name)),
  );
}

function projectOf(language) {
  const project = join(work, language);
  cpSync(join(root, 'test/languages', language), project, {
    recursive: true,
    filter: (path) => !/__pycache__|\/target(\/|$)/.test(path),
  });
  return project;
}

/** The block of a page that is that file, and the graph that the README shows of its first example, as a user saves them. */
function shownIn(page, marker) {
  const [, text] =
    new RegExp(`<!-- ${marker} -->\\n\`\`\`\\w+\\n([^]*?)\`\`\``).exec(readFileSync(join(root, page), 'utf8')) ?? [];
  if (text === undefined) throw new Error(`${page} has no block that is ${marker}`);
  return text;
}

/** Runs the tests; what they print is shown where one fails. */
function tested(command, args, cwd, reports) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: environment() });
  const sum = { tests: 0, bad: 0 };
  try {
    for (const name of reports()) {
      const [head] = readFileSync(join(cwd, name), 'utf8').match(/<testsuite [^>]*>/);
      const attribute = (key) => Number(new RegExp(` ${key}="(\\d+)"`).exec(head)?.[1] ?? 0);
      sum.tests += attribute('tests') - attribute('skipped');
      sum.bad += attribute('failures') + attribute('errors');
    }
  } catch {
    sum.bad = Math.max(sum.bad, 1);
  }
  if (status !== 0) {
    sum.bad = Math.max(sum.bad, 1);
    console.log(`${stdout}${stderr}`);
  }
  return sum;
}

/** What the TypeScript app was rendered to, and the sentence with which TypeScript refuses. */
function environment() {
  return {
    ...process.env,
    TYPESCRIPT_DIST: join(root, 'dist/ai-service-mesh'),
    TYPESCRIPT_REFUSAL: refusal(),
  };
}

function refusal() {
  try {
    require(join(root, 'build/lib/index.js')).Pods.labeled({});
  } catch (error) {
    return error.message;
  }
  throw new Error('Pods.labeled({}) is not refused');
}

function count(language, { tests, bad }) {
  console.log(`${bad === 0 ? 'ok  ' : 'FAIL'}  ${language}: ${Math.max(tests - bad, 0)} of ${tests} tests passed`);
  passed += Math.max(tests - bad, 0);
  failed += bad;
}

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
}
