import { allows, type KeyConstraint, keyConstraint } from '../../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';
import type { Field } from '../field';
import { namespaceCalled } from '../metadata';
import { type Condition, expressionOf } from './selector-expression';
import { notRead, textOf } from './shape';

/** What a selector of Calico says of pods and of their namespaces. */
export interface Selected {
  readonly namespaces: Selector;
  readonly pods: Selector;
  /**
   * It can only hold for what is in a namespace. A selector otherwise also holds for host endpoints and global network
   * sets that have such labels.
   */
  readonly isNamespaced: boolean;
}

/**
 * A label that Calico gives every pod and nothing else, which is how it keeps host endpoints and network sets out of the
 * Kubernetes policies that it translates (libcalico-go/lib/backend/k8s/conversion).
 */
const ORCHESTRATOR = 'projectcalico.org/orchestrator';
/** A label that Calico gives every pod: the name of its namespace. */
const NAMESPACE = 'projectcalico.org/namespace';
/** A label that Calico gives every namespace. */
const NAME = 'projectcalico.org/name';

const NOBODY: Selected = { namespaces: selectors.anything, pods: selectors.nothing, isNamespaced: true };
const ANYBODY: Selected = { namespaces: selectors.anything, pods: selectors.anything, isNamespaced: false };

/** The selector of endpoints in a field; anybody where it is absent or empty. */
export const readSelector = readingOnce(podCondition);

/** A selector of namespaces, by their own labels; anybody where it is absent or empty. */
export const readNamespaceSelector = readingOnce(namespaceCondition);

/** The texts that are remembered at most: a platform has hundreds. */
const MOST_TEXTS = 10_000;

/** Each text is read once, since policies repeat theirs; what is wrong is read again, to be reported where it stands. */
function readingOnce(read: (field: Field, condition: Condition) => Selected): (field: Field) => Selected {
  const byText = new Map<string, Selected>();
  return (field) => {
    const known = typeof field.value === 'string' ? byText.get(field.value) : undefined;
    if (known !== undefined) return known;
    const before = field.problemCount;
    const selected = readConditions(field)
      .map((condition) => read(field, condition))
      .reduce(bothSelected, ANYBODY);
    if (typeof field.value !== 'string' || field.problemCount > before) return selected;
    if (byText.size >= MOST_TEXTS) byText.clear();
    byText.set(field.value, selected);
    return selected;
  };
}

export function bothSelected(a: Selected, b: Selected): Selected {
  return {
    namespaces: selectors.both(a.namespaces, b.namespaces),
    pods: selectors.both(a.pods, b.pods),
    isNamespaced: a.isNamespaced || b.isNamespaced,
  };
}

export function inNamespace(name: string): Selected {
  return {
    namespaces: namespaceCalled(name),
    pods: selectors.anything,
    isNamespaced: true,
  };
}

function readConditions(field: Field): readonly Condition[] {
  const text = textOf(field, 1024);
  const expression = expressionOf(text);
  if ('conditions' in expression) return expression.conditions;
  if ('unread' in expression) notRead(field, `the selector "${text}" has ${expression.unread}`, CONJUNCTIONS);
  else {
    field.refuse({
      rule: 'calico-selector',
      what: `The selector "${text}" ${expression.wrong}, and Calico refuses it`,
      value: text,
      allowed: CONJUNCTIONS,
      fix: 'Write it as the Calico reference says: a == "b" && has(c).',
    });
  }
  return [{ kind: 'nothing' }];
}

const CONJUNCTIONS = "'==', '!=', 'in', 'not in', 'has', 'all()', each with '!' before it or not, joined by '&&'";

function podCondition(field: Field, condition: Condition): Selected {
  switch (condition.kind) {
    case 'all':
      return ANYBODY;
    case 'nothing':
      return NOBODY;
    case 'global':
      field.refuse(GLOBAL);
      return NOBODY;
    case 'label':
      return podLabel(field, condition.constraint);
  }
}

function podLabel(field: Field, constraint: KeyConstraint): Selected {
  const { key, mayBeAbsent } = constraint;
  if (key === ORCHESTRATOR) return allows(constraint, 'k8s') ? { ...ANYBODY, isNamespaced: !mayBeAbsent } : NOBODY;
  if (key === NAMESPACE) return ofNamespaceName(constraint);
  if (/^(projectcalico[.]org\/|pcns[.]|pcsa[.])/.test(key) || key === NAMESPACE_NAME_LABEL) {
    notRead(
      field,
      `the selector asks for '${key}', which is no label that pods are given in manifests`,
      'labels of pods',
    );
    return NOBODY;
  }
  return { namespaces: selectors.anything, pods: fromConstraints([constraint]), isNamespaced: false };
}

function namespaceCondition(field: Field, condition: Condition): Selected {
  switch (condition.kind) {
    case 'all':
      // Of namespaces, all() means whatever is in one (`getEndpointSelector`, syncersv1/updateprocessors).
      return { ...ANYBODY, isNamespaced: true };
    case 'nothing':
      return NOBODY;
    case 'global':
      notRead(field, 'global() means host endpoints and global network sets', 'selectors of namespaces');
      return NOBODY;
    case 'label':
      return namespaceLabel(field, condition.constraint);
  }
}

function namespaceLabel(field: Field, constraint: KeyConstraint): Selected {
  const { key, mayBeAbsent } = constraint;
  if (key === NAME) return ofNamespaceName(constraint);
  if (key.startsWith('projectcalico.org/')) {
    notRead(field, `the selector asks for '${key}', which is no label of namespaces`, `'${NAME}' and own labels`);
    return NOBODY;
  }
  // The name label is never absent from a namespace, which the model knows; from what is in none, it is.
  return {
    namespaces: fromConstraints([constraint]),
    pods: selectors.anything,
    isNamespaced: !mayBeAbsent && !(key === NAMESPACE_NAME_LABEL && constraint.excluded),
  };
}

function ofNamespaceName({ values, excluded, mayBeAbsent }: KeyConstraint): Selected {
  const constraint = keyConstraint(NAMESPACE_NAME_LABEL, values, { excluded, mayBeAbsent: false });
  return { namespaces: fromConstraints([constraint]), pods: selectors.anything, isNamespaced: !mayBeAbsent };
}

const GLOBAL = {
  rule: 'calico-selector',
  what: 'global() stands in a selector of endpoints, where Calico refuses it',
  value: 'global()',
  allowed: 'global() alone in the namespaceSelector of a peer',
  fix: 'Move it there.',
};
