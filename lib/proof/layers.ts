import * as ips from '../model/ip-set';
import type { Direction, Isolation, Layer, Plane, Rule, RulePeer } from '../model/layer';
import { soleNamespace } from '../model/pod-set';
import type { Selector } from '../model/selector';
import * as selectors from '../model/selector';
import { type Box, isWithin, meet } from './box';
import { boxesOfRule, everyConnection } from './boxes';
import { type Bound, namespaceSelector, opposite } from './facts';
import { lazily } from './lazily';
import type { Ground } from './search';

/** The connections of a box that are in none of the others. */
export interface Region {
  readonly box: Box;
  readonly minus: readonly Box[];
}

/** What one peer of an allowing rule lets through at one end, after everything that is decided before it. */
export interface Admission {
  readonly rule: Rule;
  /** One of the rule's peers; its address blocks are one peer together. */
  readonly peer: RulePeer;
  /** Nothing is decided before the rule, so it lets through all that it matches. */
  readonly isPlain: boolean;
  /** Made when they are asked for: most admissions are recognised without. */
  readonly regions: () => readonly Region[];
}

/** The effective relation of a plane at one end of its connections: what is admitted, by a rule or by default. */
export interface Effective {
  readonly admissions: readonly Admission[];
  /** What every layer leaves to the next, and so passes. */
  readonly byDefault: readonly Region[];
}

/** The layers of a plane as they bind the pods of one namespace. */
export type LayersOf = (namespace: string) => readonly Layer[];

/** Sorted by namespace once, since most rules are about one. */
export function layersByNamespace(plane: Plane): LayersOf {
  const split = plane.layers.map((layer) => ({
    layer,
    rules: byNamespace(layer.rules),
    isolations: byNamespace(layer.isolations),
  }));
  return (namespace) =>
    split.map(({ layer, rules, isolations }) => ({
      ...layer,
      rules: rules(namespace),
      isolations: isolations(namespace),
    }));
}

function byNamespace<T extends Rule | Isolation>(all: readonly T[]): (namespace: string) => readonly T[] {
  const named = new Map<string, T[]>();
  const wide: T[] = [];
  const positions = new Map(all.map((item, position) => [item, position]));
  for (const item of all) {
    const name = soleNamespace(item.subject.namespaces);
    if (name === undefined) wide.push(item);
    else if (!named.get(name)?.push(item)) named.set(name, [item]);
  }
  // The order of rules decides in a ranked layer.
  const order = (item: T) => positions.get(item) ?? 0;
  return (namespace) => {
    const own = named.get(namespace) ?? [];
    return wide.length === 0 ? own : [...own, ...wide].sort((a, b) => order(a) - order(b));
  };
}

/**
 * Folds layers into the relation that is in effect for pods of one namespace. `may` is the upper bound: what allows is
 * taken at its widest, what denies or passes on at its narrowest; `must` is the lower bound, the other way round.
 */
export function effective(
  layers: readonly Layer[],
  namespace: string,
  direction: Direction,
  ground: Ground,
  bound: Bound,
): Effective {
  const own = namespaceSelector(ground.facts, namespace, ground.namespaceKeys);
  const admissions: Admission[] = [];
  const boxes = (rule: Rule, of: Bound) =>
    binds(rule, own)
      ? peersOf(rule).flatMap((peer) => boxesOfRule(rule.subject.pods, peer, rule.ports, direction, ground.facts, of))
      : [];

  let reach: readonly Region[] | undefined;
  for (const layer of layers) {
    const rules = inOrder(layer).filter((rule) => rule.direction === direction);
    const decided: Box[] = [];
    const denied: Box[] = [];
    const passed: Region[] = [];
    for (const rule of rules) {
      if (rule.action === 'allow') {
        if (binds(rule, own)) admissions.push(...admissionsOf(rule, direction, ground, bound, reach, [...decided]));
        continue;
      }
      const matched = boxes(rule, opposite(bound));
      if (rule.action === 'pass') passed.push(...cut(reach ?? everything(ground), boxes(rule, bound), [...denied]));
      else denied.push(...matched);
      decided.push(...matched);
    }
    const isolated =
      layer.otherwise === 'deny'
        ? layer.isolations.filter((each) => each.direction === direction && binds(each, own))
        : [];
    reach = [
      ...remaining(
        reach ?? everything(ground),
        denied,
        isolated.map(({ subject }) => subject.pods),
        ground,
      ),
      ...passed,
    ];
  }
  return { admissions, byDefault: reach ?? everything(ground) };
}

/** Whether the rule is about pods of the namespace. What its known labels leave open has stopped the proof before. */
export function binds({ subject }: Pick<Rule, 'subject'>, namespace: Selector): boolean {
  return selectors.intersects(subject.namespaces, namespace);
}

/** A union decides by its denies first, then by its allows; a ranked layer by its rules as they stand. */
function inOrder(layer: Layer): readonly Rule[] {
  if (layer.order === 'ranked' || layer.rules.every(({ action }) => action === 'allow')) return layer.rules;
  return [
    ...layer.rules.filter(({ action }) => action !== 'allow'),
    ...layer.rules.filter(({ action }) => action === 'allow'),
  ];
}

function admissionsOf(
  rule: Rule,
  direction: Direction,
  { facts }: Ground,
  bound: Bound,
  reach: readonly Region[] | undefined,
  decided: readonly Box[],
): Admission[] {
  return peersOf(rule).map((peer) => {
    const regions = lazily(() => {
      const boxes = boxesOfRule(rule.subject.pods, peer, rule.ports, direction, facts, bound);
      return reach === undefined ? boxes.map((box) => ({ box, minus: decided })) : cut(reach, boxes, decided);
    });
    return { rule, peer, isPlain: reach === undefined && decided.length === 0, regions };
  });
}

/** The peers of a rule, with its address blocks as one set: how a set is cut into blocks means nothing. */
export function peersOf({ peers }: Rule): readonly RulePeer[] {
  const blocks = peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : []));
  if (blocks.length < 2) return peers;
  return [...peers.filter(({ kind }) => kind !== 'addresses'), { kind: 'addresses', addresses: ips.union(...blocks) }];
}

function everything(ground: Ground): Region[] {
  return everyConnection(selectors.anything, ground.facts).map((box) => ({ box, minus: [] }));
}

/** What of the regions is in one of the boxes and not decided yet. */
function cut(regions: readonly Region[], boxes: readonly Box[], decided: readonly Box[]): Region[] {
  return regions.flatMap(({ box, minus }) =>
    boxes.flatMap((other) => {
      const met = meet(box, other);
      return met === undefined ? [] : [{ box: met, minus: [...minus, ...decided] }];
    }),
  );
}

/** What of the regions is neither denied nor about an isolated subject. */
function remaining(
  regions: readonly Region[],
  denied: readonly Box[],
  isolated: readonly Selector[],
  { facts }: Ground,
): Region[] {
  return regions.flatMap(({ box, minus }) => {
    if (isolated.some((subject) => selectors.implies(box.subject, subject))) return [];
    if (denied.some((other) => isWithin(box, other))) return [];
    const alone = isolated
      .flatMap((subject) => everyConnection(subject, facts))
      .filter((other) => other.peer === box.peer);
    return [{ box, minus: [...minus, ...denied, ...alone] }];
  });
}
