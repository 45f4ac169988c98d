import type { Waiver } from '../model/flow';

/** Waivers that have waived something. Kept by identity: two of the same words can be needed in one place and not in another. */
const used = new WeakSet<Waiver>();

/**
 * Whether one of the lists waives the rule. Asked only once it is certain that the rule is broken, since every waiver that
 * answers counts as used from then on, and one that never answers is reported.
 */
export function isWaived(rule: string, ...given: readonly (readonly Waiver[])[]): boolean {
  let isAnswered = false;
  for (const list of given) {
    for (const waiver of list) {
      if (waiver.rule !== rule) continue;
      used.add(waiver);
      isAnswered = true;
    }
  }
  return isAnswered;
}

/** The same, without counting as a use: for who does not know whether the rule is broken. */
export function hasWaiver(rule: string, ...given: readonly (readonly Waiver[])[]): boolean {
  return given.some((list) => list.some((waiver) => waiver.rule === rule));
}

export function isUsed(waiver: Waiver): boolean {
  return used.has(waiver);
}
