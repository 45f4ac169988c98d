import { heldAgainst } from '../ours';
import { digestOf } from '../verdicts';
import { evaluators, misreadings } from './evaluators';
import { adminWorldsOfSeeds, keptWorlds, readKept } from './verdicts';

const worlds = adminWorldsOfSeeds(keptWorlds);
const kept = readKept(worlds);

describe('verdicts of kube-network-policies on AdminNetworkPolicies, replayed', () => {
  it('belong to the worlds that are generated now', () => {
    expect(kept.digest).toBe(digestOf(worlds));
  });

  it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))('are those of %s', (_, evaluator) => {
    const held = worlds.map((world, index) => heldAgainst(evaluator, world, kept.worlds[index] ?? { pods: [] }));
    expect(held.flatMap(({ disagreements }) => disagreements).slice(0, 20)).toEqual([]);
    const verdicts = held.reduce((sum, one) => sum + one.verdicts, 0);
    const allowed = held.reduce((sum, one) => sum + one.allowed, 0);
    expect(verdicts).toBeGreaterThan(40_000);
    expect(allowed / verdicts).toBeGreaterThan(1 / 3);
    expect(allowed / verdicts).toBeLessThan(2 / 3);
  });

  it.each(misreadings.map((wrong) => [wrong.name, wrong] as const))('are not those of: %s', (_, wrong) => {
    const caught = worlds.findIndex((world, index) => {
      return heldAgainst(wrong, world, kept.worlds[index] ?? { pods: [] }).disagreements.length > 0;
    });
    expect(caught).toBeGreaterThanOrEqual(0);
  });
});
