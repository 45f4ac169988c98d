import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluators } from './evaluators';
import { misreadings } from './misreadings';
import { heldAgainst } from './ours';
import { digestOf, fromText, worldsOfSeeds } from './verdicts';

const count = 2000;
const worlds = worldsOfSeeds(count);
const kept = fromText(readFileSync(join(__dirname, 'verdicts.txt'), 'utf8'), worlds);

describe('verdicts of kube-network-policies and Cilium, replayed', () => {
  it('belong to the worlds that are generated now', () => {
    expect(kept.digest).toBe(digestOf(worlds));
  });

  it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))('are those of %s', (_, evaluator) => {
    const held = worlds.map((world, index) => heldAgainst(evaluator, world, kept.worlds[index] ?? { pods: [] }));
    expect(held.flatMap(({ disagreements }) => disagreements).slice(0, 20)).toEqual([]);
    const verdicts = held.reduce((sum, one) => sum + one.verdicts, 0);
    const allowed = held.reduce((sum, one) => sum + one.allowed, 0);
    expect(verdicts).toBeGreaterThan(600_000);
    expect(allowed / verdicts).toBeGreaterThan(1 / 3);
    expect(allowed / verdicts).toBeLessThan(2 / 3);
  });

  it.each(misreadings.map((wrong) => [wrong.name, wrong] as const))('are not those of: %s', (_, wrong) => {
    const caught = worlds.findIndex((world, index) => {
      return heldAgainst(wrong, world, kept.worlds[index] ?? { pods: [] }).disagreements.length > 0;
    });
    expect(caught).toBeGreaterThanOrEqual(0);
  });

  it('differ between the two meanings of a block, and are not judged where Cilium is known to differ', () => {
    const differing = kept.worlds.filter(({ pods, externalOnly }) => {
      return externalOnly?.some((allowed, index) => allowed !== pods[index]) === true;
    });
    expect(differing.length).toBeGreaterThan(20);
    expect(kept.worlds.filter(({ externalOnly }) => externalOnly === undefined).length).toBeGreaterThan(100);
  });
});
