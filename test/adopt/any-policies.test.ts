// Policies of any kind and shape, workloads of any labels: what is declared of them is proved, opens nothing between
// workloads, and whatever it changes is among the differences, which the naive evaluator has as well.
import { Cluster } from '../../lib';
import { adopted } from '../../lib/adopt/adopted';
import type { Plan } from '../../lib/adopt/plan';
import { adoptable } from '../../lib/adopt/todays-plan';
import { type ChangeEnd, planeOf } from '../../lib/analysis';
import { readText } from '../../lib/analysis/files/read-files';
import { seenOf } from '../../lib/checks/seen';
import { covers, portsText } from '../../lib/model/port-set';
import { randomCiliumWorld } from '../judges/cilium/worlds';
import { randomWorld } from '../judges/worlds';

const runs = Number(process.env['ADOPT_RUNS'] || 60);

it.each([
  ['Kubernetes', randomWorld, 'kubernetes', Cluster.kubernetes()],
  ['Cilium', randomCiliumWorld, 'cilium', Cluster.cilium({ version: '1.20' })],
] as const)('adopts random policies of %s, and opens nothing between workloads', (_, randomOne, engine, cluster) => {
  const tally = { flows: 0, changed: 0, judged: 0 };
  for (let seed = 1; seed <= runs; seed += 1) {
    const { documents } = randomOne(seed);
    const reading = readText(documents.map((object: unknown) => JSON.stringify(object)).join('\n---\n'), 'w.yaml', {});
    const seen = seenOf(reading, planeOf(reading, { engine }));
    const found = adopted(seen, { namespaces: adoptable(seen), cluster, plane: { engine } });
    if (found.problems.some(({ rule }) => rule === 'adoption-empty')) continue;
    expect({ seed, problems: found.problems }).toEqual({ seed, problems: [] });
    expect({ seed, witnesses: found.proof?.witnesses }).toEqual({ seed, witnesses: [] });
    const opened = (found.differences?.changes ?? [])
      .filter(({ before, after }) => !covers(before.may, after.must))
      .filter(({ from, to }) => isOfSingleTiers(from, found.plan) && isOfSingleTiers(to, found.plan))
      .map(
        ({ kind, from, to, before, after }) =>
          `${kind} ${text(from)} -> ${text(to)} ${portsText(before.may)} => ${portsText(after.may)}`,
      );
    // Policies of the cluster stay: what they allow and a policy that goes denied is open then, which is told.
    if (!documents.some(({ kind }) => kind === 'CiliumClusterwideNetworkPolicy')) {
      expect({ seed, opened }).toEqual({ seed, opened: [] });
      tally.judged += 1;
    }
    tally.flows += found.plan.flows.length;
    tally.changed += found.differences?.changes.length ?? 0;
  }
  expect(tally.flows).toBeGreaterThan(runs);
  expect(tally.judged).toBeGreaterThan(runs / 5);
});

/** Pods with the same labels are one tier, and what one of them is let through all are: that is told, and no defect. */
function isOfSingleTiers(end: ChangeEnd, { tiers }: Plan): boolean {
  const known = new Set(tiers.flatMap(({ workloads }) => workloads));
  return (
    end.kind === 'workloads' &&
    end.workloads.every((id) => known.has(id)) &&
    tiers
      .filter(({ workloads }) => workloads.some((id) => end.workloads.includes(id)))
      .every(({ workloads }) => workloads.length === 1)
  );
}

function text(end: ChangeEnd): string {
  return end.kind === 'workloads' ? end.workloads.join(' ') : '';
}
