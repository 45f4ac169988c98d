import type { IpSet } from '../../model/ip-set';
import type { Layer, Plane } from '../../model/layer';
import { NAMESPACE_NAME_LABEL, type PodSet, soleNamespace } from '../../model/pod-set';
import { remembered } from '../../model/remembered';
import { sameData } from '../../model/same-data';
import type { Labels } from '../../model/selector';
import type { Workload, World } from '../../model/world';
import type { ByClass } from '../connectivity/connectivity';
import { matchOfLabels } from '../connectivity/match';
import type { JointClass } from './joint-classes';
import type { PolicyChange } from './policy-changes';

interface State {
  readonly world: World;
  readonly plane: Plane;
  readonly podAddresses?: IpSet;
}

/** One state, worked out. */
interface Side {
  readonly byClass: Pick<ByClass, 'members'>;
}

/**
 * Positions of the joint classes, rising, of which something may have changed: their workloads came, went or are otherwise,
 * or a rule or an isolation that changed is about them. What passes between two others is the same as it was, since a rule
 * decides by its subject, its peer and itself alone. All of them where planes differ in more than rules of union layers.
 */
export function touchedClasses(
  classes: readonly JointClass[],
  before: State,
  after: State,
  sides: { readonly was: Side; readonly is: Side },
  policies: readonly PolicyChange[],
): readonly number[] {
  const positions = [...classes.keys()];
  if (!onlyRulesDiffer(before, after)) return positions;
  const [labelsBefore, labelsAfter] = [labelsOfNamespaces(before.world), labelsOfNamespaces(after.world)];
  const subjects = subjectsOf(policies);
  return positions.filter((position) => {
    const { before: old, after: own } = classes[position];
    if (old === undefined || own === undefined) return true;
    const [was] = sides.was.byClass.members(old);
    const [is] = sides.is.byClass.members(own);
    const labels = labelsBefore.get(was.namespace) ?? {};
    if (!isSamePod(was, is) || !sameData(labels, labelsAfter.get(is.namespace) ?? {})) return true;
    return subjects(labels).some((subject) => mayHave(subject, was, labels));
  });
}

function onlyRulesDiffer(before: State, after: State): boolean {
  return (
    sameData(before.podAddresses, after.podAddresses) &&
    sameData(bare(before.plane), bare(after.plane)) &&
    [...before.plane.layers, ...after.plane.layers].every(({ order }) => order === 'union')
  );
}

/** Without what policies say. */
function bare(plane: Plane) {
  const layers = plane.layers.map(({ rules: _, isolations: __, ...layer }: Layer) => layer);
  return { ...plane, layers };
}

function labelsOfNamespaces({ namespaces }: World): ReadonlyMap<string, Labels> {
  return new Map(namespaces.map(({ name, labels }) => [name, labels]));
}

/**
 * What the policies are about, as far as it may be in a namespace with these labels. Many rules are about the same pods, and
 * most about those of one namespace.
 */
function subjectsOf(policies: readonly PolicyChange[]): (labels: Labels) => readonly PodSet[] {
  const parts = policies.flatMap(({ gone, come }) => [...gone, ...come]);
  const all = new Set(parts.map((part) => (part.kind === 'rule' ? part.rule : part.isolation).subject));
  const ofMany: PodSet[] = [];
  const ofOne = new Map<string, PodSet[]>();
  for (const subject of all) {
    const name = soleNamespace(subject.namespaces);
    if (name === undefined) ofMany.push(subject);
    else if (!ofOne.get(name)?.push(subject)) ofOne.set(name, [subject]);
  }
  return remembered((labels: Labels) => {
    return [...ofMany, ...(ofOne.get(labels[NAMESPACE_NAME_LABEL]) ?? [])];
  });
}

/** Whatever it is called: only what is said of its pods counts. */
function isSamePod(was: Workload, is: Workload): boolean {
  return was === is || sameData({ ...was, id: undefined }, { ...is, id: undefined });
}

function mayHave({ namespaces, pods }: PodSet, pod: Workload, labels: Labels): boolean {
  return matchOfLabels(pods, pod) !== 'no' && matchOfLabels(namespaces, { labels }) !== 'no';
}
