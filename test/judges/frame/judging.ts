import type { Judge } from '../judge';
import { heldAgainst } from '../ours';
import type { WorldVerdicts } from '../verdicts';
import type { World } from '../world';
import { keptWorldsOf, type Suite, writeKept } from './suite';

export async function keepVerdicts(suite: Suite, judge: Judge): Promise<void> {
  const worlds = keptWorldsOf(suite);
  const verdicts = [];
  for (const world of worlds) verdicts.push(await judged(judge, world));
  writeKept(suite, worlds, verdicts);
  console.log(`kept the verdicts on ${worlds.length} worlds with ${suite.about}`);
}

/** Holds our evaluators against the judge on worlds that nobody has seen. */
export async function judgeFreshWorlds(suite: Suite, judge: Judge): Promise<void> {
  const { about, evaluators, keptWorlds, mostUndecided = 0 } = suite;
  const wanted = Number(process.env[suite.wanted] ?? '200000');
  const firstSeed = Number(process.env.JUDGES_SEED || keptWorlds + 1 + Math.floor(Math.random() * 1_000_000_000));
  const disagreements: string[] = [];
  const undecided = evaluators.map(() => 0);
  let flows = 0;
  let allowed = 0;
  let seed = firstSeed;
  for (; flows < wanted; seed++) {
    const world = suite.world(seed);
    const verdicts = await judged(judge, world);
    flows += world.flows.length;
    allowed += verdicts.pods.filter(Boolean).length;
    evaluators.forEach((evaluator, index) => {
      const held = heldAgainst(evaluator, world, verdicts);
      undecided[index] = (undecided[index] ?? 0) + held.undecided;
      disagreements.push(...held.disagreements);
    });
  }
  const most = Math.max(...undecided);
  if (most > mostUndecided * flows) disagreements.push(`${most} of ${flows} verdicts are left undecided`);
  for (const line of disagreements.slice(0, 20)) console.log(line);
  console.log(
    `${flows} verdicts (${allowed} of them allow) on ${seed - firstSeed} worlds with ${about}, from seed ${firstSeed}`,
  );
  console.log(`  held against ${evaluators.map(({ name }, i) => `${name} (${undecided[i]} undecided)`).join(', ')}`);
  console.log(`${disagreements.length} disagreements`);
  if (disagreements.length > 0) process.exitCode = 1;
}

async function judged(judge: Judge, world: World): Promise<WorldVerdicts> {
  return { pods: [...(await judge.decide(world))].map((letter) => letter === 'A') };
}
