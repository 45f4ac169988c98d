import fc from 'fast-check';
import { withUnread } from '../../lib/engines/with-unread';
import { podsIn } from '../../lib/model/pod-set';
import { anything, fromLabels } from '../../lib/model/selector';
import type { UnreadPolicy } from '../../lib/model/unread-policy';
import { proofText, proveGraph } from '../../lib/proof';
import { howMany } from '../how-many';
import { damage, graphs, layers, modes, options } from './arbitraries';
import { firstDifference } from './brute-force/proof';
import { planeOf } from './mechanical';
import { decidedFor, takenForCertain, uncertainty } from './uncertain';

describe('the proof of what is not certain, against brute force', () => {
  it('takes every uncertain rule and isolation for its worst, whatever the others are', () => {
    const seen = { caught: 0, harmless: 0, byUncertainty: 0 };
    fc.assert(
      fc.property(
        graphs,
        modes,
        fc.array(damage, { maxLength: 1 }),
        fc.array(layers, { maxLength: 1 }),
        uncertainty,
        (declared, mode, damages, before, uncertain) => {
          const damaged = damages.reduce((so, change) => change(so), planeOf(declared, mode));
          // What is rendered is certain; what others add is not, or some of all is not.
          const plane =
            before.length > 0
              ? { ...damaged, layers: [...uncertain({ ...damaged, layers: before }).layers, ...damaged.layers] }
              : uncertain(damaged);
          const difference =
            firstDifference(declared, decidedFor(plane, 'most'), ['open', 'extra']) ??
            firstDifference(declared, decidedFor(plane, 'least'), ['missing']);
          const proof = proveGraph(declared, plane, options);
          expect(proof.notProved.filter(({ reason }) => reason !== 'vacuous')).toEqual([]);
          expect({ difference, witnesses: proof.proved ? undefined : proofText(proof) }).toEqual(
            difference === undefined ? {} : { difference, witnesses: expect.any(String) },
          );
          seen[proof.proved ? 'harmless' : 'caught']++;
          if (!proof.proved && proveGraph(declared, takenForCertain(plane), options).proved) seen.byUncertainty++;
        },
      ),
      { numRuns: howMany(120), seed: 6 },
    );
    expect(seen.caught).toBeGreaterThan(howMany(40));
    expect(seen.harmless).toBeGreaterThan(howMany(5));
    expect(seen.byUncertainty).toBeGreaterThan(howMany(5));
  });

  it('fails for a policy that is not read exactly where it may matter, and then by its own sentence', () => {
    const seen = { proved: 0, unread: 0, both: 0 };
    fc.assert(
      fc.property(
        graphs,
        modes,
        fc.array(damage, { maxLength: 1 }),
        unreadPolicies,
        (declared, mode, damages, unread) => {
          const asRead = damages.reduce((so, change) => change(so), planeOf(declared, mode));
          const plane = withUnread(asRead, [unread]);
          const isWrong = proveGraph(declared, asRead, options).witnesses.length > 0;
          const mayDiffer =
            firstDifference(declared, decidedFor(plane, 'most'), ['open', 'extra']) ??
            firstDifference(declared, decidedFor(plane, 'least'), ['missing']);
          const proof = proveGraph(declared, plane, options);
          expect(proof.proved).toBe(mayDiffer === undefined);
          expect(proof.witnesses.length > 0).toBe(isWrong);
          expect(proof.notProved.filter(({ reason }) => reason === 'unread').length).toBeLessThan(2);
          if (isWrong) seen.both++;
          else seen[proof.proved ? 'proved' : 'unread']++;
          if (!isWrong && !proof.proved) expect(proof.notProved).toMatchObject([{ problem: unread.problem }]);
          expect(proof.assumptions.some((text) => text.startsWith('not read: '))).toBe(proof.proved);
        },
      ),
      { numRuns: howMany(120), seed: 7 },
    );
    expect(seen.proved).toBeGreaterThan(howMany(10));
    expect(seen.unread).toBeGreaterThan(howMany(10));
    expect(seen.both).toBeGreaterThan(howMany(10));
  });
});

const unreadPolicies: fc.Arbitrary<UnreadPolicy> = fc
  .record({
    namespace: fc.constantFrom('a', 'b', 'c', 'elsewhere'),
    pods: fc.constantFrom(anything, fromLabels({ app: 'x' }), fromLabels({ app: 'y' })),
    directions: fc.constantFrom<UnreadPolicy['directions']>(['ingress'], ['egress'], ['ingress', 'egress']),
    effect: fc.constantFrom<UnreadPolicy['effect']>('opens', 'closes', 'closes', 'both'),
  })
  .map(({ namespace, pods, directions, effect }) => ({
    policy: { kind: 'MeshPolicy', namespace, name: 'm' },
    kind: 'mesh.example.com/MeshPolicy',
    subject: podsIn(namespace, pods),
    directions,
    effect,
    problem: { rule: 'unread-policy', where: 'a.yaml', what: 'The MeshPolicy is not read', fix: 'Take it out.' },
  }));
