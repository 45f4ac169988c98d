import { evaluators } from '../evaluators';
import { heldAgainst } from '../ours';
import { digestOf } from '../verdicts';
import { tableDifferences } from './tables';
import { readKept } from './verdicts';
import { upstreamWorlds } from './worlds';

const kept = readKept().worlds;
const judged = upstreamWorlds.map((world, index) => ({ world, verdicts: kept[index] ?? { pods: [] } }));

describe('what Kubernetes tests of network policy, judged by kube-network-policies and Cilium', () => {
  it('is judged of the worlds that upstream tests now', () => {
    expect(readKept().digest).toBe(digestOf(upstreamWorlds));
  });

  it('is what upstream expects, of every pair and port', () => {
    expect(judged.flatMap(({ world, verdicts }) => tableDifferences(world, verdicts))).toEqual([]);
  });

  it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))('is what %s says', (_, evaluator) => {
    const held = judged.map(({ world, verdicts }) => heldAgainst(evaluator, world, verdicts));
    expect(held.flatMap(({ disagreements }) => disagreements)).toEqual([]);
  });

  it('covers all 48 tests, each with flows that pass, and all but two with flows that do not', () => {
    const titles = (passes: boolean) => {
      const having = judged.filter(({ verdicts }) => verdicts.pods.includes(passes));
      return new Set(having.map(({ world }) => world.title.replace(/, step \d+$/, '')));
    };
    expect(titles(true).size).toBe(48);
    expect(titles(false).size).toBe(46);
  });
});
