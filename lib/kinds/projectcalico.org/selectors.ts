import { type KeyConstraint, keyConstraint } from '../../model/key-constraint';
import { labelKeyProblem, labelValueProblem, NAMESPACE_NAME_LABEL } from '../../model/labels';
import { isEmptyPodSet, type PodSet, podSet } from '../../model/pod-set';
import { both, fromConstraints } from '../../model/selector-algebra';
import { NAME, NAMESPACE, OF_ACCOUNT, OF_NAMESPACE, ORCHESTRATOR, SERVICE_ACCOUNT } from './calico-labels';
import { type Conjunction, conjunctionsOf, type Literal } from './disjunction';
import { hasText } from './labelled';
import type { Expression, LabelCondition } from './selector-expression';

/** Pods that a selector may hold for. */
export interface Selected {
  readonly pods: PodSet;
  /** It may hold for fewer of them, by what no manifest of a pod tells. */
  readonly isUncertain: boolean;
}

/** Whom of the endpoints of Calico a selector holds for. */
export interface Endpoints {
  readonly expression: Expression;
  /** The union of these. */
  readonly pods: readonly Selected[];
  /** It could hold for a host endpoint: nothing is known of what labels these have, but that they are in no namespace. */
  readonly mayBeHosts: boolean;
}

/** Undefined where a selector says too much to be worked out. */
export function endpointsOf(expression: Expression): Endpoints | undefined {
  const conjunctions = conjunctionsOf(expression);
  if (conjunctions === undefined) return undefined;
  return {
    expression,
    pods: conjunctions.map(podsOf).filter(({ pods }) => !isEmptyPodSet(pods)),
    mayBeHosts: conjunctions.some((conjunction) => conjunction.every(mayHoldForHost)),
  };
}

/** Whether a label is one that Calico gives endpoints or namespaces. */
function isOfCalico({ key }: KeyConstraint): boolean {
  return key.startsWith('projectcalico.org/') || key.startsWith(OF_NAMESPACE) || key.startsWith(OF_ACCOUNT);
}

/**
 * What a selector of Kubernetes means by labels that Calico gives pods and namespaces, whatever these say of themselves
 * (libcalico-go/lib/backend/k8s/conversion); undefined where it asks for none.
 */
export function podsByCalico({ namespaces, pods }: PodSet): Selected | undefined {
  if (![...namespaces.constraints, ...pods.constraints].some(isOfCalico)) return undefined;
  if (namespaces.impossible || pods.impossible) return undefined;
  const [own, others] = [pods.constraints.filter(isOfCalico), pods.constraints.filter((it) => !isOfCalico(it))];
  const literals = [
    ...namespaces.constraints.map((it): Literal => ({ kind: 'label', ...it, key: OF_NAMESPACE + it.key })),
    ...own.map((it): Literal => ({ kind: 'label', ...it })),
  ];
  const { pods: meant, isUncertain } = podsOf(literals);
  return {
    pods: podSet(meant.namespaces, both(meant.pods, fromConstraints(others))),
    isUncertain,
  };
}

/** What is in both. */
export function bothSelected(a: Selected, b: Selected): Selected {
  return {
    pods: podSet(both(a.pods.namespaces, b.pods.namespaces), both(a.pods.pods, b.pods.pods)),
    isUncertain: a.isUncertain || b.isUncertain,
  };
}

interface Constraints {
  readonly namespaces: readonly KeyConstraint[];
  readonly pods: readonly KeyConstraint[];
  readonly isUncertain?: true;
}

const ANY: Constraints = { namespaces: [], pods: [] };
const MAYBE: Constraints = { ...ANY, isUncertain: true };
const NOBODY: Constraints = {
  namespaces: [],
  pods: [keyConstraint('nobody', [], { excluded: false, mayBeAbsent: false })],
};

function podsOf(conjunction: Conjunction): Selected {
  const parts = withoutTexts(conjunction).map(constraintsOf);
  return {
    pods: podSet(
      fromConstraints(parts.flatMap(({ namespaces }) => namespaces)),
      fromConstraints(parts.flatMap(({ pods }) => pods)),
    ),
    isUncertain: parts.some(({ isUncertain }) => isUncertain),
  };
}

/** Where all values are named that a label may have, what is said of its text tells which of them. */
function withoutTexts(conjunction: Conjunction): Conjunction {
  const texts = conjunction.filter((literal) => literal.kind === 'text');
  const named = conjunction
    .filter((it) => it.kind === 'label')
    .filter(({ excluded, mayBeAbsent }) => !excluded && !mayBeAbsent);
  const decided = new Set(texts.filter(({ key }) => named.some((it) => it.key === key)));
  if (decided.size === 0) return conjunction;
  return conjunction
    .filter((literal) => literal.kind === 'label' || !decided.has(literal))
    .map((literal): Literal => {
      if (literal.kind === 'text' || !named.includes(literal)) return literal;
      const own = texts.filter(({ key }) => key === literal.key);
      return {
        ...literal,
        values: literal.values.filter((value) => own.every((it) => hasText(it, value) !== it.negated)),
      };
    });
}

/** What a condition on the label of an endpoint says of pods and their namespaces. */
function constraintsOf(literal: Literal): Constraints {
  const { key } = literal;
  if (key === ORCHESTRATOR) return ifAllowed(literal, 'k8s');
  if (key === NAMESPACE) return ofNamespace(literal, NAMESPACE_NAME_LABEL);
  if (key.startsWith(OF_NAMESPACE)) {
    const own = key.slice(OF_NAMESPACE.length);
    return ofNamespace(literal, own === NAME ? NAMESPACE_NAME_LABEL : own);
  }
  if (key === SERVICE_ACCOUNT || key.startsWith(OF_ACCOUNT)) return MAYBE;
  // A label of pods that the model takes for one of namespaces, which is never absent.
  if (key === NAMESPACE_NAME_LABEL) return MAYBE;
  const constraint = constraintOf(literal, key);
  return { namespaces: [], pods: constraint, ...(literal.kind === 'text' && { isUncertain: true }) };
}

function ofNamespace(literal: Literal, key: string): Constraints {
  return { namespaces: constraintOf(literal, key), pods: [], ...(literal.kind === 'text' && { isUncertain: true }) };
}

function ifAllowed(literal: Literal, value: string): Constraints {
  const holds =
    literal.kind === 'text'
      ? hasText(literal, value) !== literal.negated
      : literal.values.includes(value) !== literal.excluded;
  return holds ? ANY : NOBODY;
}

/** What Kubernetes refuses as a key or a value is on no pod and no namespace. */
function constraintOf(literal: Literal, key: string): KeyConstraint[] {
  if (literal.kind === 'text') return constraintOf(present(literal.key), key);
  if (labelKeyProblem(key) !== undefined) return literal.mayBeAbsent ? [] : [...NOBODY.pods];
  const { excluded, mayBeAbsent } = literal;
  const values = literal.values.filter((value) => labelValueProblem(value) === undefined);
  return [keyConstraint(key, values, { excluded, mayBeAbsent })];
}

function present(key: string): LabelCondition {
  return { kind: 'label', key, values: [], excluded: true, mayBeAbsent: false };
}

/** A host endpoint is in no namespace, has no service account, and is no pod; its own labels may be any. */
function mayHoldForHost(literal: Literal): boolean {
  const { key } = literal;
  const isOfOthers =
    [ORCHESTRATOR, NAMESPACE, SERVICE_ACCOUNT].includes(key) ||
    key.startsWith(OF_NAMESPACE) ||
    key.startsWith(OF_ACCOUNT);
  return !isOfOthers || (literal.kind === 'label' && literal.mayBeAbsent);
}
