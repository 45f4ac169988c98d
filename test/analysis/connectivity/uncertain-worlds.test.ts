import * as fc from 'fast-check';
import { type Connectivity, connectivity, explain, readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/kubernetes/compose';
import type { Plane } from '../../../lib/model/layer';
import { howMany } from '../../how-many';
import { type End, mayConnect } from '../../naive/evaluator';
import { drawingFrom, settled } from '../../naive/settled';
import type { NetworkPolicy, World } from '../../naive/world';
import { worldOf } from '../../naive/world-of';
import { forgetting, forgettingPods, randomDraws, randomUnknowns, type Unknowns, WORDS } from '../random-unknowns';
import { ADDRESSES, type Manifest, PORTS, randomWorlds } from '../random-worlds';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

// Policies that may be there or not, labels and names of ports that no manifest shows, and pods on the host network, against
// the naive evaluator in ways in which all of it may turn out.

describe('connectivity of what is not known', () => {
  it('has every way in which it may turn out between its bounds, whatever is kept for groups', () => {
    const seen = { open: 0, closed: 0, asked: 0, tight: 0 };
    fc.assert(
      fc.property(
        randomWorlds({ addressed: false }),
        randomUnknowns,
        uncertainPolicies,
        fc.array(randomDraws, { minLength: 4, maxLength: 4 }),
        fc.constantFrom(0, 1, 64),
        ({ manifests }, unknowns, isUncertain, draws, mostOfNarrow) => {
          const { world, plane } = uncertainReading(manifests, unknowns, isUncertain);
          const found = connectivity(world, plane, { mostOfNarrow });
          const naive = uncertainWorld(manifests, unknowns, isUncertain);
          const ways = draws.map((each) => settled(naive, WORDS, drawingFrom(each)));
          const wrong = [...asked(naive)].filter(([from, to, protocol, port]) => {
            const { must, may } = found.allowed(from, to, protocol, port);
            const answers = ways.map((way) => mayConnect(way, endOf(from, way), endOf(to, way), protocol, port));
            seen.asked++;
            if (must !== may) seen.open++;
            if (must === may && !must) seen.closed++;
            if (must !== may && answers.includes(true) && answers.includes(false)) seen.tight++;
            return answers.some((passes) => (must && !passes) || (passes && !may));
          });
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: howMany(120), seed: 41 },
    );
    expect(seen.open).toBeGreaterThan(seen.asked / 20);
    expect(seen.closed).toBeGreaterThan(seen.asked / 20);
    // What is said to be open did turn out both ways often enough.
    expect(seen.tight).toBeGreaterThan(seen.open / 10);
  });

  it.each<[string, Unknowns, boolean]>([
    ['names of ports', { mayHaveMorePorts: true }, false],
    ['pods on the host network', {}, true],
  ])('is exact where nothing but %s is open', (_title, unknown, isOneNode) => {
    fc.assert(
      fc.property(randomWorlds({ addressed: false }), fc.constantFrom(0, 1, 64), ({ manifests }, mostOfNarrow) => {
        const { world, plane } = uncertainReading(manifests, [unknown], () => false);
        const found = connectivity(world, plane, { mostOfNarrow });
        const naive = uncertainWorld(manifests, [unknown], () => false);
        const wrong = [...asked(naive)].filter(([from, to, protocol, port]) => {
          const named = WORDS.portNames.map((name) => ({ name, protocol, number: port }));
          const most: World = {
            ...naive,
            isOneNode,
            pods: naive.pods.map((pod) =>
              unknown.mayHaveMorePorts ? { ...pod, ports: [...pod.ports, ...named] } : pod,
            ),
          };
          const least = mayConnect(naive, endOf(from, naive), endOf(to, naive), protocol, port);
          const widest = mayConnect(most, endOf(from, most), endOf(to, most), protocol, port);
          const { must, may } = found.allowed(from, to, protocol, port);
          return must !== least || may !== (widest || isBesideNode(from, to, naive));
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: howMany(60), seed: 42 },
    );
  });

  it('is explained to the same bounds, each with a reason', () => {
    let perhaps = 0;
    fc.assert(
      fc.property(
        randomWorlds({ addressed: false }),
        randomUnknowns,
        uncertainPolicies,
        fc.nat(),
        ({ manifests }, unknowns, isUncertain, pick) => {
          const { world, plane } = uncertainReading(manifests, unknowns, isUncertain);
          const found: Connectivity = connectivity(world, plane);
          const all = [...asked(uncertainWorld(manifests, unknowns, isUncertain))];
          for (const [from, to, protocol, port] of [0, 1, 2, 3, 4].map((n) => all[(pick + n * 977) % all.length])) {
            const explanation = explain(world, plane, { from, to, protocol, port });
            expect(explanation.allowed).toEqual(found.allowed(from, to, protocol, port));
            for (const { verdict, decisions } of [explanation.egress, explanation.ingress]) {
              if (verdict !== 'perhaps') continue;
              perhaps++;
              expect(decisions.some((it) => it.kind === 'own-node' || ('doubts' in it && it.doubts.length > 0))).toBe(
                true,
              );
            }
          }
        },
      ),
      { numRuns: howMany(120), seed: 43 },
    );
    expect(perhaps).toBeGreaterThan(howMany(60));
  });
});

const uncertainPolicies = fc
  .array(fc.boolean(), { minLength: 5, maxLength: 5 })
  .map((picks) => (name: string) => picks[Number(name.slice(1)) % picks.length]);

function uncertainReading(
  manifests: readonly Manifest[],
  unknowns: readonly Unknowns[],
  isUncertain: (policy: string) => boolean,
): { readonly world: ReturnType<typeof readManifests>['world']; readonly plane: Plane } {
  const reading = readManifests(manifests);
  const plane = compose(reading, { ipBlockMode: 'external-only' });
  const mark = <T extends { readonly policy: { readonly name: string } }>(each: T): T =>
    isUncertain(each.policy.name) ? { ...each, isUncertain: true } : each;
  return {
    world: forgetting(reading.world, unknowns),
    plane: {
      ...plane,
      layers: plane.layers.map((layer) => ({
        ...layer,
        rules: layer.rules.map(mark),
        isolations: layer.isolations.map(mark),
      })),
    },
  };
}

function uncertainWorld(
  manifests: readonly Manifest[],
  unknowns: readonly Unknowns[],
  isUncertain: (policy: string) => boolean,
): World {
  const world = worldOf(manifests);
  const policies = world.policies.map(
    (policy): NetworkPolicy => (isUncertain(policy.metadata.name ?? '') ? { ...policy, isUncertain: true } : policy),
  );
  // Without addresses of pods, blocks are about what is outside.
  return { ...world, policies, pods: forgettingPods(world.pods, unknowns), ipBlockMode: 'external-only' };
}

function* asked({ pods }: World): Generator<[string, string, (typeof PROTOCOLS)[number], number]> {
  const ids = [...pods.map(({ namespace, name }) => `${namespace}/Pod/${name}`), ...ADDRESSES.slice(0, 4)];
  for (const from of ids) {
    for (const to of ids) {
      if (from === to || !(from.includes('/') || to.includes('/'))) continue;
      for (const protocol of PROTOCOLS) for (const port of PORTS) yield [from, to, protocol, port];
    }
  }
}

function endOf(id: string, { pods }: World): End {
  const pod = pods.find(({ namespace, name }) => `${namespace}/Pod/${name}` === id);
  return pod ?? { ip: id };
}

function isBesideNode(from: string, to: string, world: World): boolean {
  const ends = [endOf(from, world), endOf(to, world)];
  return ends.every((end) => 'labels' in end) && ends.some((end) => 'labels' in end && end.hostNetwork === true);
}
