import type { WrittenObject } from '../../analysis';
import { groupOf, refOf } from '../../kinds/manifest';
import { into } from '../../model/into';
import { jsonDifferences } from './json-difference';

/** What names an object, as it says it itself: without a namespace where it says none. */
export interface Identity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** An object that is rendered, and what was written of it. */
export interface Paired {
  readonly identity: Identity;
  readonly rendered: unknown;
  readonly written: WrittenObject;
}

interface Named<T> {
  readonly object: T;
  readonly identity: Identity;
}

export interface Pairs {
  readonly pairs: readonly Paired[];
  readonly lost: readonly Identity[];
  readonly strange: readonly Named<WrittenObject>[];
  /** Written again exactly as it is rendered, which changes nothing. */
  readonly repeated: readonly Named<WrittenObject>[];
}

/**
 * Which written object is which rendered one: by group, kind, namespace and name; and what is left of both, by group, kind
 * and name alone, since an object may have been moved. What is no object at all is the business of whoever reads it.
 */
export function paired(rendered: readonly unknown[], written: readonly WrittenObject[]): Pairs {
  const wanted = rendered.flatMap((object) => named(object, object));
  const there = written.flatMap((each) => named(each, each.object));
  const [exact, leftWanted, leftThere] = match(wanted, there, keyOf);
  const repeated = leftThere.filter(({ object, identity }) =>
    exact.some((pair) => keyOf(pair.identity) === keyOf(identity) && isSame(pair.rendered, object.object)),
  );
  const unknown = leftThere.filter((each) => !repeated.includes(each));
  const [moved, lost, strange] = match(leftWanted, unknown, nameOf);
  return { pairs: [...exact, ...moved], lost: lost.map(({ identity }) => identity), strange, repeated };
}

/** Pairs of one key; where a key has several objects, those that are the same first. */
function match(
  wanted: readonly Named<unknown>[],
  there: readonly Named<WrittenObject>[],
  key: (identity: Identity) => string,
): readonly [Paired[], Named<unknown>[], Named<WrittenObject>[]] {
  const byKey = new Map<string, Named<WrittenObject>[]>();
  for (const each of there) {
    into(byKey, key(each.identity), each);
  }
  const taken = new Set<Named<WrittenObject>>();
  const pairs: Paired[] = [];
  const lost: Named<unknown>[] = [];
  for (const { object, identity } of wanted) {
    const free = (byKey.get(key(identity)) ?? []).filter((each) => !taken.has(each));
    const found = free.find((each) => isSame(object, each.object.object)) ?? free[0];
    if (found === undefined) lost.push({ object, identity });
    else {
      taken.add(found);
      pairs.push({ identity, rendered: object, written: found.object });
    }
  }
  return [pairs, lost, there.filter((each) => !taken.has(each))];
}

function isSame(a: unknown, b: unknown): boolean {
  return jsonDifferences(a, b).length === 0;
}

function named<T>(object: T, json: unknown): Named<T>[] {
  const ref = refOf(json, undefined, () => false);
  // What kustomize reads is applied by nobody.
  if (ref === undefined || groupOf(ref.apiVersion) === 'kustomize.config.k8s.io') return [];
  return [{ object, identity: ref }];
}

function keyOf({ apiVersion, kind, namespace, name }: Identity): string {
  return `${groupOf(apiVersion)}|${kind}|${namespace ?? ''}|${name}`;
}

function nameOf({ apiVersion, kind, name }: Identity): string {
  return `${groupOf(apiVersion)}|${kind}|${name}`;
}
