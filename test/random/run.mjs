// Puts every property to fresh cases: `npm run test:random [-- times [suite …]]`. A failure names its seed, and
// RANDOM_SEED with that number shows it again.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [times = '5', ...asked] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(times)) {
  console.error(
    `The first argument is how many times as many cases as in npm test, such as 5; "${times}" is no such number.`,
  );
  process.exit(2);
}
const seed = process.env.RANDOM_SEED ?? String(1 + Math.floor(Math.random() * 2 ** 30));
const suites = readdirSync('test', { recursive: true })
  .map((name) => join('test', name))
  .filter((path) => path.endsWith('.test.ts') && !/[\\/](cluster|package|picture)[\\/]/.test(path))
  .filter((path) => asked.length === 0 || asked.some((part) => path.includes(part)))
  .filter((path) => /from 'fast-check'|RANDOM_SEED/.test(readFileSync(path, 'utf8')));
console.log(`RANDOM_SEED=${seed}, ${times} times the cases of npm test, ${suites.length} suites`);
const jest = ['node_modules/jest/bin/jest.js', '--testTimeout=3600000', '--runTestsByPath', ...suites];
const { status } = spawnSync(process.execPath, jest, {
  stdio: 'inherit',
  env: { ...process.env, RANDOM_SEED: seed, RANDOM_TIMES: times },
});
process.exit(status ?? 1);
