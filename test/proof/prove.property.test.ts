import fc from 'fast-check';
import { compose } from '../../lib/engines/kubernetes/compose';
import { render } from '../../lib/engines/kubernetes/render';
import { canonical } from '../../lib/graph/graph-data';
import { readNetworkPolicy } from '../../lib/kinds/networking.k8s.io';
import type { Plane } from '../../lib/model/layer';
import { proofText, proveGraph } from '../../lib/proof';
import { howMany } from '../how-many';
import { acknowledgement, damage, graphs, layers, modes, options } from './arbitraries';
import { firstDifference } from './brute-force/proof';
import { planeOf } from './mechanical';

describe('the proof against brute force', () => {
  it('proves every plane that follows from its graph by the book', () => {
    fc.assert(
      fc.property(graphs, (declared) => {
        // Where blocks may match pods, the flows here except none, so only the other mode is by the book.
        const plane = planeOf(declared, 'external-only');
        expect(firstDifference(declared, plane)).toBeUndefined();
        expect(proveGraph(declared, plane, options)).toMatchObject({ proved: true });
      }),
      { numRuns: howMany(30), seed: 1 },
    );
  });

  it('catches damage exactly where a pod, an address or a port can tell', () => {
    const seen = { caught: 0, harmless: 0 };
    fc.assert(
      fc.property(graphs, modes, fc.array(damage, { minLength: 1, maxLength: 2 }), (declared, mode, damages) => {
        const plane = damages.reduce((so, damaged) => damaged(so), planeOf(declared, mode));
        const difference = firstDifference(declared, plane);
        const proof = proveGraph(declared, plane, options);
        expect(proof.notProved).toEqual([]);
        expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
          difference === undefined ? {} : { difference, witnesses: expect.any(String) },
        );
        seen[proof.proved ? 'harmless' : 'caught']++;
      }),
      { numRuns: howMany(150), seed: 2 },
    );
    expect(seen.caught).toBeGreaterThan(howMany(60));
    expect(seen.harmless).toBeGreaterThan(howMany(10));
  });

  it('folds ranked layers, denies and passes as they decide', () => {
    const seen = { caught: 0, harmless: 0 };
    fc.assert(
      fc.property(
        graphs,
        modes,
        fc.array(layers, { maxLength: 2 }),
        fc.array(layers, { maxLength: 1 }),
        (declared, mode, before, after) => {
          const plane = planeOf(declared, mode);
          const deep = { ...plane, layers: [...before, ...plane.layers, ...after] };
          const difference = firstDifference(declared, deep);
          const proof = proveGraph(declared, deep, options);
          expect(proof.notProved.filter(({ reason }) => reason !== 'vacuous')).toEqual([]);
          expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
            difference === undefined ? {} : { difference, witnesses: expect.any(String) },
          );
          seen[proof.proved ? 'harmless' : 'caught']++;
        },
      ),
      { numRuns: howMany(100), seed: 3 },
    );
    expect(seen.caught).toBeGreaterThan(howMany(25));
    expect(seen.harmless).toBeGreaterThan(howMany(10));
  });

  it('takes what is not known for its worst, each way', () => {
    const seen = { caught: 0, harmless: 0 };
    fc.assert(
      fc.property(
        graphs,
        fc.array(damage, { maxLength: 1 }),
        fc.array(layers, { maxLength: 1 }),
        (declared, damages, before) => {
          const unionOnly = before.filter(({ order }) => order === 'union');
          const damaged = damages.reduce((so, change) => change(so), planeOf(declared, 'may'));
          const plane = { ...damaged, layers: [...unionOnly, ...damaged.layers] };
          // What allows may match pods by address while what denies does not, or the other way round.
          const difference =
            firstDifference(declared, plane, ['open', 'extra'], ({ action }) => action === 'allow') ??
            firstDifference(declared, plane, ['missing'], ({ action }) => action !== 'allow');
          const proof = proveGraph(declared, plane, options);
          expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
            difference === undefined ? {} : { difference, witnesses: expect.any(String) },
          );
          seen[proof.proved ? 'harmless' : 'caught']++;
        },
      ),
      { numRuns: howMany(80), seed: 4 },
    );
    expect(seen.caught).toBeGreaterThan(howMany(20));
    expect(seen.harmless).toBeGreaterThan(howMany(10));
  });

  it('proves what is rendered and read back', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.constantFrom<Plane['ipBlockMode']>('may', 'pods', 'external-only'),
        (declared, ipBlockMode) => {
          const acknowledged = {
            ...declared,
            flows: declared.flows.map((each) => ({ ...each, acknowledged: acknowledgement })),
          };
          const manifests = render(canonical(acknowledged)).map((manifest) => JSON.parse(JSON.stringify(manifest)));
          const readings = manifests.map((manifest) => readNetworkPolicy(manifest));
          expect(readings.flatMap(({ problems }) => problems)).toEqual([]);
          const reading = {
            rules: readings.flatMap(({ rules: all }) => all),
            isolations: readings.flatMap(({ isolations }) => isolations),
          };
          expect(proofText(proveGraph(acknowledged, compose(reading, { ipBlockMode }), options))).toContain('Proved:');
        },
      ),
      { numRuns: howMany(100), seed: 5 },
    );
  });
});
