import type { FileReading, PlaneReading } from '../../analysis';
import { isObject } from '../../kinds/field';
import { into } from '../../model/into';
import type { PodSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { World } from '../../model/world';
import type { Snapshot } from '../snapshot';
import { type ForeignPolicy, isPolicy, keyOf } from './drift';

type Fields = Readonly<Record<string, unknown>>;

/** Policies of the cluster that are not rendered, and bind pods of the namespaces that are ours. */
export function foreignPolicies(
  { reading, plane }: { readonly reading: FileReading; readonly plane: PlaneReading },
  { all }: Pick<Snapshot, 'all'>,
  ours: ReadonlySet<string>,
  rendered: ReadonlySet<string>,
): readonly ForeignPolicy[] {
  const subjects = subjectsByName(reading, plane);
  return all
    .filter((object) => isPolicy(object) && !rendered.has(keyOf(object, 'default')))
    .flatMap((object): ForeignPolicy[] => {
      const metadata = isObject(object.metadata) ? object.metadata : {};
      const policy = {
        kind: String(object.kind),
        name: String(metadata.name),
        ...(typeof metadata.namespace === 'string' && { namespace: metadata.namespace }),
      };
      const own = subjects.get(nameKey(policy)) ?? [];
      const bound = boundBy(own, reading.world, ours);
      return bound.namespaces.length === 0 ? [] : [{ policy, object, ...bound }];
    });
}

interface Named {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Also of what is not read whole: it may bind these. */
function subjectsByName(reading: FileReading, { plane }: PlaneReading): ReadonlyMap<string, readonly PodSet[]> {
  const subjects = new Map<string, PodSet[]>();
  const add = (policy: Named, subject: PodSet) => {
    into(subjects, nameKey(policy), subject);
  };
  for (const { rules, isolations } of plane.layers) {
    for (const { policy, subject } of [...rules, ...isolations]) add(policy, subject);
  }
  for (const { policy, subject } of [...reading.unread, ...reading.refused]) add(policy, subject);
  return subjects;
}

function nameKey({ kind, namespace = '', name }: Named): string {
  return `${kind}/${namespace}/${name}`;
}

function boundBy(
  subjects: readonly PodSet[],
  { namespaces, workloads }: World,
  ours: ReadonlySet<string>,
): Pick<ForeignPolicy, 'namespaces' | 'workloads'> {
  const labels = new Map(namespaces.map((each) => [each.name, each.labels]));
  const isIn = (subject: PodSet, name: string) => selectors.matches(subject.namespaces, labels.get(name) ?? {});
  return {
    namespaces: [...ours].filter((name) => subjects.some((subject) => isIn(subject, name))).sort(),
    workloads: workloads
      .filter(({ namespace }) => ours.has(namespace))
      .filter((workload) =>
        subjects.some(
          (subject) => isIn(subject, workload.namespace) && selectors.matches(subject.pods, workload.labels),
        ),
      )
      .map(({ id }) => id),
  };
}

/** The namespaces of what is rendered: those that are declared, and those that rendered policies are in. */
export function ownNamespaces(written: readonly { readonly object: unknown }[]): ReadonlySet<string> {
  return new Set(
    written.flatMap(({ object }) => {
      if (!isObject(object) || !isObject(object.metadata)) return [];
      const { name, namespace } = object.metadata as Fields;
      if (object.kind === 'Namespace') return [String(name)];
      return typeof namespace === 'string' && isPolicy(object) ? [namespace] : [];
    }),
  );
}
