import * as fc from 'fast-check';
import { readManifests } from '../../../lib/analysis';
import { connectivity } from '../../../lib/analysis/connectivity/connectivity';
import { jointClasses } from '../../../lib/analysis/differences/joint-classes';
import { outsideChanges } from '../../../lib/analysis/differences/outside-changes';
import { pairChanges } from '../../../lib/analysis/differences/pair-changes';
import { policyChanges } from '../../../lib/analysis/differences/policy-changes';
import { touchedClasses } from '../../../lib/analysis/differences/touched';
import { VerdictChanges } from '../../../lib/analysis/differences/verdict-changes';
import { compose } from '../../../lib/engines/kubernetes/compose';
import { howMany } from '../../how-many';
import { type Manifest, randomWorlds } from '../random-worlds';

/** A world, and the same without a few of its objects. */
const fewGone = fc
  .record({ world: randomWorlds({ addressed: true }), gone: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }) })
  .map(({ world: { manifests }, gone }) => ({
    before: manifests,
    after: manifests.filter((_, i) => !gone.some((each) => each % manifests.length === i)),
  }));

describe('the classes of which something may have changed', () => {
  it('have an end of every change, which is found pair by pair as it is row by row', () => {
    fc.assert(
      fc.property(fewGone, ({ before, after }) => {
        const { classes, touched, everything, was, is } = compared(before, after);
        const changes = new VerdictChanges(was.byClass, is.byClass);
        const found = (positions: readonly number[], costOfPair: number) => [
          ...pairChanges(classes, positions, was.byClass, is.byClass, changes, costOfPair),
          ...outsideChanges(classes, positions, was.byClass, is.byClass, changes),
        ];
        const all = found(everything, Number.POSITIVE_INFINITY);
        expect(found(touched, 0)).toEqual(all);
        expect(found(touched, Number.POSITIVE_INFINITY)).toEqual(all);
      }),
      { numRuns: howMany(60) },
    );
  });

  it('are none where nothing changed, and not all where one policy did', () => {
    const counts = fc.sample(randomWorlds({ addressed: true }), { numRuns: 60, seed: 1 }).map(({ manifests }) => {
      expect(compared(manifests, manifests).touched).toEqual([]);
      const last = manifests.findLast(({ kind }) => kind === 'NetworkPolicy');
      const { classes, touched } = compared(
        manifests,
        manifests.filter((it) => it !== last),
      );
      return touched.length < classes.length;
    });
    expect(counts.filter((isLess) => isLess).length).toBeGreaterThan(20);
  });
});

function compared(before: readonly Manifest[], after: readonly Manifest[]) {
  const states = [before, after].map((manifests) => {
    const reading = readManifests(manifests);
    return { world: reading.world, plane: compose(reading, { ipBlockMode: 'pods' }) };
  });
  const [was, is] = states.map(({ world, plane }) => ({
    workloads: world.workloads,
    byClass: connectivity(world, plane).byClass,
  }));
  const [old, own] = states;
  const classes = jointClasses(was, is);
  const touched = touchedClasses(classes, old, own, { was, is }, policyChanges(old.plane, own.plane));
  return { classes, touched, everything: [...classes.keys()], was, is };
}
