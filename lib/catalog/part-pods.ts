import { TIER_LABEL } from '../deployment/workloads/workload';
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
 * replicas), any of the values. What the parts beside it are selected by, it does not have.
 */
export function podsByLabels(
  system: KnownSystem,
  part: SystemPart,
  { instance, beside = [], hasTiersOfWorkloads = false }: Beside = {},
): LabelledPods {
  const [newest] = part.labels;
  if (newest === undefined) throw new ZeroTrustError(noLabels(system, [part.name]));
  const own = requirementsOf(part, instance);
  const apart = beside.flatMap((other) => apartFrom(own, requirementsOf(other, instance)));
  const text = Object.entries(newest.labels).map(([key, value]) => `${key}: ${value}`);
  return {
    pods: Pods.matching([
      ...own,
      ...apart,
      ...(hasTiersOfWorkloads ? [{ key: TIER_LABEL, operation: LabelOperator.DOES_NOT_EXIST }] : []),
    ]),
    ...(newest.isGeneric && { genericLabels: text.join(', ') }),
  };
}

/** @throws for those of which no labels are known, all in one. */
export function refusePartsWithoutLabels(system: KnownSystem, parts: readonly SystemPart[]): void {
  const names = parts.filter(({ labels }) => labels.length === 0).map(({ name }) => name);
  if (names.length > 0) throw new ZeroTrustError(noLabels(system, names));
}

/** What else is a tier in the same namespace. */
export interface Beside {
  readonly instance?: string;
  /** Parts that are selected by their labels as well, and that this one gives way to. */
  readonly beside?: readonly SystemPart[];
  /** Some take their pods from workloads, which have the label of a tier of ours. */
  readonly hasTiersOfWorkloads?: boolean;
}

function requirementsOf({ labels: known }: SystemPart, instance: string | undefined): LabelRequirement[] {
  const [newest] = known;
  if (newest === undefined) return [];
  const alike = known.filter((each) => keysOf(each) === keysOf(newest));
  return [...byLabels(alike.map(({ labels }) => labels)), ...ofInstance(newest, instance)];
}

/** Nothing where a label tells the two apart already. */
function apartFrom(own: readonly LabelRequirement[], other: readonly LabelRequirement[]): LabelRequirement[] {
  const isApart = own.some(({ key, values = [] }) =>
    other.some((each) => each.key === key && each.values?.some((value) => values.includes(value)) === false),
  );
  const telling = other.find(({ key }) => own.every((each) => each.key !== key));
  if (isApart || telling === undefined) return [];
  const { key, values } = telling;
  return values === undefined
    ? [{ key, operation: LabelOperator.DOES_NOT_EXIST }]
    : [{ key, operation: LabelOperator.NOT_IN, values }];
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

/** One of the keys with a value of the user's tells instances apart, mostly the first; alone they say what the pods are. */
function ofInstance({ labels, keys = [] }: PartLabels, instance: string | undefined): LabelRequirement[] {
  const key = keys.find((each) => each === INSTANCE_LABEL) ?? keys[0];
  if (key === undefined) return [];
  if (instance !== undefined) return [{ key, operation: LabelOperator.IN, values: [instance] }];
  return Object.keys(labels).length > 0 ? [] : keys.map((each) => ({ key: each, operation: LabelOperator.EXISTS }));
}

const INSTANCE_LABEL = 'app.kubernetes.io/instance';

function noLabels({ id, title }: KnownSystem, names: readonly string[]) {
  const isWhole = names.length === 1 && names[0] === id;
  return {
    rule: 'catalog-pods',
    what: `no labels are known of ${title}${isWhole ? '' : ` (${names.join(', ')})`}, so the catalog cannot say which pods it is`,
    value: names.join(', '),
    allowed: 'the pods, or the workload',
    fix: isWhole
      ? 'Give them: { pods: Pods.of(deployment) }'
      : `Give them by the part, ${podsByPart(names)}, or say which parts run: { parts: […] }`,
  };
}

/** How the pods of these parts are given: `{ pods: { frontend: Pods.of(…), … } }`. */
export function podsByPart([name, ...others]: readonly string[]): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
  return `{ pods: { ${key}: Pods.of(deployment)${others.length > 0 ? ', …' : ''} } }`;
}
