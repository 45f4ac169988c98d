import { classesUnder } from '../analysis/connectivity/classes-under';
import { matchOfLabels } from '../analysis/connectivity/match';
import type { PodClass } from '../analysis/connectivity/pod-classes';
import type { ClassIds, SelectedClasses } from '../analysis/connectivity/selected';
import { isObject } from '../kinds/field';
import { knownKind } from '../kinds/known-kinds';
import { into } from '../model/into';
import type { Labels } from '../model/labels';
import { type PodSet, soleNamespace } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Selector } from '../model/selector';
import * as selectors from '../model/selector';
import type { Namespace, Workload } from '../model/world';
import { objectsOfKind, type Seen, type SeenObject } from './seen';
import { ownerOf } from './seen-workloads';

/** The workloads of the manifests, and which of them a selector has; each selector is asked once. */
export interface PodsSeen {
  /** Pods on the host network are in no set. Of equal selectors it is the same object. */
  readonly find: (set: PodSet) => SelectedClasses;
  /** Surely or perhaps, one of each class that policy tells apart. */
  readonly examples: (set: PodSet) => readonly Workload[];
  /** Surely or perhaps, all of them. */
  readonly workloads: (set: PodSet) => readonly Workload[];
  /** All of them in words, however many there are: `Deployment a/b, Deployment a/c and 4 more`. */
  readonly text: (sets: readonly PodSet[]) => string;
  readonly isNobody: (set: PodSet) => boolean;
  readonly classes: readonly PodClass[];
  /** The classes that a set has, surely or perhaps, by number. */
  readonly ids: (set: PodSet) => readonly number[];
  /** The same of what was found. */
  readonly idsIn: (found: SelectedClasses) => readonly number[];
  /** A workload of the class. */
  readonly exampleOf: (id: number) => Workload;
  readonly of: (ids: Iterable<number>) => readonly Workload[];
  readonly inNamespace: (name: string) => readonly Workload[];
  /** Pods on the host network that would be in the set otherwise. */
  readonly onHostNetwork: (set: PodSet) => readonly Workload[];
  /** Namespaces that have a workload and that the selector has. */
  readonly inhabited: (selector: Selector) => readonly Namespace[];
}

/** So many workloads are named in a sentence; the others are counted. */
const MOST_NAMED = 3;

export const podsSeen = remembered((seen: Seen): PodsSeen => {
  const { world } = seen.reading;
  const known = seen.classes();
  const { workloads, classes, selected } = known.byAddress ? classesUnder(seen.plane.plane, world, false) : known;
  const { namespaces } = world;
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of workloads) into(byNamespace, workload.namespace, workload);
  const inhabited = namespaces.filter(({ name }) => byNamespace.has(name));
  const inhabitedByName = new Map(inhabited.map((namespace) => [namespace.name, namespace]));
  const onHost = workloads.filter(({ hostNetwork }) => hostNetwork);
  const labelsOf = new Map(namespaces.map(({ name, labels }) => [name, labels]));

  const find = (set: PodSet) => selected.find(set);
  const exampleOf = (id: number) => workloads[classes[id].workloads[0]];
  const ids = remembered(idsOf);
  const examplesIn = remembered((found: SelectedClasses): readonly Workload[] => ids(found).map(exampleOf));
  const textOf = remembered((found: SelectedClasses) => textOfClasses(ids(found)));
  const of = (ids: Iterable<number>) => [...ids].flatMap((id) => classes[id].workloads.map((at) => workloads[at]));
  function textOfClasses(ids: readonly number[]): string {
    const total = ids.reduce((sum, id) => sum + classes[id].workloads.length, 0);
    if (total <= MOST_NAMED) return workloadsText(of(ids), MOST_NAMED);
    // Their own order is that of their ids, and most are never named.
    const first = ids.slice(0, MOST_NAMED).flatMap((id) => classes[id].workloads.slice(0, MOST_NAMED));
    const named = first.slice(0, MOST_NAMED).map((at) => workloadText(workloads[at]));
    return `${named.join(', ')} and ${total - MOST_NAMED} more`;
  }
  return {
    find,
    of,
    classes,
    ids: (set) => ids(find(set)),
    idsIn: ids,
    exampleOf,
    examples: (set) => examplesIn(find(set)),
    workloads: (set) => of(ids(find(set))),
    text: (sets) =>
      sets.length === 1 ? textOf(find(sets[0])) : textOfClasses([...new Set(sets.flatMap((set) => ids(find(set))))]),
    isNobody: (set) => {
      const { surely, perhaps } = find(set);
      return surely.length === 0 && perhaps.length === 0;
    },
    inNamespace: (name) => byNamespace.get(name) ?? [],
    onHostNetwork: (set) =>
      onHost.filter(
        (workload) =>
          selectors.matches(set.namespaces, labelsOf.get(workload.namespace) ?? {}) &&
          matchOfLabels(set.pods, workload) !== 'no',
      ),
    inhabited: (selector) => {
      const name = soleNamespace(selector);
      if (name === undefined) return inhabited.filter(({ labels }) => selectors.matches(selector, labels));
      const only = inhabitedByName.get(name);
      return only === undefined ? [] : [only];
    },
  };
});

function idsOf({ surely, perhaps }: { readonly surely: ClassIds; readonly perhaps: ClassIds }): readonly number[] {
  return perhaps.length === 0 ? Array.from(surely) : [...surely, ...perhaps];
}

/** As a person names it: `Deployment models/vllm`. */
export const workloadText = remembered(({ id }: Workload): string => {
  const [namespace, kind, name = ''] = id.split('/');
  return `${kind} ${namespace}/${ownerOf(name)}`;
});

/** With its labels: `Deployment models/vllm has {app=vllm}`. */
export function wornText(workload: Workload): string {
  return `${workloadText(workload)} has {${selectors.selectorText(selectors.fromLabels(workload.labels))}}`;
}

/** The first of them, and how many more there are: `Deployment a/b, Deployment a/c and 4 more`. */
export function workloadsText(workloads: readonly Workload[], most = MOST_NAMED): string {
  return listText([...new Set(workloads.map(workloadText))], most);
}

export function listText(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  if (rest > 0) return `${names.slice(0, most).join(', ')} and ${rest} more`;
  if (names.length < 2) return names.join();
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** The object that a workload was read from, where it is one of its own. */
export function objectOf(seen: Seen, { id }: Pick<Workload, 'id'>): SeenObject | undefined {
  return objectsById(seen).get(ownerOf(id));
}

const objectsById = remembered(({ objects }: Seen): ReadonlyMap<string, SeenObject> => {
  const found = new Map<string, SeenObject>();
  for (const object of objects) {
    const { kind, namespace, name } = object.ref;
    // They are most of the objects, and no workload is read from them.
    if (kind !== 'NetworkPolicy') found.set(`${namespace}/${kind}/${name}`, object);
  }
  return found;
});

/** The Namespace objects by their names. */
export const namespaceObjects = remembered(
  (seen: Seen): ReadonlyMap<string, SeenObject> =>
    new Map(objectsOfKind(seen, '', 'Namespace').map((object) => [object.ref.name, object])),
);

/** An object of the namespace whose controller may make pods that no manifest shows. */
export function hiddenMaker(seen: Seen, namespace: string): SeenObject | undefined {
  return hiddenMakers(seen).get(namespace);
}

/** Of some namespaces, an object whose controller may make pods that no manifest shows. */
export function makerAmong(seen: Seen, namespaces: readonly string[]): SeenObject | undefined {
  return namespaces.map((one) => hiddenMaker(seen, one)).find((one) => one !== undefined);
}

/** Who may have the labels although no manifest shows it. */
export function unlessText(maker: SeenObject | undefined): string {
  return maker === undefined ? 'others may' : `unless ${makerText(maker)} makes pods that do`;
}

const hiddenMakers = remembered((seen: Seen): ReadonlyMap<string, SeenObject> => {
  const ids = new Set(seen.reading.world.workloads.map(({ id }) => ownerOf(id)));
  const found = new Map<string, SeenObject>();
  for (const object of seen.objects) {
    const { namespace, kind, name } = object.ref;
    if (namespace === undefined || found.has(namespace) || ids.has(`${namespace}/${kind}/${name}`)) continue;
    if (mayMakePods(object.group, kind) || letsMakePods(object)) found.set(namespace, object);
  }
  return found;
});

/** Whoever has such a role, as a hub for notebooks does, makes pods of its own; of a ClusterRole nobody knows where. */
function letsMakePods({ group, ref, json }: SeenObject): boolean {
  if (group !== 'rbac.authorization.k8s.io' || ref.kind !== 'Role' || !Array.isArray(json.rules)) return false;
  const has = (list: unknown, word: string) => Array.isArray(list) && (list.includes(word) || list.includes('*'));
  return json.rules.some(
    (rule) => isObject(rule) && has(rule.apiGroups, '') && has(rule.resources, 'pods') && has(rule.verbs, 'create'),
  );
}

/** As the subject of a sentence: `Terminal shell`, `who has Role hub`. */
export function makerText({ ref: { kind, name } }: SeenObject): string {
  return kind === 'Role' ? `who has Role ${name}` : `${kind} ${name}`;
}

function mayMakePods(group: string, kind: string): boolean {
  const known = knownKind(group, kind);
  if (known === undefined) return group.includes('.') && !group.endsWith('.k8s.io');
  return known.classes.some((it) => it === 'makes-pods' || it === 'brings-objects');
}

/** Labels of a namespace that is among the manifests as an object; undefined for one that is only mentioned. */
export function declaredLabels(seen: Seen, name: string): Labels | undefined {
  if (!namespaceObjects(seen).has(name)) return undefined;
  return seen.reading.world.namespaces.find((namespace) => namespace.name === name)?.labels;
}
