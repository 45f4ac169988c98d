import { type Connectivity, connectivity, type FileReading, type PlaneReading } from '../analysis';
import type { WrittenObject } from '../analysis/files/read-files';
import { isClusterWide } from '../analysis/foreign-policies';
import { isObject } from '../kinds/field';
import { groupOf, type ObjectRef, refOf } from '../kinds/manifest';
import type { ClusterFacts } from '../model/cluster-facts';
import { into } from '../model/into';
import { remembered } from '../model/remembered';

/** Everything that a check looks at: the manifests as they are written, and what they mean. */
export interface Seen {
  readonly objects: readonly SeenObject[];
  readonly reading: FileReading;
  readonly plane: PlaneReading;
  /** What is known of the cluster; nothing where it was not told. */
  readonly facts?: ClusterFacts;
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
  let known: Connectivity | undefined;
  return {
    objects: reading.written.flatMap((written) => seenObject(written, defaultNamespace)),
    reading,
    plane,
    ...(facts && { facts }),
    connectivity: () => {
      known ??= connectivity(reading.world, plane.plane, {
        ...(facts?.podRanges && { podAddresses: facts.podRanges }),
      });
      return known;
    },
  };
}

/** Of some kind, by group and kind: `objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')`. */
export function objectsOfKind(seen: Seen, group: string, kind: string): readonly SeenObject[] {
  return objectsByKind(seen).get(`${group}/${kind}`) ?? [];
}

const objectsByKind = remembered(({ objects }: Seen): ReadonlyMap<string, readonly SeenObject[]> => {
  const found = new Map<string, SeenObject[]>();
  for (const object of objects) into(found, `${object.group}/${object.ref.kind}`, object);
  return found;
});

/** The object that somebody names; of several the last, as the reading has it. */
export function objectNamed(seen: Seen, group: string, ref: ObjectName): SeenObject | undefined {
  return objectsByName(seen).get(nameOf(group, ref));
}

type ObjectName = Pick<ObjectRef, 'kind' | 'namespace' | 'name'>;

const objectsByName = remembered(
  ({ objects }: Seen): ReadonlyMap<string, SeenObject> =>
    new Map(objects.map((object) => [nameOf(object.group, object.ref), object])),
);

function nameOf(group: string, { kind, namespace = '', name }: ObjectName): string {
  return `${group}|${kind}|${namespace}|${name}`;
}

function seenObject(written: WrittenObject, defaultNamespace: string): SeenObject[] {
  const ref = refOf(written.object, defaultNamespace, isClusterWide);
  if (ref === undefined || !isObject(written.object)) return [];
  return [{ ...written, ref, group: groupOf(ref.apiVersion), json: written.object }];
}
