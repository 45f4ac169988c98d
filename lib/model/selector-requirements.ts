import { isUnsatisfiable, type KeyConstraint, keyConstraint } from './key-constraint';
import {
  LABEL_KEY_ALLOWED,
  LABEL_VALUE_ALLOWED,
  type Labels,
  labelKeyProblem,
  labelValueProblem,
  NAMESPACE_NAME_LABEL,
} from './labels';
import { type Problem, ZeroTrustError } from './problem';
import { remembered } from './remembered';
import { fromConstraints, fromDistinct, type Selector } from './selector-algebra';
import { shallowJson } from './shallow-json';

/** The operators of a Kubernetes label selector. */
export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** One entry of `matchExpressions`. NotIn matches also where the key is absent. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  /** At least one for In and NotIn; none for Exists and DoesNotExist. */
  readonly values?: readonly string[];
}

const OPERATORS: readonly Operator[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** @throws ZeroTrustError for a key or value that Kubernetes refuses; every one of them is named. */
export function fromLabels(labels: Labels): Selector {
  const entries = Object.entries(labels);
  const isSound = entries.every(([key, value]) => isLabel(key, value));
  if (!isSound) return fromRequirements(entries.map(([key, value]) => ({ key, operator: 'In', values: [value] })));
  // Each key is there once, and has one value: nothing has to be met.
  return fromDistinct(entries.map(([key, value]) => ({ key, values: [value], excluded: false, mayBeAbsent: false })));
}

function isLabel(key: string, value: unknown): boolean {
  return labelKeyProblem(key) === undefined && labelValueProblem(value) === undefined;
}

/**
 * What satisfies every requirement; several may speak of the same key.
 *
 * @throws ZeroTrustError for what the API server refuses; every problem is named.
 */
export function fromRequirements(requirements: readonly Requirement[]): Selector {
  const problems = requirements.flatMap(requirementProblems);
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return fromConstraints(requirements.map(constraintOf));
}

/** The fewest requirements that mean the selector, sorted by key. */
export function requirements(selector: Selector): Requirement[] {
  // Kubernetes has no word for nothing. A contradiction says it, and what renders it selects no pod rather than all.
  if (selector.impossible) {
    return [
      { key: 'nothing', operator: 'Exists' },
      { key: 'nothing', operator: 'DoesNotExist' },
    ];
  }
  return selector.constraints.flatMap(requirementsOf);
}

/** Like kubectl: `app=vllm,tier in (a,b),w,!x,y!=z`; `*` for anything, `!*` for nothing. Equal meaning, equal text. */
export const selectorText = remembered((selector: Selector): string => {
  if (selector.impossible) return '!*';
  if (selector.constraints.length === 0) return '*';
  return requirements(selector).map(requirementText).join(',');
});

function constraintOf({ key, operator, values = [] }: Requirement): KeyConstraint {
  switch (operator) {
    case 'In':
      return keyConstraint(key, values, { excluded: false, mayBeAbsent: false });
    case 'NotIn':
      return keyConstraint(key, values, { excluded: true, mayBeAbsent: true });
    case 'Exists':
      return keyConstraint(key, [], { excluded: true, mayBeAbsent: false });
    case 'DoesNotExist':
      return keyConstraint(key, [], { excluded: false, mayBeAbsent: true });
  }
}

function requirementsOf(constraint: KeyConstraint): Requirement[] {
  const { key, values, excluded, mayBeAbsent } = constraint;
  const neverAbsent = key === NAMESPACE_NAME_LABEL;
  if (excluded) {
    const exists: Requirement[] = mayBeAbsent || neverAbsent ? [] : [{ key, operator: 'Exists' }];
    return values.length === 0 ? exists : [...exists, { key, operator: 'NotIn', values }];
  }
  if (!mayBeAbsent && !isUnsatisfiable(constraint)) return [{ key, operator: 'In', values }];
  if (mayBeAbsent && values.length === 0) return [{ key, operator: 'DoesNotExist' }];
  throw new ZeroTrustError({
    rule: 'selector-operator',
    what: `The constraint on '${key}' allows its absence beside chosen values, which no list of requirements can say`,
    value: key,
    allowed: 'what In, NotIn, Exists and DoesNotExist say when all of them hold',
    fix: 'Use one selector for the values and one for the absence.',
  });
}

function requirementText({ key, operator, values = [] }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}

// As ValidateLabelSelectorRequirement of k8s.io/apimachinery/pkg/apis/meta/v1/validation.
function requirementProblems({ key, operator, values }: Requirement): Problem[] {
  return [
    ...keyProblems(key),
    ...operatorProblems(key, operator, values ?? []),
    ...(values ?? []).flatMap((value) => valueProblems(key, value)),
  ];
}

function keyProblems(key: string): Problem[] {
  const what = labelKeyProblem(key);
  if (what === undefined) return [];
  return [
    {
      rule: 'label-key',
      what,
      value: String(key),
      allowed: LABEL_KEY_ALLOWED,
      fix: 'Use the key that the pods or namespaces really carry.',
    },
  ];
}

function valueProblems(key: string, value: string): Problem[] {
  const what = labelValueProblem(value);
  if (what === undefined) return [];
  return [
    {
      rule: 'label-value',
      what: `${what} (of the label '${key}')`,
      value: typeof value === 'string' ? value : shallowJson(value),
      allowed: LABEL_VALUE_ALLOWED,
      fix:
        typeof value === 'string'
          ? 'Use the value that the pods or namespaces really carry.'
          : 'Write it as a string, in quotes.',
    },
  ];
}

function operatorProblems(key: string, operator: Operator, values: readonly string[]): Problem[] {
  if (!OPERATORS.includes(operator)) {
    const near = OPERATORS.find((known) => known.toLowerCase() === String(operator).toLowerCase());
    return [
      {
        rule: 'selector-operator',
        what: `The operator '${operator}' on label '${key}' is not one that Kubernetes has`,
        value: String(operator),
        allowed: 'In, NotIn, Exists, DoesNotExist',
        fix: `Write one of the four as it stands there${near === undefined ? '' : `: ${near}`}.`,
      },
    ];
  }
  const needsValues = operator === 'In' || operator === 'NotIn';
  if (needsValues && values.length === 0) {
    return [
      {
        rule: 'selector-values',
        what: `${operator} on label '${key}' has no values, which the API server refuses`,
        value: '[]',
        allowed: 'one value or more',
        fix:
          operator === 'In'
            ? 'Name the values, or use Exists for any value.'
            : 'Name the values, or leave the requirement out: it excludes nothing.',
      },
    ];
  }
  if (!needsValues && values.length > 0) {
    return [
      {
        rule: 'selector-values',
        what: `${operator} on label '${key}' has the values ${values.join(', ')}, which the API server refuses`,
        value: values.join(', '),
        allowed: 'no values',
        fix: `Leave the values out, or use ${operator === 'Exists' ? 'In' : 'NotIn'}.`,
      },
    ];
  }
  return [];
}
