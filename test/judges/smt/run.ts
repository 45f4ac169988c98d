import { apps } from '../../../apps/main';
import { Rendered } from './both-sides';
import { casesOf } from './cases';
import { ENGINES } from './declarations';
import { Solver } from './solver';
import { Tally } from './tally';

// npm run test:smt: all apps, and 500 random declarations an engine, each as it is and damaged. Another seed, or more:
// SMT_SEED, SMT_DECLARATIONS, SMT_DAMAGES.

const seed = Number(process.env.SMT_SEED ?? 1);
const count = Number(process.env.SMT_DECLARATIONS ?? 500);
const damages = Number(process.env.SMT_DAMAGES ?? 1);

async function run(): Promise<void> {
  const solver = await Solver.start();
  try {
    const tallies = [judgeApps(solver), ...ENGINES.map((engine) => judgeRandom(engine, solver))];
    const found = tallies.flatMap(({ disagreements }) => disagreements);
    for (const each of found.slice(0, 20)) console.error(`\nDISAGREEMENT: ${each}`);
    console.log(`${solver.asked} different questions, ${found.length} disagreements`);
    if (found.length > 0) process.exitCode = 1;
  } finally {
    solver.stop();
  }
}

function judgeApps(solver: Solver): Tally {
  const tally = new Tally();
  return timed('apps', tally, () => {
    for (const [name, make] of Object.entries(apps)) {
      const rendered = new Rendered(name, make);
      tally.add({ rendered, files: rendered.files }, solver);
      rendered.remove();
    }
  });
}

function judgeRandom(engine: (typeof ENGINES)[number], solver: Solver): Tally {
  const tally = new Tally();
  return timed(`${count} declarations on ${engine}`, tally, () => {
    for (const each of casesOf(engine, count, damages, seed)) tally.add(each, solver);
  });
}

function timed(name: string, tally: Tally, work: () => void): Tally {
  const [began, cpu] = [Date.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(cpu);
  const { sets, damaged, proved, refuted, witnesses, apart } = tally;
  console.log(
    `${name}: ${sets} sets of manifests (${damaged} damaged), ${proved} proved, ${refuted} refuted, ${witnesses} witnesses of Z3 borne out, ` +
      `${tally.disagreements.length} disagreements, seed ${seed}, ${Math.round((Date.now() - began) / 1000)} s (${Math.round((user + system) / 1e6)} s of CPU)`,
  );
  if (tally.byBounds > 0)
    console.log(
      `  ${tally.byBounds} refuted for more than is wrong, ${tally.falseAlarms} of them with nothing wrong: bounds of blocks`,
    );
  for (const [why, times] of apart) console.log(`  apart: ${times} (${why})`);
  return tally;
}

run().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
