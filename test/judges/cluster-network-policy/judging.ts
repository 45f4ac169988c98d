import fc from 'fast-check';
import { render } from '../../../lib/engines/cluster-network-policy/render';
import { facts } from '../../engines/facts';
import { guardedGraphs } from '../../engines/guarded-graphs';
import type { Judge } from '../judge';
import { heldAgainst } from '../ours';
import { validated } from '../validated';
import type { WorldVerdicts } from '../verdicts';
import type { World } from '../world';
import { evaluators, isClusterPolicy } from './evaluators';
import { invalidCases } from './invalid';
import { clusterWorldsOfSeeds, keptWorlds, writeKept } from './verdicts';
import { randomClusterWorld } from './worlds';

/** How many flows are judged on fresh worlds: JUDGES_CLUSTER_VERDICTS. */
const wanted = Number(process.env.JUDGES_CLUSTER_VERDICTS ?? '200000');

export async function keepClusterVerdicts(judge: Judge): Promise<void> {
  const worlds = clusterWorldsOfSeeds(keptWorlds);
  const verdicts = [];
  for (const world of worlds) verdicts.push(await judged(judge, world));
  writeKept(worlds, verdicts);
  console.log(`kept the verdicts on ${worlds.length} worlds with ClusterNetworkPolicies`);
}

/** Holds our evaluators against the judge on worlds that nobody has seen. */
export async function judgeClusterWorlds(judge: Judge): Promise<void> {
  const firstSeed = Number(process.env.JUDGES_SEED || keptWorlds + 1 + Math.floor(Math.random() * 1_000_000_000));
  const disagreements: string[] = [];
  let flows = 0;
  let allowed = 0;
  let seed = firstSeed;
  for (; flows < wanted; seed++) {
    const world = randomClusterWorld(seed);
    const verdicts = await judged(judge, world);
    const held = evaluators.map((evaluator) => heldAgainst(evaluator, world, verdicts));
    flows += world.flows.length;
    allowed += verdicts.pods.filter(Boolean).length;
    disagreements.push(...held.flatMap((it) => it.disagreements));
  }
  for (const line of disagreements.slice(0, 20)) console.log(line);
  console.log(
    `${flows} verdicts (${allowed} of them allow) on ${seed - firstSeed} worlds with ClusterNetworkPolicies, from seed ${firstSeed}`,
  );
  console.log(`  held against ${evaluators.map(({ name }) => name).join(', ')}`);
  console.log(`${disagreements.length} disagreements`);
  if (disagreements.length > 0) process.exitCode = 1;
}

async function judged(judge: Judge, world: World): Promise<WorldVerdicts> {
  return { pods: [...(await judge.decide(world))].map((letter) => letter === 'A') };
}

/**
 * The CRD with its rules takes every policy that is rendered of random guardrails, and refuses what our reader refuses, but
 * for what it is known to take.
 */
export function validateClusterPolicies(programs: string): void {
  const rendered = fc.sample(guardedGraphs, { numRuns: 200, seed: 1 }).flatMap((graph) =>
    [undefined, '0.3.0'].flatMap((version) =>
      render(graph, facts('cluster-network-policy', { version }))
        .filter(isClusterPolicy)
        .map(({ of: _, ...manifest }, i) => ({ ...manifest, metadata: { name: `rendered-${i}` } })),
    ),
  );
  const said = validated(programs, [...rendered, ...invalidCases.map(({ object }) => object)]);
  const refused = said.slice(0, rendered.length).filter(({ ok }) => !ok);
  const taken = invalidCases.filter((one, i) => said[rendered.length + i]?.ok !== (one.isTaken === true));
  for (const { id, errors } of refused) console.log(`rendered, and refused: ${id}: ${errors?.join('; ')}`);
  for (const { what } of taken) console.log(`judged otherwise than expected: ${what}`);
  console.log(
    `${rendered.length} rendered ClusterNetworkPolicies and ${invalidCases.length} wrong ones validated by the CRD: ${refused.length + taken.length} disagreements`,
  );
  if (refused.length + taken.length > 0) process.exitCode = 1;
}
