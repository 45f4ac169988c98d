import type { Differences } from '../analysis';
import { differencesCsv } from '../report/differences-csv';
import { differencesText } from '../report/differences-text';
import type { Adoption } from './adopted';
import { LEFT_OUT_FILE, leftOutCsv, leftOutText } from './left-out-text';
import { keyOf } from './plan';

/** What was adopted, in words: how much, what holds, what was left out, and what changes once it is applied. */
export function adoptionText({ plan, left, proof, differences }: Adoption): string {
  const { namespaces, tiers, flows } = plan;
  const counts = [count(namespaces, 'namespace'), count(tiers, 'tier'), count(flows, 'flow')].join(', ');
  const verdict =
    proof?.isProved === true
      ? 'proved: the policies allow exactly that'
      : `not proved: ${proof?.witnesses.join(' ') ?? ''}`;
  return [
    `${counts}; ${verdict}\n`,
    ...(left.length === 0 ? [] : [leftOutText(left)]),
    ...(differences === undefined
      ? []
      : [`what changes when it is applied in place of today's policies${whole(differences)}\n\n${told(differences)}`]),
  ].join('\n');
}

/** Of more changes of a kind than this, the first of each policy are told: nobody reads a line for each connection of a cluster. */
const MOST_TOLD = 10;

function told(differences: Differences): string {
  return differencesText(differences, { most: MOST_TOLD });
}

function whole({ changes }: Differences): string {
  return changes.length > MOST_TOLD ? `; each is in ${DIFFERENCES_FILE} of the project` : '';
}

/** The file of an adopted project in which every change is. */
const DIFFERENCES_FILE = 'differences.csv';

/** What the report counts and does not tell one by one, as files of the project by their paths. */
export function reportFiles({ left, differences }: Adoption): Readonly<Record<string, string>> {
  return {
    ...(left.length > 0 && { [LEFT_OUT_FILE]: leftOutCsv(left) }),
    ...(differences !== undefined &&
      differences.changes.length > 0 && { [DIFFERENCES_FILE]: [...differencesCsv(differences)].join('') }),
  };
}

function count(all: readonly unknown[], noun: string): string {
  return `${all.length} ${noun}${all.length === 1 ? '' : 's'}`;
}

/** The same for programs. */
export function adoptionJson({ plan, left, proof, differences }: Adoption): string {
  const fields = {
    schema: 'cdk8s-zero-trust/adoption/v1',
    namespaces: plan.namespaces.map(({ name }) => name),
    tiers: plan.tiers.map((tier) => ({
      tier: keyOf(tier),
      workloads: tier.workloads,
      system: tier.system,
      entry: tier.entry,
    })),
    flows: plan.flows.length,
    isProved: proof?.isProved === true,
    left,
    paths: differences?.paths,
  };
  return `${JSON.stringify(fields, undefined, 2)}\n`;
}
