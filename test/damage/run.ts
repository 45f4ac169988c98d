import { readFileSync, writeFileSync } from 'node:fs';
import { declarations } from './declarations';
import { Subject } from './judgement';
import { operators } from './operators';
import { QUALITY, withTable } from './table';
import { rowOf } from './tally';

// npm run test:damage: as often as the document says, and into the document. Another seed, or more: DAMAGE_SEED, DAMAGE_TIMES.

const times = Number(process.env.DAMAGE_TIMES ?? 500);
const seed = Number(process.env.DAMAGE_SEED ?? 1);
const GENERATED = 40;

const subjects = declarations(GENERATED).map((each) => new Subject(each));
try {
  const rows = operators.map((operator) => {
    const row = rowOf(operator, subjects, times, seed);
    console.log(operator.name, JSON.stringify(row.counts));
    return row;
  });
  const misses = rows.flatMap((row) => row.misses);
  for (const miss of misses) console.error(`\nMISSED: ${miss}`);
  const different = subjects.reduce((sum, subject) => sum + subject.different - 1, 0);
  console.log(`${different} different sets of manifests, ${misses.length} missed`);
  if (misses.length > 0) process.exitCode = 1;
  else if (times >= 500)
    writeFileSync(
      QUALITY,
      withTable(readFileSync(QUALITY, 'utf8'), rows, { different, subjects: subjects.length, seed }),
    );
} finally {
  for (const subject of subjects) subject.remove();
}
