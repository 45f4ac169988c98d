import type { Judge } from '../judge';
import { heldAgainst } from '../ours';
import { validated } from '../validated';
import type { WorldVerdicts } from '../verdicts';
import type { World } from '../world';
import { evaluators } from './evaluators';
import { invalidCases } from './invalid';
import { adminWorldsOfSeeds, keptWorlds, writeKept } from './verdicts';
import { randomAdminWorld } from './worlds';

/** How many flows are judged on fresh worlds: JUDGES_ADMIN_VERDICTS. */
const wanted = Number(process.env.JUDGES_ADMIN_VERDICTS ?? '200000');

export async function keepAdminVerdicts(judge: Judge): Promise<void> {
  const worlds = adminWorldsOfSeeds(keptWorlds);
  const verdicts = [];
  for (const world of worlds) verdicts.push(await judged(judge, world));
  writeKept(worlds, verdicts);
  console.log(`kept the verdicts on ${worlds.length} worlds with AdminNetworkPolicies`);
}

/** Holds our evaluators against the judge on worlds that nobody has seen. */
export async function judgeAdminWorlds(judge: Judge): Promise<void> {
  const firstSeed = Number(process.env.JUDGES_SEED || keptWorlds + 1 + Math.floor(Math.random() * 1_000_000_000));
  const disagreements: string[] = [];
  let flows = 0;
  let allowed = 0;
  let seed = firstSeed;
  for (; flows < wanted; seed++) {
    const world = randomAdminWorld(seed);
    const verdicts = await judged(judge, world);
    const held = evaluators.map((evaluator) => heldAgainst(evaluator, world, verdicts));
    flows += world.flows.length;
    allowed += verdicts.pods.filter(Boolean).length;
    disagreements.push(...held.flatMap((it) => it.disagreements));
  }
  for (const line of disagreements.slice(0, 20)) console.log(line);
  console.log(
    `${flows} verdicts (${allowed} of them allow) on ${seed - firstSeed} worlds with AdminNetworkPolicies, from seed ${firstSeed}`,
  );
  console.log(`  held against ${evaluators.map(({ name }) => name).join(', ')}`);
  console.log(`${disagreements.length} disagreements`);
  if (disagreements.length > 0) process.exitCode = 1;
}

async function judged(judge: Judge, world: World): Promise<WorldVerdicts> {
  return { pods: [...(await judge.decide(world))].map((letter) => letter === 'A') };
}

/** The CRDs with their rules refuse what our reader refuses, but for what they are known to take. */
export function validateAdminPolicies(programs: string): void {
  const said = validated(
    programs,
    invalidCases.map(({ object }) => object),
  );
  const wrong = invalidCases.filter((one, i) => said[i]?.ok !== (one.isTaken === true));
  for (const { what } of wrong) console.log(`judged otherwise than expected: ${what}`);
  console.log(`${invalidCases.length} wrong AdminNetworkPolicies validated by the CRDs: ${wrong.length} disagreements`);
  if (wrong.length > 0) process.exitCode = 1;
}
