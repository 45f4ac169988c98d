import { type FieldPath, isObject } from '../kinds/field';
import { remembered } from '../model/remembered';
import { peersField } from './network-policies';
import { objectsOfKind, type Seen, type SeenObject } from './seen';

/** A label that a selector asks for, as it is written. */
export interface WrittenLabel {
  readonly key: string;
  /** Of `In`, and of matchLabels; none for other operators. */
  readonly values: readonly string[];
  readonly path: FieldPath;
}

/** A label that a NetworkPolicy asks for, of its own pods or of a peer. */
export interface AskedLabel extends WrittenLabel {
  readonly object: SeenObject;
  readonly of: 'pods' | 'namespaces';
}

/** Every label that a NetworkPolicy asks for, refused ones included. */
export const askedLabels = remembered((seen: Seen): readonly AskedLabel[] => {
  const found: AskedLabel[] = [];
  const add = (object: SeenObject, of: AskedLabel['of'], selector: unknown, path: FieldPath) => {
    if (!isObject(selector)) return;
    for (const label of labelsOf(selector, path)) found.push({ object, of, ...label });
  };
  for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
    const { spec } = object.json;
    if (!isObject(spec)) continue;
    add(object, 'pods', spec.podSelector, ['spec', 'podSelector']);
    for (const direction of ['ingress', 'egress'] as const) {
      const field = peersField(direction);
      for (const [rule, index] of itemsOf(spec[direction])) {
        for (const [peer, position] of itemsOf(rule[field])) {
          const path = ['spec', direction, index, field, position];
          add(object, 'pods', peer.podSelector, [...path, 'podSelector']);
          add(object, 'namespaces', peer.namespaceSelector, [...path, 'namespaceSelector']);
        }
      }
    }
  }
  return found;
});

function itemsOf(list: unknown): [Readonly<Record<string, unknown>>, number][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) => (isObject(item) ? [[item, index] as [typeof item, number]] : []));
}

function labelsOf(selector: Readonly<Record<string, unknown>>, path: FieldPath): readonly WrittenLabel[] {
  const { matchLabels, matchExpressions } = selector;
  const exact = isObject(matchLabels) ? Object.entries(matchLabels) : [];
  const asked = Array.isArray(matchExpressions) ? matchExpressions : [];
  return [
    ...exact.map(([key, value]) => ({ key, values: [String(value)], path: [...path, 'matchLabels', key] })),
    ...asked.flatMap((one, index) => {
      if (!isObject(one) || typeof one.key !== 'string') return [];
      const values = one.operator === 'In' && Array.isArray(one.values) ? one.values.map(String) : [];
      return [{ key: one.key, values, path: [...path, 'matchExpressions', index] }];
    }),
  ];
}
