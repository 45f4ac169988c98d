import type { IpSet } from '../../model/ip-set';
import type { Layer, Plane } from '../../model/layer';
import { type PodSet, soleNamespace } from '../../model/pod-set';
import { sameData } from '../../model/same-data';
import type { Labels } from '../../model/selector';
import type { Workload, World } from '../../model/world';
import { podClasses } from '../connectivity/pod-classes';
import { Selected } from '../connectivity/selected';
import { type PolicyChange, saidIn } from './policy-changes';

interface State {
  readonly world: World;
  readonly plane: Plane;
  readonly podAddresses?: IpSet;
}

/**
 * The ids of the workloads of which something may have changed: they came, went or are otherwise, or a rule or an isolation
 * that changed is about them. What passes between two others is the same as it was, since a rule decides by its subject, its
 * peer and itself alone. Undefined where planes differ in more than rules of union layers: then it may be all of them.
 */
export function touchedWorkloads(
  before: State,
  after: State,
  policies: readonly PolicyChange[],
): ReadonlySet<string> | undefined {
  if (!onlyRulesDiffer(before, after)) return undefined;
  const touched = new Set(otherwise(before.world, after.world));
  const subjects = subjectsOf(policies);
  for (const { world } of [before, after]) {
    const workloads = inNamespacesOf(subjects, world);
    const { classes } = podClasses({ ...world, workloads }, false);
    const selected = new Selected(classes);
    for (const subject of subjects) {
      const { surely, perhaps } = selected.find(subject);
      for (const of of [...surely, ...perhaps]) {
        for (const position of classes[of].workloads) touched.add(workloads[position].id);
      }
    }
  }
  return touched;
}

/** Most policies are about pods of one namespace, and a few of them about few namespaces. */
function inNamespacesOf(subjects: readonly PodSet[], { workloads }: World): readonly Workload[] {
  const names = new Set(subjects.map(({ namespaces }) => soleNamespace(namespaces)));
  return names.has(undefined) ? workloads : workloads.filter(({ namespace }) => names.has(namespace));
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

/** Those that came, went, or are not what they were, be it by the labels of their namespace. */
function otherwise(before: World, after: World): readonly string[] {
  const was = new Map(before.workloads.map((workload) => [workload.id, workload]));
  const [labelsBefore, labelsAfter] = [labelsOfNamespaces(before), labelsOfNamespaces(after)];
  const relabelled = new Set(
    [...labelsBefore.keys(), ...labelsAfter.keys()].filter(
      (name) => !sameData(labelsBefore.get(name) ?? {}, labelsAfter.get(name) ?? {}),
    ),
  );
  const found: string[] = [];
  for (const workload of after.workloads) {
    const old = was.get(workload.id);
    was.delete(workload.id);
    if (old === undefined || relabelled.has(workload.namespace) || !isSamePod(old, workload)) found.push(workload.id);
  }
  return [...found, ...was.keys()];
}

function labelsOfNamespaces({ namespaces }: World): ReadonlyMap<string, Labels> {
  return new Map(namespaces.map(({ name, labels }) => [name, labels]));
}

/** Many rules are about the same pods. */
function subjectsOf(policies: readonly PolicyChange[]): readonly PodSet[] {
  const parts = policies.flatMap(({ gone, come }) => [...gone, ...come]);
  return [...new Set(parts.map((part) => saidIn(part).subject))];
}

function isSamePod(was: Workload, is: Workload): boolean {
  return was === is || sameData(was, is);
}
