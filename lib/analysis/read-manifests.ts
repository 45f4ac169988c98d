import { isDeepStrictEqual } from 'node:util';
import { Beside } from '../kinds/beside';
import { scaledAmong } from '../kinds/core';
import type { FieldPath } from '../kinds/field';
import { type IsThere, ownersAmong } from '../kinds/lasting';
import { DEFAULT_NAMESPACE, groupOf, NO_NAME, type ObjectRef, objectText, refOf } from '../kinds/manifest';
import { Memory } from '../kinds/memory';
import { memoizing, type Values } from '../kinds/networking.k8s.io';
import type { PoliciesRead } from '../kinds/policies-read';
import type { PolicyReading } from '../kinds/policy-reading';
import { sandboxTemplates } from '../kinds/written';
import { type Problem, printableProblem } from '../model/problem';
import type { UnreadPolicy } from '../model/unread-policy';
import type { World } from '../model/world';
import { assumptionsOf } from './assumptions';
import { hasNamespace } from './bearing';
import { bearsOnNamespaces, isClusterWide, isInert } from './foreign-policies';
import type { NamedObject, Place } from './found';
import { gathered } from './gathered';
import { notesOnHooks } from './hooks';
import { type ListedObject, objectsOf } from './lists';
import { selectedSets } from './network-sets';
import { readObject } from './read-object';
import { worldOf } from './world';

/** What manifests say: who exists, and which policies there are. */
export interface ManifestReading extends PoliciesRead {
  readonly world: World;
  readonly others: readonly PolicyReading[];
  /** Policies that are refused; their problems are among `problems`. */
  readonly refused: readonly UnreadPolicy[];
  /** What decides on connections, or may, and is not read whole: every verdict about the pods that it binds is in doubt. */
  readonly unread: readonly UnreadPolicy[];
  /** What was passed over and could still bear on connections, each a sentence. */
  readonly assumptions: readonly string[];
  /** With any of these the reading is not to be relied on; the rest was read all the same. */
  readonly problems: readonly Problem[];
  /** What was passed over and makes no verdict wrong: what is no object, what is there twice. Of no weight in a verdict. */
  readonly notes: readonly Problem[];
  /** How many objects there were, those in Lists counted one by one. */
  readonly objects: number;
  /** How many of them were read as policies, or as what policies are ordered by, without a problem. */
  readonly policies: number;
}

export interface ManifestOptions {
  /** File and document of the object at that position in the input, and the line of a field where it is asked for. */
  readonly sourceOf?: (index: number, path?: FieldPath) => string | undefined;
  /** The path of the file that the object at that position is of. */
  readonly fileOf?: (index: number) => string | undefined;
  /**
   * Where namespaced objects without a namespace go.
   *
   * @default 'default'; and where other objects say theirs, policies without one may land in any
   */
  readonly defaultNamespace?: string;
  /** Addresses that pods of an object are known to have, beside those that Pods say: of `models/Deployment/vllm`. @default none */
  readonly addressesOf?: (workload: string) => readonly string[] | undefined;
  /** Whether what a policy belongs to is there. @default by what is among the objects */
  readonly isThere?: IsThere;
  /** What was read before of other manifests that repeat the same selectors, ports and blocks. @default nothing */
  readonly values?: Values;
}

/** Reads plain objects, as a YAML or JSON parser gives them; each is read, refused or named. */
export function readManifests(objects: readonly unknown[], options: ManifestOptions = {}): ManifestReading {
  const { sourceOf = () => undefined, fileOf, defaultNamespace = DEFAULT_NAMESPACE } = options;
  const listed = objectsOf(objects).map(
    ({ object, index, path }): NamedObject => ({
      object,
      index,
      path,
      ref: refOf(object, defaultNamespace, isClusterWide),
    }),
  );
  const isNamespaceOpen = options.defaultNamespace === undefined && listed.some(saysNamespace);
  const { kept, problems, notes } = withoutDuplicates(listed, sourceOf);
  const given = kept.map(({ object }) => object);
  const templates = sandboxTemplates(given, defaultNamespace);
  const { values = memoizing() } = options;
  const memory = new Memory();
  const isThere = options.isThere ?? ownersAmong(() => given);
  const beside = new Beside(given, defaultNamespace);
  const isScaled = scaledAmong(given, defaultNamespace);
  const found = kept.map((item) =>
    readObject(item, new ListedPlace(item, sourceOf, fileOf?.(item.index)), {
      defaultNamespace,
      isNamespaceOpen,
      templates,
      values,
      memory,
      isThere,
      beside,
      isScaled,
      addressesOf: options.addressesOf,
    }),
  );
  const all = gathered(found);
  return {
    world: worldOf({ ...all, injections: new Map(all.injections) }),
    rules: all.rules,
    isolations: all.isolations,
    leftOut: all.leftOut,
    others: all.others,
    unread: [...all.unread, ...selectedSets(all.networkSets, all.others)],
    refused: all.refused,
    assumptions: assumptionsOf(all.passedOver),
    problems: [...problems, ...all.problems],
    notes: [...notes, ...all.notes, ...notesOnHooks(kept, found, sourceOf)],
    objects: listed.length - all.notes.length,
    policies: all.sound,
  };
}

/** Whether an object that policies are about, or a policy, says the namespace that it is in, or is one. */
function saysNamespace({ object, ref }: NamedObject): boolean {
  if (ref === undefined) return false;
  const group = groupOf(ref.apiVersion);
  if (group === '' && ref.kind === 'Namespace') return true;
  return hasNamespace(object) && bearsOnNamespaces(group, ref.kind);
}

/** The place of one object. What it is called is asked of policies, and of what is wrong. */
class ListedPlace implements Place {
  public constructor(
    private readonly item: ListedObject,
    private readonly sourceIn: NonNullable<ManifestOptions['sourceOf']>,
    public readonly file: string | undefined,
  ) {}

  public get source(): string | undefined {
    return this.sourceIn(this.item.index);
  }

  // A field, since it is handed on by itself.
  public readonly sourceOf = (below: FieldPath) => this.sourceIn(this.item.index, [...this.item.path, ...below]);
}

interface Deduplicated {
  readonly kept: readonly NamedObject[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
}

/**
 * Of objects that are one and the same to the API server the last is kept, as when they are applied in order. Which of two
 * ConfigMaps that is makes no verdict wrong.
 */
function withoutDuplicates(
  listed: readonly NamedObject[],
  sourceOf: NonNullable<ManifestOptions['sourceOf']>,
): Deduplicated {
  const last = new Map<string, NamedObject>();
  const replaced = new Set<NamedObject>();
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  for (const item of listed) {
    const { ref } = item;
    if (ref === undefined || ref.name.endsWith('*') || ref.name === NO_NAME) continue;
    const key = keyOf(ref);
    const before = last.get(key);
    if (before !== undefined) {
      replaced.add(before);
      const isSame = isDeepStrictEqual(item.object, before.object);
      const sources = [sourceOf(item.index, item.path), sourceOf(before.index, before.path)] as const;
      const isHarmless = isSame || isInert(groupOf(ref.apiVersion), ref.kind);
      (isHarmless ? notes : problems).push(duplicateProblem(ref, isSame, ...sources));
    }
    last.set(key, item);
  }
  return { kept: replaced.size === 0 ? listed : listed.filter((item) => !replaced.has(item)), problems, notes };
}

function keyOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return `${groupOf(apiVersion)}|${kind}|${namespace ?? ''}|${name}`;
}

function duplicateProblem(
  ref: ObjectRef,
  isSame: boolean,
  source: string | undefined,
  before: string | undefined,
): Problem {
  const object = objectText(ref);
  return printableProblem({
    rule: 'duplicate-object',
    where: [source, object].filter((part) => part !== undefined).join(': '),
    what: isSame
      ? `There is the same ${object}${before === undefined ? '' : ` in ${before}`}`
      : `There is another ${object}${before === undefined ? '' : ` in ${before}`}, and the cluster keeps one of the two`,
    value: object,
    allowed: 'one object of a kind, namespace and name',
    fix: isSame ? 'Take one out.' : 'Take one out, or rename it. The last one was read.',
  });
}
