import type { FileReading } from '../analysis';
import type { WrittenObject } from '../analysis/files/read-files';
import { isObject } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import { into } from '../model/into';
import type { PolicyRef, Rule } from '../model/layer';

/** Where policies and their rules are written, for whoever wants to look: `dist/models.yaml:41`. */
export interface Places {
  /** Of a policy, or of one of its rules; undefined where no file has it. */
  of(
    policy: PolicyRef,
    rule?: Pick<Rule, 'direction' | 'index'>,
  ): { readonly file: string; readonly line?: number } | undefined;
}

/** Looked up when asked for, since lines take a slow parser. */
export function placesIn({ written }: Pick<FileReading, 'written'>): Places {
  let byName: ReadonlyMap<string, readonly WrittenObject[]> | undefined;
  return {
    of: (policy, rule) => {
      byName ??= namesOf(written);
      const all = byName.get(objectText(policy)) ?? byName.get(objectText({ ...policy, namespace: undefined })) ?? [];
      const found = all.length > 1 ? all.find((one) => isIts(one, policy)) : all[0];
      if (found === undefined) return undefined;
      const line = found.lineOf(rule === undefined ? ['metadata', 'name'] : ['spec', rule.direction, rule.index]);
      return { file: found.file, ...(line !== undefined && { line }) };
    },
  };
}

/** `dist/models.yaml:41`, as editors and terminals open it. */
export function placeText(place: ReturnType<Places['of']>): string | undefined {
  if (place === undefined) return undefined;
  return place.line === undefined ? place.file : `${place.file}:${place.line}`;
}

/** A policy by its name, with its place behind it. */
export function policyAt(policy: PolicyRef, places: Places): string {
  return withPlace(objectText(policy), placeText(places.of(policy)));
}

/** The same of a rule. */
export function ruleAt(rule: Pick<Rule, 'policy' | 'direction' | 'index'>, places: Places): string {
  const name = `${objectText(rule.policy)} spec.${rule.direction}[${rule.index}]`;
  return withPlace(name, placeText(places.of(rule.policy, rule)));
}

function withPlace(name: string, place: string | undefined): string {
  return place === undefined ? name : `${name} (${place})`;
}

function namesOf(written: readonly WrittenObject[]): ReadonlyMap<string, readonly WrittenObject[]> {
  const byName = new Map<string, WrittenObject[]>();
  for (const one of written) {
    const name = nameOf(one.object);
    into(byName, name, one);
  }
  return byName;
}

/** An object that names no namespace is found without one. */
function nameOf(object: unknown): string {
  if (!isObject(object) || !isObject(object.metadata)) return '';
  const { kind, metadata } = object;
  const { name, namespace } = metadata;
  return objectText({
    kind: String(kind),
    name: String(name),
    ...(typeof namespace === 'string' && { namespace }),
  });
}

/** Of objects of one name in several groups or files. */
function isIts({ sourceOf }: WrittenObject, { source }: PolicyRef): boolean {
  return source !== undefined && sourceOf([]).replace(/, line \d+$/, '') === source;
}
