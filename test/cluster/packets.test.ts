import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { evaluators } from '../judges/evaluators';
import type { Flow, World } from '../judges/world';
import { randomWorld } from '../judges/worlds';
import { abilities, describeUnless } from './support/abilities';
import { type AppWorld, worldOfApp } from './support/app-world';
import { type Enforced, enforce } from './support/enforcement';
import { declares, type Graph, isOf, type Party } from './support/graph';
import { foldersIn, manifestsIn } from './support/manifests';

const { programs, noPackets } = abilities();

const rendered = resolve(__dirname, '../../dist');

/** How many random worlds are enforced: PACKET_WORLDS, at most 200, which each have a network of their own. */
const randomWorlds = Math.min(Number(process.env.PACKET_WORLDS ?? '200'), 200);

describeUnless(noPackets, 'packets between network namespaces, with policies that an engine enforces', () => {
  // The lab enforces NetworkPolicy; what is rendered for another engine is judged elsewhere.
  it.skip.each(foldersIn(rendered).filter((app) => !isOfNetworkPolicies(app)))(
    'the app %s (skipped: its policies are of an engine that the lab does not run)',
    () => undefined,
  );

  describe.each(foldersIn(rendered).filter(isOfNetworkPolicies))('the app %s', (app) => {
    const graph: Graph = JSON.parse(readFileSync(join(rendered, app, 'graph.json'), 'utf8'));
    const manifests = manifestsIn(join(rendered, app)).map(({ object }) => object);
    const { world, parties }: AppWorld = worldOfApp(graph, manifests);
    const party = (address: string): Party => parties.get(address) ?? { address };
    let enforced: Enforced;

    beforeAll(async () => {
      enforced = await enforce(programs ?? '', [world]);
      process.stdout.write(`${app}: ${world.ends.length} ends, ${world.flows.length} connections tried\n`);
    });

    it('is reached everywhere while there is no policy', () => {
      expect(flowsThat([world], enforced.withoutPolicies, false)).toEqual([]);
    });

    it('lets pass what its graph declares, and nothing else', () => {
      const isDeclared = ({ from, to, protocol, port }: Flow) =>
        declares(graph, party(from), party(to), protocol, port);
      expect(differing(world, enforced.withPolicies[0], isDeclared)).toEqual([]);
      expect(flowsThat([world], enforced.withPolicies, false).length).toBeGreaterThan(0);
    });

    it('lets each flow of its graph pass', () => {
      const passed = flowsThat([world], enforced.withPolicies, true);
      const unseen = graph.flows.filter((flow) => {
        return !passed.some(({ from, to, protocol, port }) =>
          isOf(graph, flow, party(from), party(to), protocol, port),
        );
      });
      expect(unseen).toEqual([]);
    });

    it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))(
      'lets pass what %s says',
      (_, evaluator) => {
        expect(differing(world, enforced.withPolicies[0], evaluator.of(world, 'pods'))).toEqual([]);
      },
    );
  });

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
          return differing(world, enforced.withPolicies[index], evaluator.of(world, 'pods'));
        });
        expect(wrong).toEqual([]);
      },
    );
  });
});

function isOfNetworkPolicies(app: string): boolean {
  const policies = manifestsIn(join(rendered, app)).filter(({ object }) => object.kind.endsWith('NetworkPolicy'));
  return policies.every(({ object }) => object.apiVersion === 'networking.k8s.io/v1');
}

function withFlows(world: World, wanted: (flow: Flow) => boolean): World {
  return { ...world, flows: world.flows.filter(wanted) };
}

function isSpoken({ protocol }: Flow): boolean {
  return protocol !== 'SCTP';
}

/** Flows that really passed although they should not, or the other way round. */
function differing(world: World, passed: readonly boolean[] | undefined, passes: (flow: Flow) => unknown): Flow[] {
  return world.flows.filter((flow, index) => passes(flow) !== passed?.[index]);
}

function flowsThat(worlds: readonly World[], passed: Enforced['withPolicies'], verdict: boolean): Flow[] {
  return worlds.flatMap(({ flows }, index) => flows.filter((_, number) => passed[index]?.[number] === verdict));
}
