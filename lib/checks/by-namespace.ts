import { into } from '../model/into';
import { type PodSet, soleNamespace } from '../model/pod-set';

/** Finds what may be about some of the same pods: what is about another namespace alone is never looked at. */
export function byNamespace<T>(items: readonly T[], subjectOf: (item: T) => PodSet): (pods: PodSet) => readonly T[] {
  const ofOne = new Map<string, T[]>();
  const ofMany: T[] = [];
  for (const item of items) {
    const name = soleNamespace(subjectOf(item).namespaces);
    if (name === undefined) ofMany.push(item);
    else into(ofOne, name, item);
  }
  const near = new Map<string, readonly T[]>();
  return ({ namespaces }) => {
    const name = soleNamespace(namespaces);
    if (name === undefined) return items;
    const found = near.get(name) ?? [...ofMany, ...(ofOne.get(name) ?? [])];
    near.set(name, found);
    return found;
  };
}
