import type { Differences } from '../analysis';
import { printable } from '../model/printable';
import { counted } from '../report/counted';
import { differencesCsv } from '../report/differences-csv';
import { differencesText } from '../report/differences-text';
import type { Adoption } from './adopted';
import { LEFT_OUT_FILE, leftOutCsv, leftOutText } from './left-out-text';
import { keyOf } from './plan';
import type { RequestsBetween } from './requests-between';

/** What was adopted, in words: how much, what holds, what was left out, and what changes once it is applied. */
export function adoptionText({ plan, left, proof, differences, requests }: Adoption): string {
  const { namespaces, tiers, flows } = plan;
  const counts = [
    counted(namespaces.length, 'namespace'),
    counted(tiers.length, 'tier'),
    counted(flows.length, 'flow'),
  ].join(', ');
  const verdict =
    proof?.isProved === true
      ? 'proved: the policies allow exactly that'
      : `not proved: ${proof?.witnesses.join(' ') ?? ''}`;
  return [
    `${counts}; ${verdict}\n`,
    ...(left.length === 0 ? [] : [leftOutText(left)]),
    ...(requests === undefined || requests.same + requests.changed.length === 0 ? [] : [requestsText(requests)]),
    ...(differences === undefined
      ? []
      : [`what changes when it is applied in place of today's policies${whole(differences)}\n\n${told(differences)}`]),
  ].join('\n');
}

/** Which requests pass between tiers is told by pair: connections are compared by ports alone. */
function requestsText({ same, changed }: RequestsBetween): string {
  const lines = changed
    .slice(0, MOST_TOLD)
    .flatMap(({ from, to, gone, come }) => [
      `  ${from} -> ${to}`,
      ...gone.map((text) => `    - ${printable(text)}`),
      ...come.map((text) => `    + ${printable(text)}`),
    ]);
  const more = changed.length - MOST_TOLD;
  return [
    `requests between tiers: ${counted(same, 'pair')} as today, ${changed.length} otherwise`,
    ...lines,
    ...(more > 0 ? [`  … and ${counted(more, 'more pair')}`] : []),
    '',
  ].join('\n');
}

/** Of more changes of a kind than this, the first of each policy are told: nobody reads a line for each connection of a cluster. */
const MOST_TOLD = 10;

function told(differences: Differences): string {
  return differencesText(differences, { most: MOST_TOLD });
}

/** Where the rest is of a kind of which not every change is told. */
function whole({ changes }: Differences): string {
  const counts = new Map<string, number>();
  for (const { kind, presence } of changes) {
    const section = presence === 'stayed' ? kind : presence;
    counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  const isCut = [...counts.values()].some((count) => count > MOST_TOLD);
  return isCut ? `; each is in ${DIFFERENCES_FILE} of the project` : '';
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

/** The same for programs. */
export function adoptionJson({ plan, left, proof, differences, requests }: Adoption): string {
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
    requests,
  };
  return `${JSON.stringify(fields, undefined, 2)}\n`;
}
