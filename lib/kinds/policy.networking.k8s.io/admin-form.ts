import type { Field } from '../field';
import { isObject } from '../field';

const OLD_FIELDS = ['namespaceSelector', 'sameLabels', 'notSameLabels'] as const;

/**
 * Peers of releases 0.1.0 to 0.1.2, which have the selector of their namespaces one field deeper. From 0.1.3 on these
 * fields are unknown: the API server drops them, so that `namespaces` is left as every namespace, and `pods` without a
 * selector is refused. The apiVersion is the same, so only the form tells, and what was meant is never guessed.
 */
export function isOldPeer(peer: Field): boolean {
  const [namespaces, pods] = [peer.child('namespaces'), peer.child('pods')];
  if (hasOldField(namespaces)) {
    namespaces.refuse(oldForm('every namespace', `namespaces: ${selectorText(namespaces)}`, relationOf(namespaces)));
    return true;
  }
  if (isObject(pods.value) && Object.hasOwn(pods.value, 'namespaces')) {
    const below = pods.child('namespaces');
    below.refuse(
      oldForm('no peer that the API server takes', `namespaceSelector: ${selectorText(below)}`, relationOf(below)),
    );
    return true;
  }
  return false;
}

function hasOldField({ value }: Field): boolean {
  return isObject(value) && OLD_FIELDS.some((name) => Object.hasOwn(value, name));
}

/** Namespaces by what they have in common with the one of the subject, which no later release can say. */
function relationOf({ value }: Field): string | undefined {
  return isObject(value) ? OLD_FIELDS.slice(1).find((name) => Object.hasOwn(value, name)) : undefined;
}

function selectorText(field: Field): string {
  return JSON.stringify(field.child('namespaceSelector').value ?? {});
}

function oldForm(left: string, rewritten: string, relation: string | undefined) {
  return {
    rule: 'unread-policy',
    what: `This peer has the form of network-policy-api 0.1.0 to 0.1.2; from 0.1.3 on the API server drops the field, and ${left} is left`,
    ...(relation !== undefined && { value: relation }),
    allowed: 'the form of 0.1.3 and later: namespaces: {matchLabels…}, or pods: {namespaceSelector, podSelector}',
    fix:
      relation === undefined
        ? `If the cluster has 0.1.3 or later, write ${rewritten}.`
        : 'Name the namespaces by their labels: later releases cannot compare them with those of the subject.',
  };
}
