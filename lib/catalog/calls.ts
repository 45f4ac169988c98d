import { givenConstruct } from '../graph/given-construct';
import type { KnownSystem } from '../known-systems';
import { isObject, text, wrongKind } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { ZeroTrustNamespace } from '../tiers';
import { methodOf } from './method-of';

/** A call of a method of the catalog, for what is wrong with its arguments: which method, and how it is written. */
export interface CatalogCall {
  /** `Catalog.langsmith`. */
  readonly method: string;
  /** `Catalog.langsmith(namespace, 'langsmith')`. */
  readonly example: string;
}

/** The call that makes the tiers of a system. */
export function callOfTiers({ id }: Pick<KnownSystem, 'id'>): CatalogCall {
  const method = `Catalog.${methodOf({ id })}`;
  return { method, example: `${method}(namespace, '${id}')` };
}

/** The call for any system, by its id. */
export const CALL_OF_SYSTEM: CatalogCall = {
  method: 'Catalog.system',
  example: "Catalog.system(namespace, 'weaviate', 'weaviate')",
};

/** The namespace that a method of the catalog was handed. */
export function givenScope(value: unknown, { method, example }: CatalogCall): ZeroTrustNamespace {
  return givenConstruct<ZeroTrustNamespace>(value, `\`scope\` of ${method}`, {
    allowed: 'the ZeroTrustNamespace that its pods run in',
    fix: `Give the namespace first: ${example}`,
  });
}

/** Text that a method of the catalog was handed; what is none is refused at the namespace. */
export function givenText(value: unknown, name: string, scope: ZeroTrustNamespace, call: CatalogCall): string {
  try {
    return text(value, `\`${name}\` of ${call.method}`);
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    const [problem] = error.problems;
    throw new ZeroTrustError({ ...problem, where: scope.node.path, fix: `Write all of the call: ${call.example}` });
  }
}

/** One tier is made by its own construct: who hands a namespace over has the methods of several tiers in mind. */
export function refuseScopeAsOptions(value: unknown, { id }: Pick<KnownSystem, 'id'>, construct: string): void {
  if (!isObject(value) || !('node' in value)) return;
  const method = `Catalog.${methodOf({ id })}`;
  throw wrongKind(value, `\`options\` of ${method}`, {
    is: 'options: the method gives the props of one tier',
    allowed: "options in braces, as { version: '…' }, or nothing",
    fix: `Write new ${construct}(namespace, '${id}', ${method}())`,
  });
}
