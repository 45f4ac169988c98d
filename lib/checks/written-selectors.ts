import { type FieldPath, isObject } from '../kinds/field';
import type { Direction } from '../model/layer';
import { at, peersField } from './network-policies';
import type { SeenObject } from './seen';

/** A label that a selector asks for, as it is written. */
export interface WrittenLabel {
  readonly key: string;
  /** Of `In`, and of matchLabels; none for other operators. */
  readonly values: readonly string[];
  readonly path: FieldPath;
}

/** A selector of a NetworkPolicy: that of its own pods, or one of a peer. */
export interface WrittenSelector {
  readonly of: 'pods' | 'namespaces';
  /** Absent where it says whom the policy is about. */
  readonly direction?: Direction;
  readonly labels: readonly WrittenLabel[];
}

/** Every selector of a NetworkPolicy. */
export function* writtenSelectors({ json }: SeenObject): Generator<WrittenSelector> {
  yield { of: 'pods', labels: labelsAt(json, ['spec', 'podSelector']) };
  for (const direction of ['ingress', 'egress'] as const) {
    const rules = at(json, ['spec', direction]);
    if (!Array.isArray(rules)) continue;
    for (const rule of rules.keys()) {
      const path = ['spec', direction, rule, peersField(direction)];
      const peers = at(json, path);
      if (!Array.isArray(peers)) continue;
      for (const peer of peers.keys()) {
        yield { of: 'pods', direction, labels: labelsAt(json, [...path, peer, 'podSelector']) };
        yield { of: 'namespaces', direction, labels: labelsAt(json, [...path, peer, 'namespaceSelector']) };
      }
    }
  }
}

/** The labels that a selector asks for; none where there is no selector. */
export function labelsAt(json: unknown, path: FieldPath): readonly WrittenLabel[] {
  const selector = at(json, path);
  if (!isObject(selector)) return [];
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
