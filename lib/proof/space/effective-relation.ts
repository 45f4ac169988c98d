import { into } from '../../model/into';
import * as ips from '../../model/ip-set';
import type { Direction, Isolation, Layer, Plane, Rule, RulePeer } from '../../model/layer';
import { soleNamespace } from '../../model/pod-set';
import { remembered } from '../../model/remembered';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { type Bound, isReckonedWith, namespaceSelector, opposite } from '../terms/facts';
import { type Box, isWithin, meet, overlaps } from './box';
import { boxesOfRule, everyConnection } from './boxes';
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
  /** Nothing of what the rule matches is decided before it, so it lets through all of it. */
  isPlain(): boolean;
  /** Made when they are asked for: most admissions are recognised without. */
  regions(): readonly Region[];
}

/** The effective relation of a plane at one end of its connections: what is admitted, by a rule or by default. */
export interface Effective {
  readonly admissions: readonly Admission[];
  /** What every layer leaves to the next, and so passes. */
  readonly byDefault: readonly Region[];
}

/** The layers of a plane with nothing in them but what binds pods of a namespace in a direction. */
export type LayersOf = (namespace: string, direction: Direction) => readonly Layer[];

/** Sorted by namespace once, since most rules are about one. */
export function layersByNamespace(plane: Plane, ground: Ground): LayersOf {
  const split = plane.layers.map((layer) => ({
    layer,
    rules: byNamespace(layer.rules, ground),
    isolations: byNamespace(layer.isolations, ground),
  }));
  return (namespace, direction) =>
    split.map(({ layer, rules, isolations }) => ({
      ...layer,
      rules: rules(namespace, direction),
      isolations: isolations(namespace, direction),
    }));
}

function byNamespace<T extends Rule | Isolation>(
  all: readonly T[],
  ground: Ground,
): (namespace: string, direction: Direction) => readonly T[] {
  const named = { ingress: new Map<string, T[]>(), egress: new Map<string, T[]>() };
  const wide: T[] = [];
  for (const item of all) {
    const name = soleNamespace(item.subject.namespaces);
    if (name === undefined) {
      wide.push(item);
      continue;
    }
    into(named[item.direction], name, item);
  }
  const positions = wide.length === 0 ? new Map<T, number>() : new Map(all.map((item, position) => [item, position]));
  // The order of rules decides in a ranked layer.
  const order = (item: T) => positions.get(item) ?? 0;
  return (namespace, direction) => {
    const own = named[direction].get(namespace) ?? [];
    if (wide.length === 0) return own;
    // What the known labels of the namespace leave open has stopped the proof before.
    const labels = namespaceSelector(ground.facts, namespace, ground.namespaceKeys);
    const binding = wide.filter(
      (item) => item.direction === direction && selectors.intersects(item.subject.namespaces, labels),
    );
    return [...own, ...binding].sort((a, b) => order(a) - order(b));
  };
}

/**
 * Folds layers into the relation that is in effect for pods of one namespace. `may` is the upper bound: what allows is
 * taken at its widest, what denies or passes on at its narrowest; `must` is the lower bound, the other way round.
 */
export function effective(layers: readonly Layer[], direction: Direction, ground: Ground, bound: Bound): Effective {
  const admissions: Admission[] = [];
  const boxes = (rule: Rule, of: Bound) =>
    peersOf(rule).flatMap((peer) => boxesOfRule(rule, peer, direction, ground, of));

  let reach: readonly Region[] | undefined;
  for (const layer of layers) {
    if (layer.rules.length + layer.isolations.length === 0) continue;
    let decided: readonly Box[] = [];
    const denied: Box[] = [];
    const passed: Region[] = [];
    for (const rule of inOrder(layer)) {
      if (rule.action === 'allow') {
        if (!isReckonedWith(rule, bound)) continue;
        const before = { direction, ground, bound, reach, decided };
        for (const peer of peersOf(rule)) admissions.push(new PeerAdmission(rule, peer, before));
        continue;
      }
      const matched = boxes(rule, opposite(bound));
      if (rule.action === 'pass') passed.push(...cut(reach ?? everything(ground), boxes(rule, bound), [...denied]));
      else denied.push(...matched);
      decided = [...decided, ...matched];
    }
    const isolations = layer.otherwise === 'deny' ? layer.isolations : [];
    const isolated = isolations
      .filter((each) => isReckonedWith(each, opposite(bound)))
      .map(({ subject }) => subject.pods);
    reach = [...remaining(reach ?? everything(ground), denied, isolated, ground), ...passed];
  }
  return { admissions, byDefault: reach ?? everything(ground) };
}

/** A union decides by its denies first, then by its allows; a ranked layer by its rules as they stand. */
function inOrder(layer: Layer): readonly Rule[] {
  if (layer.order === 'ranked' || layer.rules.every(({ action }) => action === 'allow')) return layer.rules;
  return [
    ...layer.rules.filter(({ action }) => action !== 'allow'),
    ...layer.rules.filter(({ action }) => action === 'allow'),
  ];
}

/** Where a rule stands: the end that it is about, and what is decided before it. */
interface Before {
  readonly direction: Direction;
  readonly ground: Ground;
  readonly bound: Bound;
  readonly reach: readonly Region[] | undefined;
  readonly decided: readonly Box[];
}

/** There is one for each peer of each rule, and few are looked into: so it is an object of few fields. */
class PeerAdmission implements Admission {
  private boxes?: readonly Box[];
  private found?: readonly Region[];

  constructor(
    public readonly rule: Rule,
    public readonly peer: RulePeer,
    private readonly before: Before,
  ) {}

  public isPlain(): boolean {
    const { reach, decided } = this.before;
    if (reach === undefined && decided.length === 0) return true;
    return this.matched().every((box) => isUntouched(box, reach, decided));
  }

  public regions(): readonly Region[] {
    const { reach, decided } = this.before;
    this.found ??=
      reach === undefined
        ? this.matched().map((box) => ({ box, minus: decided }))
        : cut(reach, this.matched(), decided);
    return this.found;
  }

  private matched(): readonly Box[] {
    const { direction, ground, bound } = this.before;
    this.boxes ??= boxesOfRule(this.rule, this.peer, direction, ground, bound);
    return this.boxes;
  }
}

function isUntouched(box: Box, reach: readonly Region[] | undefined, decided: readonly Box[]): boolean {
  const isFree = (others: readonly Box[]) => !others.some((other) => overlaps(box, other));
  if (!isFree(decided)) return false;
  return reach === undefined || reach.some((region) => isWithin(box, region.box) && isFree(region.minus));
}

/** The peers of a rule, with its address blocks as one set: how a set is cut into blocks means nothing. */
export function peersOf({ peers }: Rule): readonly RulePeer[] {
  return inOneBlock(peers);
}

/** Both bounds of what a rule lets through begin with its peers. */
const inOneBlock = remembered((peers: readonly RulePeer[]): readonly RulePeer[] => {
  const blocks = peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : []));
  if (blocks.length < 2) return peers;
  return [...peers.filter(({ kind }) => kind !== 'addresses'), { kind: 'addresses', addresses: ips.unionOf(blocks) }];
});

/** Where every end of a proof begins. */
const everything = remembered((ground: Ground): readonly Region[] =>
  everyConnection(selectors.anything, ground).map((box) => ({ box, minus: [] })),
);

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
  ground: Ground,
): Region[] {
  return regions.flatMap(({ box, minus }) => {
    if (isolated.some((subject) => selectors.implies(box.subject, subject))) return [];
    if (denied.some((other) => isWithin(box, other))) return [];
    const alone = isolated
      .flatMap((subject) => everyConnection(subject, ground))
      .filter((other) => other.peer === box.peer);
    return [{ box, minus: [...minus, ...denied, ...alone] }];
  });
}
