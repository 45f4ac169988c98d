/**
 * Mutates room after room, or those that are named: npm run mutation -- model proof. Prints a table, and exits with 1
 * where a room is below its bar. What survived is in reports/mutation/<room>.html.
 */
const { spawnSync } = require('node:child_process');
const { readFileSync, rmSync } = require('node:fs');
const { rooms } = require('./rooms.js');

main(process.argv.slice(2));

function main(named) {
  const lines = [];
  for (const room of named.length > 0 ? named : Object.keys(rooms)) {
    rmSync(reportOf(room), { force: true });
    const env = { ...process.env, MUTATION: room };
    const { status } = spawnSync('npx', ['stryker', 'run', 'stryker.config.js'], { stdio: 'inherit', env });
    if (status !== 0) process.exitCode = 1;
    lines.push(rowOf(room));
  }
  console.log(['| room | mutants | killed | survived | score |', '|---|---|---|---|---|', ...lines].join('\n'));
}

/** Stryker's own score: what ran into its time limit was noticed too, and what no test reaches survived. */
function rowOf(room) {
  const { files } = JSON.parse(readFileSync(reportOf(room), 'utf8'));
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted) => statuses.filter((status) => wanted.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  const survived = count('Survived', 'NoCoverage');
  return `| ${room} | ${killed + survived} | ${killed} | ${survived} | ${((100 * killed) / (killed + survived)).toFixed(1)} % |`;
}

function reportOf(room) {
  return `reports/mutation/${room}.report.json`;
}
