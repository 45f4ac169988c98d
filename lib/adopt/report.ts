import { differencesText } from '../report/differences-text';
import type { Adoption } from './adopted';
import { keyOf, type LeftOut } from './plan';

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
    ...(left.length === 0 ? [] : [`not taken over (${left.length})\n${left.map(leftLine).join('')}`]),
    ...(differences === undefined
      ? []
      : [`what changes when it is applied in place of today's policies\n\n${differencesText(differences)}`]),
  ].join('\n');
}

function leftLine({ of, what, line }: LeftOut): string {
  return `  ${of}: ${what}${line === undefined ? '' : `\n    to allow it: ${line}`}\n`;
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
