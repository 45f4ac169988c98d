/**
 * Holds our evaluators against the policy engines' own code on fresh worlds, until JUDGES_VERDICTS flows (default one
 * million) have been judged: npm run test:judges. JUDGES_SEED chooses the first seed, to see a run again. With `--keep`
 * it judges the worlds of the first 2,000 seeds instead and writes their verdicts for `replay.test.ts`. The name of a folder
 * (`-- cilium`, `-- --keep cilium`) leaves the others out.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildGoPrograms } from '../cluster/support/go-programs';
import { adminNetworkPolicy } from './admin-network-policy/suite';
import { validateAdminPolicies } from './admin-network-policy/validating';
import { agreed } from './agreed';
import { ciliumPolicy } from './cilium/suite';
import { validateCiliumPolicies } from './cilium/validating';
import { clusterNetworkPolicy } from './cluster-network-policy/suite';
import { validateClusterPolicies } from './cluster-network-policy/validating';
import { evaluators } from './evaluators';
import { judgeFreshWorlds, keepVerdicts } from './frame/judging';
import { Judge } from './judge';
import { heldAgainst } from './ours';
import { judgePrograms } from './programs';
import { judgeUpstreamWorlds, keepUpstreamVerdicts } from './upstream/judging';
import { digestOf, toText, worldsOfSeeds } from './verdicts';
import type { World } from './world';
import { randomWorld } from './worlds';

const keptWorlds = 2000;

/** The folder of a suite, where the others are left out. */
const part = process.argv.slice(2).find((argument) => !argument.startsWith('--'));

async function main(): Promise<void> {
  const built = buildGoPrograms(judgePrograms);
  if (built.kind === 'missing') {
    console.log(`SKIPPED: the judges: ${built.reason}`);
    return;
  }
  const judges = { kubernetes: new Judge(built.folder, 'kubernetes'), cilium: new Judge(built.folder, 'cilium') };
  try {
    if (process.argv.includes('--keep')) {
      if (part === undefined) await keep(judges);
      if (part === undefined) await keepUpstreamVerdicts(judges);
      for (const { suite, judge } of suites(judges)) await keepVerdicts(suite, judge);
    } else {
      if (part === undefined) await judgeUpstreamWorlds(judges);
      if (part === undefined) await judgeFreshNetworkPolicies(judges);
      for (const { suite, judge, validate } of suites(judges)) {
        await judgeFreshWorlds(suite, judge);
        validate(built.folder);
      }
    }
  } finally {
    await Promise.all([judges.kubernetes.stop(), judges.cilium.stop()]);
  }
}

interface Judges {
  readonly kubernetes: Judge;
  readonly cilium: Judge;
}

/** Those with kinds of policies that one judge alone decides, or the one of them that is asked for. */
function suites({ kubernetes, cilium }: Judges) {
  const all = [
    { suite: clusterNetworkPolicy, judge: kubernetes, validate: validateClusterPolicies },
    { suite: adminNetworkPolicy, judge: kubernetes, validate: validateAdminPolicies },
    { suite: ciliumPolicy, judge: cilium, validate: validateCiliumPolicies },
  ];
  const asked = all.filter(({ suite }) => part === undefined || basename(suite.folder) === part);
  if (asked.length === 0) throw new Error(`there is no folder "${part}" of a suite`);
  return asked;
}

async function keep(judges: Judges): Promise<void> {
  const worlds = worldsOfSeeds(keptWorlds);
  const kept = [];
  for (const world of worlds) {
    const { verdicts, disagreements } = await judged(judges, world);
    if (disagreements.length > 0) throw new Error(`the engines disagree:\n${disagreements.join('\n')}`);
    kept.push(verdicts);
  }
  writeFileSync(join(__dirname, 'verdicts.txt'), toText({ digest: digestOf(worlds), worlds: kept }));
  console.log(`kept the verdicts on ${worlds.length} worlds`);
}

async function judgeFreshNetworkPolicies(judges: Judges): Promise<void> {
  const wanted = numberFrom('JUDGES_VERDICTS', 1_000_000);
  const firstSeed = numberFrom('JUDGES_SEED', keptWorlds + 1 + Math.floor(Math.random() * 1_000_000_000));
  const counts = new Map<string, number>();
  const disagreements: string[] = [];
  let flows = 0;
  let seed = firstSeed;
  for (; flows < wanted; seed++) {
    const world = randomWorld(seed);
    const between = await judged(judges, world);
    const ours = evaluators.map((evaluator) => heldAgainst(evaluator, world, between.verdicts));
    flows += world.flows.length;
    for (const [name, count] of between.counts) counts.set(name, (counts.get(name) ?? 0) + count);
    disagreements.push(...between.disagreements, ...ours.flatMap((held) => held.disagreements));
  }
  for (const line of disagreements.slice(0, 20)) console.log(line);
  console.log(`${flows} verdicts on ${seed - firstSeed} worlds, seeds ${firstSeed} to ${seed - 1}`);
  for (const [name, count] of counts) {
    console.log(`  ${count} judged by ${name === 'both engines' ? name : `one engine alone: ${name}`}`);
  }
  console.log(`  held against ${evaluators.map(({ name }) => name).join(', ')}`);
  console.log(`${disagreements.length} disagreements`);
  if (disagreements.length > 0) process.exitCode = 1;
}

async function judged(judges: Judges, world: World) {
  const [kubernetes, cilium] = await Promise.all([judges.kubernetes.decide(world), judges.cilium.decide(world)]);
  return agreed(world, kubernetes, cilium);
}

function numberFrom(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return otherwise;
  if (!/^\d+$/.test(text)) throw new Error(`${variable} is a whole number, not "${text}"`);
  return Number(text);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
