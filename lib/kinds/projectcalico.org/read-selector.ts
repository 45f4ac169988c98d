import type { Field } from '../field';
import { NAMESPACE, OF_ACCOUNT, OF_NAMESPACE, SERVICE_ACCOUNT } from './calico-labels';
import { type Expression, expressionOf, hasGlobal, type Parsed, prefixed } from './selector-expression';
import { type Endpoints, endpointsOf } from './selectors';
import { notRead, textOf } from './shape';

/** The selector of endpoints in a field; undefined where it is absent or empty. */
export function readSelector(field: Field): Expression | undefined {
  const expression = readExpression(field);
  if (expression === undefined || !hasGlobal(expression)) return expression;
  field.refuse(GLOBAL);
  return NOBODY;
}

/**
 * A selector of namespaces in a field, as one of endpoints, which have the labels of their namespace behind a prefix. Of
 * namespaces, all() means what is in one, and global() what is in none (`getEndpointSelector`, syncersv1/updateprocessors).
 */
export function readNamespaceSelector(field: Field, globals: 'taken' | 'refused'): Expression | undefined {
  const expression = readExpression(field);
  if (expression === undefined) return undefined;
  if (hasGlobal(expression) && (globals === 'refused' || expression.kind !== 'global')) {
    field.refuse(GLOBAL);
    return NOBODY;
  }
  return ofNamespaces(prefixed(expression, OF_NAMESPACE));
}

/** A selector of service accounts in a field, as one of endpoints, which have the labels of their account behind a prefix. */
export function readAccountSelector(field: Field): Expression | undefined {
  const expression = readSelector(field);
  return expression && prefixed(expression, OF_ACCOUNT);
}

/** Service accounts by their names, and by a selector of them: both must hold. */
export function readAccounts(field: Field): Expression | undefined {
  if (field.isAbsent) return undefined;
  field.only(['names', 'selector']);
  const names = field
    .child('names')
    .items()
    .flatMap((name) => name.text() ?? []);
  return all(
    readAccountSelector(field.child('selector')),
    names.length === 0 ? undefined : named(SERVICE_ACCOUNT, names),
  );
}

/** What is in the namespace of that name. */
export function inNamespace(name: string): Expression {
  return named(NAMESPACE, [name]);
}

/** What all of them hold for, of those that are there; undefined where none is. */
export function all(...expressions: readonly (Expression | undefined)[]): Expression | undefined {
  const given = expressions.filter((it) => it !== undefined);
  return given.length > 1 ? { kind: 'and', of: given } : given[0];
}

/** Whom the selector holds for; nobody, and reported, where it says too much. */
export function readEndpoints(field: Field, expression: Expression): Endpoints {
  const endpoints = endpointsOf(expression);
  if (endpoints !== undefined) return endpoints;
  notRead(field, 'its selector has too many alternatives', 'fewer alternatives, or several policies');
  return { expression, pods: [], mayBeHosts: false };
}

/** The texts that are remembered at most: a platform has hundreds. */
const MOST_TEXTS = 10_000;

/** Reads what each text says once; what is wrong is read again, to be reported where it stands. */
export function rememberingTexts<T>(): (text: string, field: Field, read: () => T) => T {
  const byText = new Map<string, T>();
  return (text, field, read) => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    const before = field.problemCount;
    const result = read();
    if (field.problemCount > before) return result;
    if (byText.size >= MOST_TEXTS) byText.clear();
    byText.set(text, result);
    return result;
  };
}

const parsedByText = new Map<string, Parsed>();

/** Characters that Calico takes. */
const LONGEST = 1024;

function readExpression(field: Field): Expression | undefined {
  const text = textOf(field, LONGEST);
  if (text === '') return undefined;
  // It is refused already; what nests thousands of times would go deeper than the stack.
  if (text.length > LONGEST) return NOBODY;
  const parsed = parsedByText.get(text) ?? expressionOf(text);
  if (parsedByText.size >= MOST_TEXTS) parsedByText.clear();
  parsedByText.set(text, parsed);
  if ('expression' in parsed) return parsed.expression;
  field.refuse({
    rule: 'calico-selector',
    what: `The selector "${text}" ${parsed.wrong}, and Calico refuses it`,
    value: text,
    allowed: "'==', '!=', 'in', 'not in', 'has', 'contains', 'starts with', 'ends with', 'all()', '!', '&&', '||'",
    fix: 'Write it as the Calico reference says: a == "b" && has(c).',
  });
  return NOBODY;
}

function ofNamespaces(expression: Expression): Expression {
  switch (expression.kind) {
    case 'all':
      return IN_SOME_NAMESPACE;
    case 'global':
      return { kind: 'not', of: IN_SOME_NAMESPACE };
    case 'not':
      return { kind: 'not', of: ofNamespaces(expression.of) };
    case 'and':
    case 'or':
      return { ...expression, of: expression.of.map(ofNamespaces) };
    default:
      return expression;
  }
}

function named(key: string, values: readonly string[]): Expression {
  return { kind: 'label', key, values, excluded: false, mayBeAbsent: false };
}

const IN_SOME_NAMESPACE: Expression = { kind: 'label', key: NAMESPACE, values: [], excluded: true, mayBeAbsent: false };
const NOBODY: Expression = { kind: 'not', of: { kind: 'all' } };

const GLOBAL = {
  rule: 'calico-selector',
  what: 'global() stands where Calico refuses it',
  value: 'global()',
  allowed: 'global() alone in the namespaceSelector of a peer',
  fix: 'Write namespaceSelector: global() at the peer, and take it out here.',
};
