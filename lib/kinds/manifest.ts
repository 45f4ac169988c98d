import type { PolicyRef } from '../model/layer';
import { printable } from '../model/printable';
import { type Problem, printableProblem } from '../model/problem';
import { type FieldProblem, isObject, pathText } from './field';

/** What names an object among all others. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for cluster-wide kinds. */
  readonly namespace?: string;
  readonly name: string;
}

/** A namespaced object that says no namespace goes where it is applied; this is where kubectl goes unless told. */
export const DEFAULT_NAMESPACE = 'default';

/** How an object is called that says no name. */
export const NO_NAME = '(no name)';

/** The API group, `''` for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** As a person names it: `NetworkPolicy models/vllm`. */
export function objectText({ kind, namespace, name }: Pick<PolicyRef, 'kind' | 'namespace' | 'name'>): string {
  return printable(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

/** The object as far as it can be named and printed, whatever is wrong with it; undefined where it says no kind. */
export function refOf(
  object: unknown,
  defaultNamespace: string | undefined,
  isClusterWide: (group: string, kind: string) => boolean,
): ObjectRef | undefined {
  if (!isObject(object)) return undefined;
  const { apiVersion, kind, metadata } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '') return undefined;
  const { name, generateName, namespace } = isObject(metadata) ? metadata : {};
  return {
    apiVersion,
    kind: printable(kind),
    name: printable(typeof name === 'string' ? name : typeof generateName === 'string' ? `${generateName}*` : NO_NAME),
    namespace: isClusterWide(groupOf(apiVersion), kind) ? undefined : (nonEmpty(namespace) ?? defaultNamespace),
  };
}

function nonEmpty(text: unknown): string | undefined {
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Fills in where: file and document, object, field. */
export function placed(
  problem: FieldProblem,
  object: string,
  source?: string,
): Problem & { readonly path: FieldProblem['path'] } {
  // What is in no file is already known by its name.
  const isNamed = source?.endsWith(`: ${object}`) === true && object !== '';
  const place = [source, isNamed ? '' : object, pathText(problem.path)].filter(
    (part) => part !== undefined && part !== '',
  );
  return printableProblem({ ...problem, where: place.join(': ') });
}
