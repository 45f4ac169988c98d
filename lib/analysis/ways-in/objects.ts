import { isObject } from '../../kinds/field';
import { DEFAULT_NAMESPACE, groupOf, type ObjectRef, refOf } from '../../kinds/manifest';
import type { WrittenObject } from '../files/read-files';
import { isClusterWide } from '../foreign-policies';

/** An object of which only some fields are looked at, each of whatever type it has. */
export interface RawObject {
  readonly ref: ObjectRef;
  /** The API group, `''` for the core group. */
  readonly group: string;
  readonly namespace: string;
  readonly spec: Raw;
  /** File and line: asked for where something is wrong, since finding a line takes a parser of its own. */
  readonly source: () => string;
}

export type Raw = Readonly<Record<string, unknown>>;

export function rawObjects(written: readonly Pick<WrittenObject, 'object' | 'sourceOf'>[]): readonly RawObject[] {
  return written.flatMap(({ object, sourceOf }) => {
    const ref = refOf(object, DEFAULT_NAMESPACE, isClusterWide);
    if (ref === undefined || !isObject(object)) return [];
    const group = groupOf(ref.apiVersion);
    return [{ ref, group, namespace: ref.namespace ?? '', spec: raw(object.spec), source: () => sourceOf([]) }];
  });
}

/** What is no object has no fields. */
export function raw(value: unknown): Raw {
  return isObject(value) ? value : {};
}

export function list(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.map(raw) : [];
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
