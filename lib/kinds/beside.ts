import { isObject } from './field';
import { groupOf } from './manifest';

/** The objects that are read together, for those that refer to each other by labels or by name. */
export class Beside {
  readonly #objects: readonly unknown[];
  readonly #byKind = new Map<string, readonly unknown[]>();

  public constructor(
    objects: readonly unknown[],
    /** Where namespaced objects without a namespace go. */
    public readonly defaultNamespace: string,
  ) {
    this.#objects = objects;
  }

  /** The objects of one kind, whatever their version. */
  public ofKind(group: string, kind: string): readonly unknown[] {
    const key = `${group}/${kind}`;
    const known = this.#byKind.get(key) ?? this.#objects.filter((object) => isOf(object, group, kind));
    this.#byKind.set(key, known);
    return known;
  }
}

/** Nothing is read together with it. */
export const ALONE = new Beside([], 'default');

function isOf(object: unknown, group: string, kind: string): boolean {
  return isObject(object) && object.kind === kind && groupOf(String(object.apiVersion)) === group;
}
