import type { Direction, Isolation, Layer, Plane, PolicyRef, Rule } from '../../model/layer';
import { inOrder } from '../connectivity/decided-profiles';
import type { Match } from '../connectivity/match';
import { type AddressFacts, type Connection, matchOfSelection, type PodEnd } from './connection';
import { type Doubt, doubtsOfIsolation, matchAt } from './doubts';

/** What may decide about one connection at one end. */
export type Decision =
  /** A rule matches: it allows, denies, or passes on to the next layer. */
  | {
      readonly kind: 'rule';
      readonly layer: Layer;
      readonly rule: Rule;
      readonly match: Exclude<Match, 'no'>;
      /** Why it matches perhaps. */
      readonly doubts: readonly Doubt[];
    }
  /** No rule of the layer matches, and it denies what these policies isolate, or perhaps do. */
  | {
      readonly kind: 'isolation';
      readonly layer: Layer;
      readonly isolatedBy: readonly PolicyRef[];
      /** Why it is not certain that they do. */
      readonly doubts: readonly Doubt[];
    }
  /** The other end is on the host network: it passes where the two are on one node. */
  | { readonly kind: 'own-node' }
  /** No layer decides, so that it passes. */
  | { readonly kind: 'default' };

export interface Decided {
  readonly mayPass: boolean;
  readonly mayFail: boolean;
  readonly decisions: readonly Decision[];
}

/** Asks the layers in order, as far as they may be reached. */
export function decided(
  { layers }: Plane,
  end: PodEnd,
  direction: Direction,
  connection: Connection,
  facts: AddressFacts,
): Decided {
  const decisions: Decision[] = [];
  let mayPass = false;
  let mayFail = false;
  for (const layer of layers) {
    const reached = reachedRules(layer, end, direction, connection, facts);
    decisions.push(...reached.rules);
    const has = (action: Rule['action']) => reached.rules.some(({ rule }) => rule.action === action);
    mayPass ||= has('allow');
    mayFail ||= has('deny');
    let goesOn = has('pass');
    if (!reached.isDecided) {
      const isolation = isolating(layer, end, direction);
      if (isolation !== undefined) {
        mayFail = true;
        decisions.push(isolation);
      }
      goesOn ||= isolation === undefined || isolation.doubts.length > 0;
    }
    if (!goesOn) return { mayPass, mayFail, decisions };
  }
  return { mayPass: true, mayFail, decisions: [...decisions, { kind: 'default' }] };
}

/** Those that are about the end, or may be. */
export function rulesAbout(layer: Layer, end: PodEnd, direction: Direction): readonly Rule[] {
  return inOrder(layer).filter(isAbout(end, direction));
}

interface Reached {
  readonly rules: readonly Extract<Decision, { kind: 'rule' }>[];
  /** Whether one of them surely decides. */
  readonly isDecided: boolean;
}

/** The rules that match, up to the first that surely does; of a union all with its action, since they say the same. */
function reachedRules(
  layer: Layer,
  end: PodEnd,
  direction: Direction,
  connection: Connection,
  facts: AddressFacts,
): Reached {
  const rules: Extract<Decision, { kind: 'rule' }>[] = [];
  let sure: Rule | undefined;
  for (const rule of rulesAbout(layer, end, direction)) {
    if (sure !== undefined && (layer.order === 'ranked' || rule.action !== sure.action)) break;
    const { match, doubts } = matchAt(rule, end, connection, facts);
    if (match === 'no') continue;
    rules.push({ kind: 'rule', layer, rule, match, doubts });
    if (match === 'surely') sure ??= rule;
  }
  return { rules, isDecided: sure !== undefined };
}

/** The policies that surely isolate the end; where there are none, those that perhaps do. */
function isolating(
  layer: Layer,
  end: PodEnd,
  direction: Direction,
): Extract<Decision, { kind: 'isolation' }> | undefined {
  if (layer.otherwise === 'next') return undefined;
  const all = layer.isolations
    .filter(isAbout(end, direction))
    .map((isolation) => ({ policy: isolation.policy, doubts: doubtsOfIsolation(isolation, end) }));
  const certain = all.filter(({ doubts }) => doubts.length === 0);
  const telling = certain.length > 0 ? certain : all;
  if (telling.length === 0) return undefined;
  return {
    kind: 'isolation',
    layer,
    isolatedBy: telling.map(({ policy }) => policy),
    doubts: telling.flatMap(({ doubts }) => doubts),
  };
}

function isAbout(end: PodEnd, direction: Direction) {
  return (it: Pick<Isolation, 'direction' | 'subject'>) =>
    it.direction === direction && matchOfSelection(it.subject, end) !== 'no';
}
