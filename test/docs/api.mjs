// Writes docs/api from the jsii assembly with jsii-docgen: a page for TypeScript, Python and Java, whose examples are those that
// `npm run examples:languages` translated. Run after a build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LANGUAGES = ['typescript', 'python', 'java'];
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs/api');
const work = mkdtempSync(join(tmpdir(), 'zero-trust-api-'));

try {
  run('npm', ['run', '--silent', 'examples:languages']);
  const options = ['--output', join(work, 'api'), ...LANGUAGES.flatMap((language) => ['--language', language])];
  run(join(root, 'node_modules/.bin/jsii-docgen'), options);
  mkdirSync(folder, { recursive: true });
  for (const language of LANGUAGES) writeFileSync(join(folder, `${language}.md`), pageOf(language));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The page, with its lines ended as all files here are. */
function pageOf(language) {
  const text = readFileSync(join(work, `api.${language}.md`), 'utf8');
  const title = { typescript: 'TypeScript', python: 'Python', java: 'Java' }[language];
  return `${text
    .replace(/^# API Reference.*\n/, `# API for ${title}\n`)
    .replace(/[ \t]+$/gm, '')
    .trimEnd()}\n`;
}

function run(command, args) {
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', env });
  if (status === 0) return;
  console.log(`${stdout}${stderr}`);
  throw new Error(`${command} failed`);
}
