import { type FieldPath, isObject } from '../kinds/field';
import type { Direction } from '../model/layer';
import { remembered } from '../model/remembered';
import { peersField } from './network-policies';
import { objectsOfKind, type Seen, type SeenObject, specOf } from './seen';

/** A label that a NetworkPolicy asks for, of pods or of namespaces, as it is written. */
export interface AskedLabel {
  readonly object: SeenObject;
  readonly key: string;
  /** Of `In`, and of matchLabels; none for other operators. */
  readonly values: readonly string[];
  readonly path: FieldPath;
}

/** The labels that NetworkPolicies, refused ones included, ask for, of those whose key is wanted. */
export function* askedLabels(seen: Seen, of: Wearer, isWanted: (key: string) => boolean): Generator<AskedLabel> {
  // Of the labels that rules look for most manifests ask for none, and few have more than a handful of keys.
  if (![...askedKeys(seen)[of]].some(isWanted)) return;
  for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
    const found: AskedLabel[] = [];
    eachSelector(object, (wearer, selector, place) => {
      if (wearer === of && asks(selector, isWanted))
        found.push(...labelsOf(object, selector, pathOf(wearer, place), isWanted));
    });
    yield* found;
  }
}

/** Who has the labels. */
type Wearer = 'pods' | 'namespaces';

type Fields = Readonly<Record<string, unknown>>;

/** A peer of a rule. */
interface PeerPlace {
  readonly direction: Direction;
  readonly rule: number;
  readonly peer: number;
}

const FIELD_OF: Readonly<Record<Wearer, string>> = { pods: 'podSelector', namespaces: 'namespaceSelector' };

/** Each selector of a policy, in the order in which they are written, with the peer that it is of; with none for its own pods. */
function eachSelector(object: SeenObject, visit: (of: Wearer, selector: Fields, place?: PeerPlace) => void): void {
  const spec = specOf(object);
  if (isObject(spec.podSelector)) visit('pods', spec.podSelector);
  for (const direction of DIRECTIONS) {
    const field = peersField(direction);
    eachObject(spec[direction], ({ [field]: peers }, rule) => {
      eachObject(peers, ({ podSelector, namespaceSelector }, peer) => {
        const place = { direction, rule, peer };
        if (isObject(podSelector)) visit('pods', podSelector, place);
        if (isObject(namespaceSelector)) visit('namespaces', namespaceSelector, place);
      });
    });
  }
}

function eachObject(list: unknown, visit: (item: Fields, index: number) => void): void {
  if (!Array.isArray(list)) return;
  for (let index = 0; index < list.length; index++) if (isObject(list[index])) visit(list[index], index);
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

function pathOf(of: Wearer, place: PeerPlace | undefined): FieldPath {
  if (place === undefined) return ['spec', FIELD_OF[of]];
  const { direction, rule, peer } = place;
  return ['spec', direction, rule, peersField(direction), peer, FIELD_OF[of]];
}

/** The keys that any of them asks for. */
const askedKeys = remembered((seen: Seen): Readonly<Record<Wearer, ReadonlySet<string>>> => {
  const found = { pods: new Set<string>(), namespaces: new Set<string>() };
  for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
    eachSelector(object, (of, selector) => addKeys(selector, found[of]));
  }
  return found;
});

function addKeys({ matchLabels, matchExpressions }: Fields, keys: Set<string>): void {
  if (isObject(matchLabels)) for (const key in matchLabels) keys.add(key);
  eachObject(matchExpressions, ({ key }) => {
    if (typeof key === 'string') keys.add(key);
  });
}

/** Most selectors ask for none of them, and get no place. */
function asks({ matchLabels, matchExpressions }: Fields, isWanted: (key: string) => boolean): boolean {
  if (isObject(matchLabels)) for (const key in matchLabels) if (isWanted(key)) return true;
  return Array.isArray(matchExpressions) && matchExpressions.length > 0;
}

function labelsOf(
  object: SeenObject,
  { matchLabels, matchExpressions }: Fields,
  path: FieldPath,
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
