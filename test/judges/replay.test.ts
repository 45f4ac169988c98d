import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluators } from './evaluators';
import { itHoldsAgainst } from './frame/replay';
import { misreadings } from './misreadings';
import { fromText, worldsOfSeeds } from './verdicts';

const count = 2000;
const worlds = worldsOfSeeds(count);
const kept = fromText(readFileSync(join(__dirname, 'verdicts.txt'), 'utf8'), worlds);

describe('verdicts of kube-network-policies and Cilium, replayed', () => {
  itHoldsAgainst({ worlds, kept, evaluators, misreadings, least: 600_000 });

  it('differ between the two meanings of a block, and are not judged where Cilium is known to differ', () => {
    const differing = kept.worlds.filter(({ pods, externalOnly }) => {
      return externalOnly?.some((allowed, index) => allowed !== pods[index]) === true;
    });
    expect(differing.length).toBeGreaterThan(20);
    expect(kept.worlds.filter(({ externalOnly }) => externalOnly === undefined).length).toBeGreaterThan(100);
  });
});
