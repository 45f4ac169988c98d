import { type FieldPath, isObject } from '../kinds/field';
import { into } from '../model/into';
import type { Direction, PolicyRef, Rule, RulePeer } from '../model/layer';
import type { PodSet } from '../model/pod-set';
import { remembered } from '../model/remembered';
import { objectNamed, type Seen, type SeenObject } from './seen';

/** A NetworkPolicy that was read, with what it means and where it says it. */
export interface SeenPolicy {
  readonly object: SeenObject;
  readonly namespace: string;
  readonly name: string;
  readonly subject: PodSet;
  readonly directions: readonly Direction[];
  /** In the order in which they are written, of directions that it isolates. */
  readonly rules: readonly Rule[];
}

/** One of the peers of a rule, and where it stands. */
export interface SeenPeer {
  readonly peer: RulePeer;
  readonly json: unknown;
  readonly path: FieldPath;
}

/** Every NetworkPolicy that the API server takes. Of several with one name the last, as the reading has it. */
export const networkPolicies = remembered((seen: Seen): readonly SeenPolicy[] => {
  const rules = new Map<PolicyRef, Rule[]>();
  for (const rule of seen.reading.rules) into(rules, rule.policy, rule);
  const isolated = new Map<PolicyRef, { readonly subject: PodSet; readonly directions: Direction[] }>();
  for (const { policy, subject, direction } of seen.reading.isolations) {
    const known = isolated.get(policy);
    if (known === undefined) isolated.set(policy, { subject, directions: [direction] });
    else known.directions.push(direction);
  }
  return [...isolated].flatMap(([policy, { subject, directions }]) => {
    const object = objectNamed(seen, 'networking.k8s.io', policy);
    if (object === undefined) return [];
    const { namespace = '', name } = policy;
    return [{ object, namespace, name, subject, directions, rules: rules.get(policy) ?? [] }];
  });
});

/** By namespace. */
export const policiesByNamespace = remembered((seen: Seen): ReadonlyMap<string, readonly SeenPolicy[]> => {
  const found = new Map<string, SeenPolicy[]>();
  for (const policy of networkPolicies(seen)) into(found, policy.namespace, policy);
  return found;
});

/** Where a rule stands. */
export function rulePath({ direction, index }: Rule): FieldPath {
  return ['spec', direction, index];
}

/** The field that holds the peers of a direction. */
export function peersField(direction: Direction): 'from' | 'to' {
  return direction === 'ingress' ? 'from' : 'to';
}

/** The peers of a rule as they are written; none where it names none, and is about everybody. */
export function writtenPeers({ object }: SeenPolicy, rule: Rule): readonly SeenPeer[] {
  const field = peersField(rule.direction);
  const path = [...rulePath(rule), field];
  const list = at(object.json, path);
  if (!Array.isArray(list)) return [];
  return rule.peers.slice(0, list.length).map((peer, index) => ({ peer, json: list[index], path: [...path, index] }));
}

/** The value of a field, undefined where there is none. */
export function at(json: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[key as number];
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, json);
}

/** Those with a rule that lets everybody through, on every port. */
export const policiesAllowingAll = remembered((seen: Seen): readonly SeenPolicy[] =>
  networkPolicies(seen).filter(({ rules }) => rules.some(isAllowAll)),
);

/** Whether the rule lets everybody through, on every port. */
export function isAllowAll({ peers, ports, requests, action }: Rule): boolean {
  const isAnybody = peers.some(({ kind }) => kind === 'anything');
  return action === 'allow' && requests === undefined && isAnybody && ports.other;
}
