import type { KnownSystem, SystemPart } from '../known-systems';
import { ZeroTrustError } from '../model/problem';
import type { Labels } from '../model/selector';
import { LabelOperator, type LabelRequirement, Pods } from '../values/pods';

type PartLabels = SystemPart['labels'][number];

/** The pods of a part by the labels of its official chart or operator, and whether somebody else's may have them too. */
export interface LabelledPods {
  readonly pods: Pods;
  readonly genericLabels?: string;
}

/**
 * Of several charts the newest one's labels count; where these differ in the value of one label alone (a master and its
 * replicas), any of the values.
 */
export function podsByLabels(
  system: KnownSystem,
  { name, labels: known }: SystemPart,
  instance?: string,
): LabelledPods {
  const [newest] = known;
  if (newest === undefined) throw new ZeroTrustError(noLabels(system, name));
  const alike = known.filter((each) => keysOf(each) === keysOf(newest));
  const requirements = [...byLabels(alike.map(({ labels }) => labels)), ...ofInstance(newest, instance)];
  const text = Object.entries(newest.labels).map(([key, value]) => `${key}: ${value}`);
  return {
    pods: Pods.matching(requirements),
    ...(newest.isGeneric && { genericLabels: text.join(', ') }),
  };
}

function keysOf({ labels }: PartLabels): string {
  return Object.keys(labels).sort().join();
}

function byLabels(alike: readonly Labels[]): LabelRequirement[] {
  return Object.keys(alike[0]).map((key) => ({
    key,
    operation: LabelOperator.IN,
    values: [...new Set(alike.map((labels) => labels[key]))].sort(),
  }));
}

/** The first of the keys with a value of the user's tells one instance from another; alone it says what the pods are. */
function ofInstance({ labels, keys = [] }: PartLabels, instance: string | undefined): LabelRequirement[] {
  const [key] = keys;
  if (key === undefined) return [];
  if (instance !== undefined) return [{ key, operation: LabelOperator.IN, values: [instance] }];
  return Object.keys(labels).length > 0 ? [] : keys.map((each) => ({ key: each, operation: LabelOperator.EXISTS }));
}

function noLabels({ title }: KnownSystem, part: string) {
  return {
    rule: 'catalog-pods',
    what: `no labels are known of ${title}${part === title.toLowerCase() ? '' : ` (${part})`}, so the catalog cannot say which pods it is`,
    value: part,
    allowed: 'the pods, or the workload',
    fix: `Give them: { pods: Pods.of(deployment) }; of a system of several parts by the part, { pods: { '${part}': Pods.of(deployment) } }, or say which parts run: { parts: […] }`,
  };
}
