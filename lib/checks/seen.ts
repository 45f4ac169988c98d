import type { Connectivity, FileReading, PlaneReading } from '../analysis';
import { type ClassesUnder, classesUnder } from '../analysis/connectivity/classes-under';
import { connectivityAmong } from '../analysis/connectivity/connectivity';
import type { WrittenObject } from '../analysis/files/read-files';
import { isClusterWide } from '../analysis/foreign-policies';
import { isObject } from '../kinds/field';
import { groupOf, type ObjectRef, refOf } from '../kinds/manifest';
import type { ClusterFacts } from '../model/cluster-facts';
import { into } from '../model/into';
import { remembered } from '../model/remembered';
import { within } from '../model/within';

/** Everything that a check looks at: the manifests as they are written, and what they mean. */
export interface Seen {
  readonly objects: readonly SeenObject[];
  readonly reading: FileReading;
  readonly plane: PlaneReading;
  /** What is known of the cluster; nothing where it was not told. */
  readonly facts?: ClusterFacts;
  /** The workloads as connectivity tells them apart: worked out when they are first asked for, then remembered. */
  readonly classes: () => ClassesUnder;
  /** Who reaches whom: worked out when it is first asked for, then remembered. */
  readonly connectivity: () => Connectivity;
}

/** An object as it is written, with its name. */
export interface SeenObject extends WrittenObject {
  readonly ref: ObjectRef;
  /** The API group, `''` for the core group. */
  readonly group: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface SeenOptions {
  readonly facts?: ClusterFacts;
  readonly defaultNamespace?: string;
}

/** What the checks look at, of manifests that were read. */
export function seenOf(
  reading: FileReading,
  plane: PlaneReading,
  { facts, defaultNamespace = 'default' }: SeenOptions = {},
): Seen {
  const { world } = reading;
  let inClasses: ClassesUnder | undefined;
  let known: Connectivity | undefined;
  const classes = () => {
    inClasses ??= classesUnder(plane.plane, world, plane.plane.ipBlockMode !== 'external-only');
    return inClasses;
  };
  return {
    objects: reading.written.flatMap((written) => seenObject(written, defaultNamespace)),
    reading,
    plane,
    ...(facts && { facts }),
    classes,
    connectivity: () => {
      known ??= connectivityAmong(classes(), world, plane.plane, {
        ...(facts?.podRanges && { podAddresses: facts.podRanges }),
      });
      return known;
    },
  };
}

/** Of some kind, by group and kind: `objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')`. */
export function objectsOfKind(seen: Seen, group: string, kind: string): readonly SeenObject[] {
  return objectsByKind(seen).get(group)?.get(kind) ?? NONE;
}

const NONE: readonly SeenObject[] = [];

/** An object of each kind: what is asked of kinds need not be asked of all objects. */
export function oneOfEachKind(seen: Seen): readonly SeenObject[] {
  return [...objectsByKind(seen).values()].flatMap((byKind) => [...byKind.values()].map(([object]) => object));
}

/** Whether there is an object of one of the API groups: rules about kinds of theirs need not look at all objects otherwise. */
export function hasGroup(seen: Seen, groups: readonly string[]): boolean {
  return groups.some((group) => objectsByKind(seen).has(group));
}

/** By group, then kind: a text of both would be made for every object. */
const objectsByKind = remembered(
  ({ objects }: Seen): ReadonlyMap<string, ReadonlyMap<string, readonly SeenObject[]>> => {
    const found = new Map<string, Map<string, SeenObject[]>>();
    for (const object of objects) into(within(found, object.group), object.ref.kind, object);
    return found;
  },
);

/** The object that somebody names; of several the last, as the reading has it. */
export function objectNamed(seen: Seen, group: string, ref: ObjectName): SeenObject | undefined {
  return byName(objectsOfKind(seen, group, ref.kind))
    .get(ref.namespace ?? '')
    ?.get(ref.name);
}

type ObjectName = Pick<ObjectRef, 'kind' | 'namespace' | 'name'>;

/** Objects of one kind by namespace, `''` for none, then name. */
const byName = remembered((objects: readonly SeenObject[]): ReadonlyMap<string, ReadonlyMap<string, SeenObject>> => {
  const found = new Map<string, Map<string, SeenObject>>();
  for (const object of objects) within(found, object.ref.namespace ?? '').set(object.ref.name, object);
  return found;
});

/** The `spec` of an object; no fields where it has none. */
export function specOf({ json: { spec } }: SeenObject): Readonly<Record<string, unknown>> {
  return isObject(spec) ? spec : NO_FIELDS;
}

const NO_FIELDS = {};

function seenObject(written: WrittenObject, defaultNamespace: string): SeenObject[] {
  const { object, sourceOf, file, lineOf } = written;
  const ref = refOf(object, defaultNamespace, isClusterWide);
  if (ref === undefined || !isObject(object)) return [];
  return [{ object, sourceOf, file, lineOf, ref, group: groupOf(ref.apiVersion), json: object }];
}
