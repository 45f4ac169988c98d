import { type Agreed, agreed } from '../agreed';
import { evaluators } from '../evaluators';
import type { Judge } from '../judge';
import { heldAgainst } from '../ours';
import type { WorldVerdicts } from '../verdicts';
import { tableDifferences } from './tables';
import { writeKept } from './verdicts';
import { type UpstreamWorld, upstreamWorlds } from './worlds';

interface Judges {
  readonly kubernetes: Judge;
  readonly cilium: Judge;
}

export async function keepUpstreamVerdicts(judges: Judges): Promise<void> {
  const kept: WorldVerdicts[] = [];
  for (const world of upstreamWorlds) {
    const { verdicts, disagreements } = await judged(judges, world);
    if (disagreements.length > 0) throw new Error(`the engines disagree:\n${disagreements.join('\n')}`);
    kept.push(verdicts);
  }
  writeKept(kept);
  console.log(`kept the verdicts on ${upstreamWorlds.length} worlds of upstream's tests`);
}

/** Asks the engines about upstream's tests, and holds their verdicts against upstream's tables and our evaluators. */
export async function judgeUpstreamWorlds(judges: Judges): Promise<void> {
  const differences: string[] = [];
  const counts = new Map<string, number>();
  for (const world of upstreamWorlds) {
    const between = await judged(judges, world);
    for (const [name, count] of between.counts) counts.set(name, (counts.get(name) ?? 0) + count);
    differences.push(
      ...between.disagreements,
      ...tableDifferences(world, between.verdicts),
      ...evaluators.flatMap((evaluator) => heldAgainst(evaluator, world, between.verdicts).disagreements),
    );
  }
  for (const line of differences.slice(0, 20)) console.log(line);
  const flows = upstreamWorlds.reduce((sum, world) => sum + world.flows.length, 0);
  console.log(`${flows} verdicts on ${upstreamWorlds.length} worlds of upstream's tests`);
  for (const [name, count] of counts) {
    console.log(`  ${count} judged by ${name === 'both engines' ? name : `one engine alone: ${name}`}`);
  }
  console.log(`  held against upstream's tables, ${evaluators.map(({ name }) => name).join(', ')}`);
  console.log(`${differences.length} disagreements`);
  if (differences.length > 0) process.exitCode = 1;
}

async function judged({ kubernetes, cilium }: Judges, world: UpstreamWorld): Promise<Agreed> {
  return agreed(world, ...(await Promise.all([kubernetes.decide(world), cilium.decide(world)])));
}
