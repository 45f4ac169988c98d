import type { Evaluator } from '../evaluator';
import { type Held, heldAgainst } from '../ours';
import { digestOf, type KeptVerdicts } from '../verdicts';
import type { World } from '../world';
import { keptWorldsOf, readKept, type Suite } from './suite';

/** Verdicts that were kept, and what they are held against. */
export interface Replayed extends Pick<Suite, 'evaluators' | 'misreadings' | 'mostUndecided'> {
  readonly worlds: readonly World[];
  readonly kept: KeptVerdicts;
  /** An evaluator is held against more of them than this. */
  readonly least: number;
}

/** The tests of a suite: to be called in a `describe`. */
export function itReplays(suite: Suite, least: number): void {
  const worlds = keptWorldsOf(suite);
  itHoldsAgainst({ ...suite, worlds, kept: readKept(suite, worlds), least });
}

export function itHoldsAgainst({ worlds, kept, evaluators, misreadings, least, mostUndecided = 0 }: Replayed): void {
  const held = (evaluator: Evaluator, index: number) =>
    heldAgainst(evaluator, worlds[index] as World, kept.worlds[index] ?? { pods: [] });

  it('belong to the worlds that are generated now', () => {
    expect(kept.digest).toBe(digestOf(worlds));
  });

  it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))('are those of %s', (_, evaluator) => {
    const all = worlds.map((_world, index) => held(evaluator, index));
    expect(all.flatMap(({ disagreements }) => disagreements).slice(0, 20)).toEqual([]);
    const verdicts = sumOf(all, 'verdicts');
    expect(verdicts).toBeGreaterThan(least);
    expect(sumOf(all, 'allowed') / verdicts).toBeGreaterThan(1 / 3);
    expect(sumOf(all, 'allowed') / verdicts).toBeLessThan(2 / 3);
    expect(sumOf(all, 'undecided') / verdicts).toBeLessThanOrEqual(mostUndecided);
  });

  it.each(misreadings.map((wrong) => [wrong.name, wrong] as const))('are not those of: %s', (_, wrong) => {
    const caught = worlds.findIndex((_world, index) => held(wrong, index).disagreements.length > 0);
    expect(caught).toBeGreaterThanOrEqual(0);
  });
}

function sumOf(all: readonly Held[], what: 'verdicts' | 'allowed' | 'undecided'): number {
  return all.reduce((sum, one) => sum + one[what], 0);
}
