import type { Labels } from './labels';
import { type Problem, ZeroTrustError } from './problem';
import { remembered } from './remembered';
import { both, type Selector } from './selector-algebra';
import { fromLabels, fromRequirements, type Requirement, requirements } from './selector-requirements';
import { shallowJson } from './shallow-json';

/** A LabelSelector of Kubernetes, as it stands in a manifest. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly Requirement[];
}

/** The canonical LabelSelector: what one value decides is in matchLabels; `{}` for anything. */
export const toLabelSelector = remembered((selector: Selector): LabelSelector => {
  const all = requirements(selector);
  const labels = all.flatMap(({ key, operator, values }) =>
    operator === 'In' && values?.length === 1 ? [[key, values[0]] as const] : [],
  );
  const expressions = all.filter(({ operator, values }) => operator !== 'In' || values?.length !== 1);
  return {
    ...(labels.length > 0 && { matchLabels: Object.fromEntries(labels) }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
});

/**
 * Reads a LabelSelector of a manifest. An absent one is for the caller to judge: absent and `{}` differ in meaning.
 *
 * @throws ZeroTrustError for what the API server refuses, fields that a LabelSelector does not have included.
 */
export function fromLabelSelector(json: unknown): Selector {
  if (!isObject(json))
    throw new ZeroTrustError(shapeProblem('A label selector', json, 'an object; {} selects everything'));
  const strangers = Object.keys(json).filter((name) => name !== 'matchLabels' && name !== 'matchExpressions');
  if (strangers.length > 0) throw new ZeroTrustError(strangers.map(strangerProblem));
  const labels = fromMatchLabels(json.matchLabels ?? {});
  // Most selectors have labels alone.
  return json.matchExpressions === undefined || json.matchExpressions === null
    ? labels
    : both(labels, fromMatchExpressions(json.matchExpressions));
}

function fromMatchLabels(matchLabels: unknown): Selector {
  if (!isObject(matchLabels)) {
    throw new ZeroTrustError(shapeProblem('matchLabels', matchLabels, 'an object of label keys and their values'));
  }
  return fromLabels(matchLabels as Labels);
}

function fromMatchExpressions(matchExpressions: unknown): Selector {
  const shape = 'a list of objects with key, operator and, for In and NotIn, a list of values';
  if (!Array.isArray(matchExpressions) || !matchExpressions.every(isExpression)) {
    throw new ZeroTrustError(shapeProblem('matchExpressions', matchExpressions, shape));
  }
  return fromRequirements(
    matchExpressions.map(({ key, operator, values }) => ({ key, operator, values: values ?? [] }) as Requirement),
  );
}

const EXPRESSION_FIELDS: readonly string[] = ['key', 'operator', 'values'];

function isExpression(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const { values } = value;
  const isKnown = Object.keys(value).every((name) => EXPRESSION_FIELDS.includes(name));
  return isKnown && (values === undefined || values === null || Array.isArray(values));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shapeProblem(subject: string, value: unknown, allowed: string): Problem {
  const given = shallowJson(value);
  return {
    rule: 'label-selector',
    what: `${subject} cannot be read from ${given}`,
    value: given,
    allowed,
    fix: 'Write it as the Kubernetes API has it.',
  };
}

function strangerProblem(field: string): Problem {
  return {
    rule: 'label-selector',
    what: `A label selector has no field '${field}', so what it asks would be lost`,
    value: field,
    allowed: 'matchLabels, matchExpressions',
    fix: `Move it under matchLabels, or take it out.`,
  };
}
