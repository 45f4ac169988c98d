import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { cilium } from '../../../lib/engines/cilium/engine';
import { richGraphs } from '../../engines/cilium/graphs';
import { facts } from '../../engines/facts';
import { guardedGraphs } from '../../engines/guarded-graphs';
import type { Judge } from '../judge';
import { heldAgainst } from '../ours';
import type { WorldVerdicts } from '../verdicts';
import type { World } from '../world';
import { evaluators } from './evaluators';
import { wrongCases } from './invalid';
import { ciliumWorldsOfSeeds, keptWorlds, writeKept } from './verdicts';
import { randomCiliumWorld } from './worlds';

/** How many flows are judged on fresh worlds: JUDGES_CILIUM_VERDICTS. */
const wanted = Number(process.env.JUDGES_CILIUM_VERDICTS ?? '200000');

export async function keepCiliumVerdicts(judge: Judge): Promise<void> {
  const worlds = ciliumWorldsOfSeeds(keptWorlds);
  const verdicts = [];
  for (const world of worlds) verdicts.push(await judged(judge, world));
  writeKept(worlds, verdicts);
  console.log(`kept the verdicts on ${worlds.length} worlds with policies of Cilium`);
}

/** Holds our evaluators against Cilium on worlds that nobody has seen. */
export async function judgeCiliumWorlds(judge: Judge): Promise<void> {
  const firstSeed = Number(process.env.JUDGES_SEED || keptWorlds + 1 + Math.floor(Math.random() * 1_000_000_000));
  const disagreements: string[] = [];
  let flows = 0;
  let allowed = 0;
  let seed = firstSeed;
  for (; flows < wanted; seed++) {
    const world = randomCiliumWorld(seed);
    const verdicts = await judged(judge, world);
    flows += world.flows.length;
    allowed += verdicts.pods.filter(Boolean).length;
    disagreements.push(...evaluators.flatMap((evaluator) => heldAgainst(evaluator, world, verdicts).disagreements));
  }
  for (const line of disagreements.slice(0, 20)) console.log(line);
  console.log(
    `${flows} verdicts (${allowed} of them allow) on ${seed - firstSeed} worlds with policies of Cilium, from seed ${firstSeed}`,
  );
  console.log(`  held against ${evaluators.map(({ name }) => name).join(', ')}`);
  console.log(`${disagreements.length} disagreements`);
  if (disagreements.length > 0) process.exitCode = 1;
}

async function judged(judge: Judge, world: World): Promise<WorldVerdicts> {
  return { pods: [...(await judge.decide(world))].map((letter) => letter === 'A') };
}

/**
 * Cilium's validator takes every policy that is rendered of random graphs, and refuses what our reader refuses, but for what
 * it is known to take.
 */
export function validateCiliumPolicies(programs: string): void {
  const cluster = facts('cilium', { version: '1.20' });
  const graphs = [
    ...fc.sample(guardedGraphs, { numRuns: 200, seed: 1 }),
    ...fc.sample(richGraphs, { numRuns: 200, seed: 1 }),
  ].filter((graph) => cilium.limits(graph, cluster).length === 0);
  const rendered = graphs.flatMap((graph) =>
    cilium.render(graph, cluster).map(({ of: _, metadata, ...manifest }, i) => {
      return { ...manifest, metadata: { ...metadata, name: `rendered-${i}` } };
    }),
  );
  const said = validated(programs, [...rendered, ...wrongCases.map(({ object }) => object)]);
  const refused = said.slice(0, rendered.length).filter(({ ok }) => !ok);
  const taken = wrongCases.filter((one, i) => said[rendered.length + i]?.ok !== (one.isTaken === true));
  for (const { id, errors } of refused) console.log(`rendered, and refused: ${id}: ${errors?.join('; ')}`);
  for (const { what } of taken) console.log(`judged otherwise than expected: ${what}`);
  console.log(
    `${rendered.length} policies rendered of ${graphs.length} graphs for Cilium and ${wrongCases.length} wrong ones validated by it: ${refused.length + taken.length} disagreements`,
  );
  if (refused.length + taken.length > 0) process.exitCode = 1;
}

interface Validated {
  readonly id: string;
  readonly ok: boolean;
  readonly errors?: readonly string[];
}

function validated(programs: string, objects: readonly unknown[]): Validated[] {
  const input = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const { stdout, stderr } = spawnSync(join(programs, 'cilium'), ['validate', '--json', '-'], {
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const lines = stdout.trim().split('\n');
  if (lines.length !== objects.length)
    throw new Error(`${lines.length} answers for ${objects.length} objects: ${stderr}`);
  return lines.map((line) => JSON.parse(line));
}
