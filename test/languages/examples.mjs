// Every example of a docstring is compiled as TypeScript and translated to Python and Java by jsii-rosetta in strict mode,
// after a build. The README has blocks for other languages of its own, and tests that run them, so it is left out. Prints
// what does not compile; exits with 1 if something does not. The translations lie in .jsii.tabl.json, where jsii-pacmak and
// jsii-docgen find them.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './package.mjs';

const work = mkdtempSync(join(tmpdir(), 'zero-trust-examples-'));
try {
  const { readme: _, ...assembly } = JSON.parse(readFileSync(join(root, '.jsii'), 'utf8'));
  writeFileSync(join(work, '.jsii'), JSON.stringify({ ...assembly, fingerprint: '*' }));
  for (const name of ['package.json', 'rosetta']) cpSync(join(root, name), join(work, name), { recursive: true });
  const fixture = join(work, 'rosetta/default.ts-fixture');
  const names = Object.values(assembly.types).map(({ name }) => name);
  writeFileSync(fixture, readFileSync(fixture, 'utf8').replace('{ EVERYTHING }', `{ ${names.join(', ')} }`));
  for (const name of ['node_modules', 'build']) symlinkSync(join(root, name), join(work, name));
  const tablet = join(work, 'tablet.json');
  const options = ['extract', work, '--strict', '--directory', work, '--cache-to', tablet];
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/jsii-rosetta'), options, {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  const bad = status === 0 ? untranslated(tablet) : [`${stdout}${stderr}`];
  for (const line of bad) console.log(line);
  if (bad.length === 0) cpSync(join(work, '.jsii.tabl.json'), join(root, '.jsii.tabl.json'));
  process.exitCode = bad.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Examples that did not compile, or that a language lacks. */
function untranslated(tablet) {
  const snippets = Object.values(JSON.parse(readFileSync(tablet, 'utf8')).snippets);
  if (snippets.length === 0) return ['there is no example'];
  const bad = snippets.flatMap(({ translations, didCompile, location }) => [
    ...(didCompile ? [] : [`${JSON.stringify(location)} does not compile`]),
    ...['python', 'java']
      .filter((language) => !translations[language]?.source)
      .map((language) => `${JSON.stringify(location)} is not translated to ${language}`),
  ]);
  if (bad.length === 0) console.log(`${snippets.length} examples compile, and are translated to Python and Java`);
  return bad;
}
