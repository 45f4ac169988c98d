import fc from 'fast-check';
import type { GraphData } from '../../lib/graph/graph-data';
import type { Plane, Rule } from '../../lib/model/layer';
import { proofText, proveGraph } from '../../lib/proof';
import { type Beyond, type Change, damageOf, graphsOf, layersOf, options } from './arbitraries';
import { BEYOND_LABELS, firstDifference } from './brute-force';
import { howMany } from './how-many';
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
