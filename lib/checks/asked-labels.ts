import { type FieldPath, isObject } from '../kinds/field';
import { remembered } from '../model/remembered';
import { peersField } from './network-policies';
import { objectsOfKind, type Seen, type SeenObject } from './seen';

/** A label that a NetworkPolicy asks for, of pods or of namespaces, as it is written. */
export interface AskedLabel {
  readonly object: SeenObject;
  readonly key: string;
  /** Of `In`, and of matchLabels; none for other operators. */
  readonly values: readonly string[];
  readonly path: FieldPath;
}

/** The labels that NetworkPolicies, refused ones included, ask for, of those whose key is wanted. */
export function* askedLabels(
  seen: Seen,
  of: 'pods' | 'namespaces',
  isWanted: (key: string) => boolean,
): Generator<AskedLabel> {
  // Of the labels that rules look for most manifests ask for none, and few have more than a handful of keys.
  if (![...askedKeys(seen)[of]].some(isWanted)) return;
  for (const asked of askedSelectors(seen)) {
    if (asked.of === of && asks(asked.selector, isWanted)) yield* labelsOf(asked, isWanted);
  }
}

/** A selector as it is written, and where. */
interface AskedSelector {
  readonly object: SeenObject;
  readonly of: 'pods' | 'namespaces';
  readonly selector: Readonly<Record<string, unknown>>;
  readonly path: FieldPath;
}

function* askedSelectors(seen: Seen): Generator<AskedSelector> {
  for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
    const { spec } = object.json;
    if (!isObject(spec)) continue;
    const { podSelector: selector } = spec;
    if (isObject(selector)) yield { object, of: 'pods', selector, path: ['spec', 'podSelector'] };
    for (const direction of ['ingress', 'egress'] as const) {
      const field = peersField(direction);
      for (const [rule, index] of itemsOf(spec[direction])) {
        for (const [peer, position] of itemsOf(rule[field])) {
          const path = ['spec', direction, index, field, position];
          const { podSelector, namespaceSelector } = peer;
          if (isObject(podSelector))
            yield { object, of: 'pods', selector: podSelector, path: [...path, 'podSelector'] };
          if (isObject(namespaceSelector))
            yield { object, of: 'namespaces', selector: namespaceSelector, path: [...path, 'namespaceSelector'] };
        }
      }
    }
  }
}

/** The keys that any of them asks for. */
const askedKeys = remembered((seen: Seen): Readonly<Record<AskedSelector['of'], ReadonlySet<string>>> => {
  const found = { pods: new Set<string>(), namespaces: new Set<string>() };
  for (const { of, selector } of askedSelectors(seen)) addKeys(selector, found[of]);
  return found;
});

function* objectsIn(list: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(list)) for (const item of list) if (isObject(item)) yield item;
}

function addKeys({ matchLabels, matchExpressions }: AskedSelector['selector'], keys: Set<string>): void {
  if (isObject(matchLabels)) for (const key in matchLabels) keys.add(key);
  for (const { key } of objectsIn(matchExpressions)) if (typeof key === 'string') keys.add(key);
}

/** Most selectors ask for none of them, and get no place. */
function asks(
  { matchLabels, matchExpressions }: AskedSelector['selector'],
  isWanted: (key: string) => boolean,
): boolean {
  if (isObject(matchLabels)) for (const key in matchLabels) if (isWanted(key)) return true;
  return Array.isArray(matchExpressions) && matchExpressions.length > 0;
}

function itemsOf(list: unknown): [Readonly<Record<string, unknown>>, number][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) => (isObject(item) ? [[item, index] as [typeof item, number]] : []));
}

function labelsOf(
  { object, selector: { matchLabels, matchExpressions }, path }: AskedSelector,
  isWanted: (key: string) => boolean,
): readonly AskedLabel[] {
  const exact = isObject(matchLabels) ? Object.entries(matchLabels) : [];
  const asked = Array.isArray(matchExpressions) ? matchExpressions : [];
  const found = [
    ...exact.map(([key, value]) => ({ key, values: [String(value)], path: [...path, 'matchLabels', key] })),
    ...asked.flatMap((one, index) => {
      if (!isObject(one) || typeof one.key !== 'string') return [];
      const values = one.operator === 'In' && Array.isArray(one.values) ? one.values.map(String) : [];
      return [{ key: one.key, values, path: [...path, 'matchExpressions', index] }];
    }),
  ];
  return found.filter(({ key }) => isWanted(key)).map((label) => ({ ...label, object }));
}
