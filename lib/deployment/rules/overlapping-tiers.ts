import { isWaived } from '../../findings/waiver-uses';
import * as selectors from '../../model/selector';
import { candidatesIn } from '../workloads/given-workload';
import { mayBeSelected, renderedPods } from '../workloads/rendered-pods';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { problemAt, type RuleContext } from './rule';

/** A pod in two tiers would have the flows of both, which nobody declared. */
export function overlappingTiers({ tiers }: RuleContext) {
  const byNamespace = new Map<object, ResolvedTier[]>();
  for (const tier of tiers.values()) {
    const members = byNamespace.get(tier.record.namespace) ?? [];
    members.push(tier);
    byNamespace.set(tier.record.namespace, members);
  }
  return [...byNamespace.values()].flatMap((members) =>
    members.flatMap((a, index) => members.slice(index + 1).flatMap((b) => overlap(a, b))),
  );
}

function overlap(a: ResolvedTier, b: ResolvedTier) {
  // Asked of every two tiers of a namespace, and mostly not so: what they share is only made where there is something.
  if (!selectors.intersects(a.endpoint.pods.pods, b.endpoint.pods.pods)) return [];
  if (isNeverIn(a, b) || isNeverIn(b, a)) return [];
  const shared = selectors.both(a.endpoint.pods.pods, b.endpoint.pods.pods);
  const witness = selectors.sample(shared);
  if (witness === undefined) return [];
  const { namespace } = a.record;
  if (isWaived('overlapping-tiers', a.record.acknowledged, b.record.acknowledged, namespace.acknowledged)) return [];
  const names = `${a.record.namespace.name}/${a.record.name} and ${b.record.namespace.name}/${b.record.name}`;
  const labels = JSON.stringify(witness);
  return [
    problemAt(b.record.construct, {
      rule: 'overlapping-tiers',
      what: `a pod with the labels ${labels} is in the tiers ${names}, and gets the flows of both`,
      value: labels,
      allowed: 'tiers of a namespace that no pod can be in together',
      fix: [
        ...apartBy(a, b),
        'Select by different values of one label, or give both tiers their workloads (Pods.of), or acknowledge it on one of them:',
        "  acknowledge: [{ rule: 'overlapping-tiers', because: '…' }]",
      ].join('\n'),
    }),
  ];
}

/** Pods of a workload have the labels that it renders, and no others: a tier by other labels has none of them. */
function isNeverIn({ record, problems }: ResolvedTier, { endpoint }: ResolvedTier): boolean {
  const { workload } = record.pods;
  if (workload === undefined || problems.length > 0) return false;
  const pods = candidatesIn(workload).flatMap(renderedPods);
  return pods.length > 0 && !pods.some((pod) => mayBeSelected(endpoint.pods.pods, pod));
}

/**
 * A label that one tier asks for and the other does not speak of keeps them apart, where the other says that its pods have
 * none: so pods that an operator labels are told from those of a chart.
 */
function apartBy(a: ResolvedTier, b: ResolvedTier): readonly string[] {
  const [of, key] = [lackOf(a, b), lackOf(b, a)].find(([, lacking]) => lacking !== undefined) ?? [];
  if (of === undefined || key === undefined) return [];
  const { namespace, name } = of.record;
  return [
    `Where pods of ${namespace.name}/${name} have no label ${key}, say so beside its own:`,
    `  Pods.matching([…, { key: '${key}', operation: LabelOperator.DOES_NOT_EXIST }])`,
  ];
}

function lackOf(of: ResolvedTier, other: ResolvedTier): [ResolvedTier, string | undefined] {
  // Pods of a workload are selected by what it renders, and nothing is to be said beside that.
  if (of.record.pods.workload !== undefined) return [of, undefined];
  const own = new Set(selectors.requirements(of.endpoint.pods.pods).map(({ key }) => key));
  const asked = selectors.requirements(other.endpoint.pods.pods).filter(isAsked);
  return [of, asked.find(({ key }) => !own.has(key))?.key];
}

/** The label has to be there. */
function isAsked({ operator }: selectors.Requirement): boolean {
  return operator === 'In' || operator === 'Exists';
}
