import type { Direction, Isolation, Layer, Plane, PolicyRef, Rule } from '../../model/layer';
import { inOrder } from '../connectivity/decided-profiles';
import type { Match } from '../connectivity/match';
import { type AddressFacts, type Connection, isSelected, matchOfRule, type PodEnd } from './connection';

/** What may decide about one connection at one end. */
export type Decision =
  /** A rule matches: it allows, denies, or passes on to the next layer. */
  | {
      readonly kind: 'rule';
      readonly layer: Layer;
      readonly rule: Rule;
      readonly match: Exclude<Match, 'no'>;
    }
  /** No rule of the layer matches, and it denies what these policies isolate. */
  | { readonly kind: 'isolation'; readonly layer: Layer; readonly isolatedBy: readonly PolicyRef[] }
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
      const isolatedBy = isolating(layer, end, direction);
      if (isolatedBy.length > 0) {
        mayFail = true;
        decisions.push({ kind: 'isolation', layer, isolatedBy });
      } else {
        goesOn = true;
      }
    }
    if (!goesOn) return { mayPass, mayFail, decisions };
  }
  return { mayPass: true, mayFail, decisions: [...decisions, { kind: 'default' }] };
}

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
    const match = matchOfRule(rule, connection, facts);
    if (match === 'no') continue;
    rules.push({ kind: 'rule', layer, rule, match });
    if (match === 'surely') sure ??= rule;
  }
  return { rules, isDecided: sure !== undefined };
}

function isolating(layer: Layer, end: PodEnd, direction: Direction): readonly PolicyRef[] {
  if (layer.otherwise === 'next') return [];
  return layer.isolations.filter(isAbout(end, direction)).map(({ policy }) => policy);
}

function isAbout(end: PodEnd, direction: Direction) {
  return (it: Pick<Isolation, 'direction' | 'subject'>) => it.direction === direction && isSelected(it.subject, end);
}
