import { evaluators } from '../judges/evaluators';
import type { Flow, World } from '../judges/world';
import { randomWorld } from '../judges/worlds';
import { abilities, describeUnless } from './support/abilities';
import { type Enforced, enforce } from './support/enforcement';

const { programs, noPackets } = abilities();

/** How many random worlds are enforced: PACKET_WORLDS, at most 200, which each have a network of their own. */
const randomWorlds = Math.min(Number(process.env.PACKET_WORLDS ?? '200'), 200);

describeUnless(noPackets, 'packets between network namespaces, with policies that an engine enforces', () => {
  describe(`${randomWorlds} random worlds`, () => {
    const worlds = Array.from({ length: randomWorlds }, (_, index) => {
      // SCTP is left out: not every kernel has it, and the lab speaks TCP and UDP.
      return withFlows(randomWorld(index + 1, { prefix: `w${index + 1}-`, subnet: index + 1 }), isSpoken);
    });
    let enforced: Enforced;

    beforeAll(async () => {
      enforced = await enforce(programs ?? '', worlds);
      const flows = worlds.reduce((sum, world) => sum + world.flows.length, 0);
      process.stdout.write(`${worlds.length} random worlds, ${flows} flows over TCP and UDP; SCTP is left out\n`);
    });

    it('let everything pass while there is no policy', () => {
      expect(flowsThat(worlds, enforced.withoutPolicies, false)).toEqual([]);
    });

    it('see both verdicts often under their policies', () => {
      const all = worlds.reduce((sum, world) => sum + world.flows.length, 0);
      expect(flowsThat(worlds, enforced.withPolicies, true).length).toBeGreaterThan(all / 4);
      expect(flowsThat(worlds, enforced.withPolicies, false).length).toBeGreaterThan(all / 4);
    });

    it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))(
      'let pass what %s says',
      (_, evaluator) => {
        const wrong = worlds.flatMap((world, index) => {
          const passes = evaluator.of(world, 'pods');
          return world.flows.filter((flow, number) => passes(flow) !== enforced.withPolicies[index]?.[number]);
        });
        expect(wrong).toEqual([]);
      },
    );
  });
});

function withFlows(world: World, wanted: (flow: Flow) => boolean): World {
  return { ...world, flows: world.flows.filter(wanted) };
}

function isSpoken({ protocol }: Flow): boolean {
  return protocol !== 'SCTP';
}

function flowsThat(worlds: readonly World[], passed: Enforced['withPolicies'], verdict: boolean): Flow[] {
  return worlds.flatMap(({ flows }, index) => flows.filter((_, number) => passed[index]?.[number] === verdict));
}
