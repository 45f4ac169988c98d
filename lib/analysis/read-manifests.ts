import type { FieldPath } from '../kinds/field';
import { DEFAULT_NAMESPACE, groupOf, type ObjectRef, objectText, refOf } from '../kinds/manifest';
import { Memory } from '../kinds/memory';
import { memoizing } from '../kinds/networking.k8s.io';
import type { PoliciesRead } from '../kinds/policies-read';
import type { PolicyReading } from '../kinds/policy-reading';
import type { Problem } from '../model/problem';
import type { UnreadPolicy } from '../model/unread-policy';
import type { World } from '../model/world';
import { isClusterWide } from './foreign-policies';
import { type ListedObject, objectsOf } from './lists';
import { type Found, type Place, readObject } from './read-object';
import { worldOf } from './world';

/** What manifests say: who exists, and which policies there are. */
export interface ManifestReading extends PoliciesRead {
  readonly world: World;
  readonly others: readonly PolicyReading[];
  /** Policies that are refused; their problems are among `problems`. */
  readonly refused: readonly UnreadPolicy[];
  /** With any of these the reading is not to be relied on; the rest was read all the same. */
  readonly problems: readonly Problem[];
  /** How many objects there were, those in Lists counted one by one. */
  readonly objects: number;
  /** How many of them were read as policies, or as what policies are ordered by, without a problem. */
  readonly policies: number;
}

export interface ManifestOptions {
  /** File and document of the object at that position in the input, and the line of a field where it is asked for. */
  readonly sourceOf?: (index: number, path?: FieldPath) => string | undefined;
  /** Where namespaced objects without a namespace go. @default 'default' */
  readonly defaultNamespace?: string;
}

/** Reads plain objects, as a YAML or JSON parser gives them; Lists are opened, what has no bearing is passed over. */
export function readManifests(objects: readonly unknown[], options: ManifestOptions = {}): ManifestReading {
  const { sourceOf = () => undefined, defaultNamespace = DEFAULT_NAMESPACE } = options;
  const listed = objectsOf(objects);
  const { kept, problems } = withoutDuplicates(listed, defaultNamespace, sourceOf);
  const values = memoizing();
  const memory = new Memory();
  const found = kept.map((item) =>
    readObject(item.object, placeOf(item, sourceOf), { defaultNamespace, values, memory }),
  );
  return {
    world: worldOf({
      namespaces: found.flatMap(({ namespaces }) => namespaces ?? []),
      mentioned: found.flatMap(({ mentioned }) => mentioned ?? []),
      pods: found.flatMap(({ pods }) => pods ?? []),
      services: found.flatMap(({ services }) => services ?? []),
    }),
    rules: found.flatMap(({ policy }) => policy?.rules ?? []),
    isolations: found.flatMap(({ policy }) => policy?.isolations ?? []),
    leftOut: found.flatMap(({ policy }) => policy?.leftOut ?? []),
    others: found.flatMap(({ other }) => other ?? []),
    refused: found.flatMap(({ policy, other }) => (policy ?? other)?.refused ?? []),
    problems: [...problems, ...found.flatMap((it) => it.problems)],
    objects: listed.length,
    policies: found.filter(isSoundPolicy).length,
  };
}

function isSoundPolicy({ policy, other }: Found): boolean {
  return (policy ?? other)?.problems.length === 0;
}

function placeOf({ index, path }: ListedObject, sourceOf: NonNullable<ManifestOptions['sourceOf']>): Place {
  return { source: sourceOf(index), sourceOf: (below) => sourceOf(index, [...path, ...below]) };
}

/** Of objects that are one and the same to the API server the last is kept, as when they are applied in order. */
function withoutDuplicates(
  listed: readonly ListedObject[],
  defaultNamespace: string,
  sourceOf: NonNullable<ManifestOptions['sourceOf']>,
): { readonly kept: readonly ListedObject[]; readonly problems: readonly Problem[] } {
  const last = new Map<string, ListedObject>();
  const replaced = new Set<ListedObject>();
  const problems: Problem[] = [];
  for (const item of listed) {
    const ref = refOf(item.object, defaultNamespace, isClusterWide);
    if (ref === undefined || ref.name.endsWith('*')) continue;
    const key = keyOf(ref);
    const before = last.get(key);
    if (before !== undefined) {
      replaced.add(before);
      problems.push(duplicateProblem(ref, sourceOf(item.index, item.path), sourceOf(before.index, before.path)));
    }
    last.set(key, item);
  }
  return { kept: replaced.size === 0 ? listed : listed.filter((item) => !replaced.has(item)), problems };
}

function keyOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return `${groupOf(apiVersion)}|${kind}|${namespace ?? ''}|${name}`;
}

function duplicateProblem(ref: ObjectRef, source: string | undefined, before: string | undefined): Problem {
  const object = objectText(ref);
  return {
    rule: 'duplicate-object',
    where: [source, object].filter((part) => part !== undefined).join(': '),
    what: `There is another ${object}${before === undefined ? '' : ` in ${before}`}, and the cluster keeps one of the two`,
    value: object,
    allowed: 'one object of a kind, namespace and name',
    fix: 'Take one out, or rename it. The last one was read.',
  };
}
