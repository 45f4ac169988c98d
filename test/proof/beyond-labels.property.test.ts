import fc from 'fast-check';
import type { GraphData } from '../../lib/graph/graph-data';
import type { Plane, Rule } from '../../lib/model/layer';
import type { RequestMatch } from '../../lib/model/request-match';
import { proofText, proveGraph } from '../../lib/proof';
import { howMany } from '../how-many';
import {
  type Beyond,
  type Change,
  damageOf,
  graphsOf,
  guardrails,
  layersOf,
  options,
  realisation,
} from './arbitraries';
import { BEYOND_LABELS } from './brute-force/points';
import { firstBreach, firstDifference } from './brute-force/proof';
import { planeOf } from './mechanical';

const everything: Beyond = { hosts: true, entities: true, requests: true };

/** What allows matches all that it may, and what denies does not; or the other way round. */
function firstDifferenceAtWorst(declared: GraphData, plane: Plane): string | undefined {
  const allows = ({ action }: Rule) => action === 'allow';
  return (
    firstDifference(declared, plane, ['open', 'extra'], allows, BEYOND_LABELS) ??
    firstDifference(declared, plane, ['missing'], (rule) => !allows(rule), BEYOND_LABELS)
  );
}

function differenceOf(declared: GraphData, plane: Plane): string | undefined {
  return firstDifference(declared, plane, undefined, undefined, BEYOND_LABELS);
}

/** The proof fails exactly where there is a difference. */
function agrees(declared: GraphData, plane: Plane, difference: string | undefined): boolean {
  const proof = proveGraph(declared, plane, options);
  expect(proof.notProved.filter(({ reason }) => reason !== 'vacuous')).toEqual([]);
  expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
    difference === undefined ? {} : { difference, witnesses: expect.any(String) },
  );
  return proof.proved;
}

describe('host names, requests and entities against brute force', () => {
  it('are proved of every plane that follows from its graph by the book', () => {
    fc.assert(
      fc.property(graphsOf(everything), fc.constantFrom('external-only' as const), (declared, mode) => {
        const plane = planeOf(declared, mode);
        expect(firstDifferenceAtWorst(declared, plane)).toBeUndefined();
        expect(proofText(proveGraph(declared, plane, options))).toContain('Proved:');
      }),
      { numRuns: howMany(25), seed: 11 },
    );
  });

  it.each([
    ['matches pods by address', 'pods' as const],
    ['goes by identities', 'external-only' as const],
    ['may match pods by address', 'may' as const],
  ])('tell damage where something can tell, on an engine that %s', (_title, mode) => {
    const seen = { caught: 0, harmless: 0 };
    fc.assert(
      fc.property(
        graphsOf(everything),
        fc.array(damageOf(everything), { minLength: 1, maxLength: 2 }),
        (declared, damages: Change[]) => {
          const plane = damages.reduce((so, damaged) => damaged(so), planeOf(declared, mode));
          const isProved = agrees(declared, plane, firstDifferenceAtWorst(declared, plane));
          seen[isProved ? 'harmless' : 'caught']++;
        },
      ),
      { numRuns: howMany(60), seed: 12 },
    );
    expect(seen.caught).toBeGreaterThan(howMany(20));
    expect(seen.harmless).toBeGreaterThan(howMany(mode === 'external-only' ? 2 : 0));
  });

  it('are folded through ranked layers, denies and passes', () => {
    const seen = { caught: 0, harmless: 0 };
    const layers = layersOf(['allow', 'deny', 'pass'], everything);
    fc.assert(
      fc.property(
        graphsOf(everything),
        fc.array(layers, { maxLength: 2 }),
        fc.array(layers, { maxLength: 1 }),
        (declared, before, after) => {
          const plane = planeOf(declared, 'pods');
          const deep = { ...plane, layers: [...before, ...plane.layers, ...after] };
          seen[agrees(declared, deep, differenceOf(declared, deep)) ? 'harmless' : 'caught']++;
        },
      ),
      { numRuns: howMany(60), seed: 13 },
    );
    expect(seen.caught).toBeGreaterThan(howMany(20));
    expect(seen.harmless).toBeGreaterThan(howMany(4));
  });

  it('are taken for their worst where a denial of names or addresses is not certain', () => {
    const seen = { caught: 0, harmless: 0 };
    const layers = layersOf(['allow', 'deny'], { ...everything, deniesHosts: true });
    fc.assert(
      fc.property(
        graphsOf(everything),
        fc.constantFrom<Plane['ipBlockMode']>('may', 'external-only'),
        fc.array(layers, { maxLength: 2 }),
        (declared, mode, before) => {
          const plane = planeOf(declared, mode);
          const deep = { ...plane, layers: [...before, ...plane.layers] };
          seen[agrees(declared, deep, firstDifferenceAtWorst(declared, deep)) ? 'harmless' : 'caught']++;
        },
      ),
      { numRuns: howMany(60), seed: 14 },
    );
    expect(seen.caught).toBeGreaterThan(howMany(15));
    expect(seen.harmless).toBeGreaterThan(howMany(4));
  });
});

describe('requests that are not understood', () => {
  const opaque: RequestMatch = { protocol: 'opaque', text: '/v1/.*' };
  const meanings: RequestMatch[] = [
    { protocol: 'http' },
    { protocol: 'http', methods: ['GET'], path: { segments: ['v1'], below: true } },
    { protocol: 'kafka', role: 'consume', topic: 'orders' },
  ];
  /** Some of the lists of requests with the match that is not understood in them, or with what it means. */
  const meant = (requests: readonly RequestMatch[] | undefined, meaning: RequestMatch, i: number) =>
    requests === undefined ? undefined : i % 2 === 0 ? requests : [...requests.slice(1), meaning];

  it('are proved only where they could mean anything', () => {
    const seen = { proved: 0, open: 0, witness: 0 };
    fc.assert(
      fc.property(
        graphsOf({ hosts: false, entities: false, requests: true }),
        fc.array(damageOf({ hosts: false, entities: false, requests: true }), { maxLength: 1 }),
        layersOf(['allow', 'deny'], { hosts: false, entities: false, requests: true }),
        fc.boolean(),
        (given, damages, layer, isDeep) => {
          const damaged = damages.reduce((so, change) => change(so), planeOf(given, 'pods'));
          const deep = { ...damaged, layers: isDeep ? [layer, ...damaged.layers] : damaged.layers };
          const as = (meaning: RequestMatch) => {
            const declared = {
              ...given,
              flows: given.flows.map((each, i) => {
                const limit = meant(each.traffic.requests, meaning, i);
                return { ...each, traffic: { ...each.traffic, ...(limit && { requests: limit }) } };
              }),
            };
            const plane = {
              ...deep,
              layers: deep.layers.map((of) => ({
                ...of,
                rules: of.rules.map((rule, i) => {
                  const limit = meant(rule.requests, meaning, i);
                  return limit === undefined ? rule : { ...rule, requests: limit };
                }),
              })),
            };
            return { declared, plane };
          };
          const { declared, plane } = as(opaque);
          const proof = proveGraph(declared, plane, options);
          const differences = meanings.map((meaning) => {
            const concrete = as(meaning);
            return differenceOf(concrete.declared, concrete.plane);
          });
          if (proof.proved) expect(differences).toEqual(meanings.map(() => undefined));
          if (proof.witnesses.length > 0) expect(differences).toEqual(meanings.map(() => expect.any(String)));
          seen[proof.proved ? 'proved' : proof.witnesses.length > 0 ? 'witness' : 'open']++;
        },
      ),
      { numRuns: howMany(60), seed: 15 },
    );
    expect(seen.proved).toBeGreaterThan(howMany(0));
    expect(seen.open).toBeGreaterThan(howMany(3));
    expect(seen.witness).toBeGreaterThan(howMany(10));
  });
});

describe('guardrails against brute force', () => {
  it('are broken exactly where a pod of some namespace gets through', () => {
    const seen = { holds: 0, broken: 0 };
    const all: Beyond = { hosts: true, entities: true, requests: true };
    fc.assert(
      fc.property(
        graphsOf(all),
        guardrails.chain((guardrail) => fc.tuple(fc.constant(guardrail), realisation(guardrail))),
        fc.array(layersOf(['allow', 'deny', 'pass'], all), { maxLength: 1 }),
        (declared, [guardrail, layer], before) => {
          const own = planeOf(declared, 'pods');
          const plane = { ...own, layers: [...before, layer, ...own.layers] };
          const proof = proveGraph({ ...declared, guardrails: [guardrail] }, plane, options);
          const breach = firstBreach(guardrail, plane, BEYOND_LABELS);
          const isVacuous = proof.notProved.some(({ what }) => what.includes('no connection at all'));
          const found = proof.witnesses.find(({ statement }) => statement === 'guardrail');
          if (isVacuous) return;
          expect({ breach, found }).toEqual(breach === undefined ? {} : { breach, found: expect.anything() });
          seen[breach === undefined ? 'holds' : 'broken']++;
        },
      ),
      { numRuns: howMany(150), seed: 16 },
    );
    expect(seen.holds).toBeGreaterThan(howMany(10));
    expect(seen.broken).toBeGreaterThan(howMany(10));
  });
});
