import { type FieldPath, isObject } from '../kinds/field';
import { into } from '../model/into';
import { matchesPod, type PodSet, podSetText, soleNamespace } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Labels } from '../model/selector';
import type { Workload } from '../model/world';
import type { Seen, SeenObject } from './seen';

/** The workloads whose pods a set certainly has, by the labels that the manifests tell; none of the host network. */
export function workloadsIn(seen: Seen, pods: PodSet): readonly Workload[] {
  const { bySet, byNamespace, labelsOf } = indexOf(seen);
  const key = podSetText(pods);
  const known = bySet.get(key);
  if (known !== undefined) return known;
  const name = soleNamespace(pods.namespaces);
  const candidates = name === undefined ? seen.reading.world.workloads : (byNamespace.get(name) ?? []);
  const found = candidates.filter(
    ({ namespace, labels, hostNetwork }) => !hostNetwork && matchesPod(pods, labelsOf.get(namespace) ?? {}, labels),
  );
  bySet.set(key, found);
  return found;
}

/** The labels of a namespace, as far as the manifests tell them. */
export function labelsOfNamespace(seen: Seen, namespace: string): Labels {
  return indexOf(seen).labelsOf.get(namespace) ?? {};
}

/** Variants of one owner have its id and a number. */
export function ownerOf(id: string): string {
  return id.replace(/#\d+$/, '');
}

/** A container as it is written. */
export interface SeenContainer {
  readonly image: string;
  /** What it is started with: `command` and `args`, without what is not text. */
  readonly words: readonly string[];
  /** Environment variables with their values, as far as these are written. */
  readonly env: Readonly<Record<string, string>>;
  readonly path: FieldPath;
}

/** The containers of an object, wherever its pods are written: in a Pod, a template, or templates of a custom kind. */
export const containersOf = remembered((object: SeenObject): readonly SeenContainer[] =>
  containersIn(object.json.spec),
);

/** The containers below the `spec` of an object. */
export function containersIn(spec: unknown): readonly SeenContainer[] {
  const found: SeenContainer[] = [];
  gather(spec, ['spec'], 0, found);
  return found;
}

/** Templates stand at most this deep in the kinds that are known (RayService, KServe). */
const DEEPEST = 7;

/** `path` is where the value stands; it is longer while what is below is looked at, so that only what is found has one of its own. */
function gather(value: unknown, path: (string | number)[], depth: number, found: SeenContainer[]): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) if (isObject(item)) gatherAt(i, item, path, depth, found);
    return;
  }
  if (!isObject(value)) return;
  for (const name of Object.keys(value)) {
    const part = value[name];
    if (name === 'containers' && Array.isArray(part))
      found.push(...part.flatMap((item, i) => container(item, [...path, name, i])));
    else if (typeof part === 'object' && part !== null) gatherAt(name, part, path, depth, found);
  }
}

function gatherAt(
  step: string | number,
  value: object,
  path: (string | number)[],
  depth: number,
  found: SeenContainer[],
): void {
  path.push(step);
  gather(value, path, depth + 1, found);
  path.pop();
}

function container(item: unknown, path: FieldPath): SeenContainer[] {
  if (!isObject(item) || typeof item.image !== 'string') return [];
  const words = [item.command, item.args].flatMap((list) => (Array.isArray(list) ? list : []));
  const env = (Array.isArray(item.env) ? item.env : []).filter(isObject);
  return [
    {
      image: item.image,
      words: words.filter((word) => typeof word === 'string'),
      env: Object.fromEntries(
        env.flatMap(({ name, value }) => (value === undefined ? [] : [[String(name), String(value)]])),
      ),
      path,
    },
  ];
}

interface Index {
  readonly bySet: Map<string, readonly Workload[]>;
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
  readonly labelsOf: ReadonlyMap<string, Labels>;
}

const indexOf = remembered(({ reading: { world } }: Seen): Index => {
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of world.workloads) into(byNamespace, workload.namespace, workload);
  return {
    bySet: new Map(),
    byNamespace,
    labelsOf: new Map(world.namespaces.map(({ name, labels }) => [name, labels])),
  };
});
