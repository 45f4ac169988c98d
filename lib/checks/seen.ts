import { type Connectivity, connectivity, type FileReading, type PlaneReading } from '../analysis';
import type { WrittenObject } from '../analysis/files/read-files';
import { isClusterWide } from '../analysis/foreign-policies';
import { isObject } from '../kinds/field';
import { groupOf, type ObjectRef, refOf } from '../kinds/manifest';
import type { ClusterFacts } from '../model/cluster-facts';

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
export function objectsOfKind({ objects }: Seen, group: string, kind: string): readonly SeenObject[] {
  return objects.filter((object) => object.group === group && object.ref.kind === kind);
}

function seenObject(written: WrittenObject, defaultNamespace: string): SeenObject[] {
  const ref = refOf(written.object, defaultNamespace, isClusterWide);
  if (ref === undefined || !isObject(written.object)) return [];
  return [{ ...written, ref, group: groupOf(ref.apiVersion), json: written.object }];
}
