import fc from 'fast-check';
import { type Part, redundantParts } from '../../lib/compare';
import { partsOf } from '../../lib/compare/parts';
import type { Plane, Rule } from '../../lib/model/layer';
import { howMany } from '../how-many';
import { graphs, layers, modes, rules } from '../proof/arbitraries';
import { POD_ADDRESSES } from '../proof/brute-force/points';
import { changed, planeOf, policy } from '../proof/mechanical';
import { relations } from './relations';

const options = { podAddresses: POD_ADDRESSES, budget: 1_000_000 };

function without(plane: Plane, parts: readonly Part[]): Plane {
  const isKept = (item: Parameters<Part['has']>[0]) => !parts.some((part) => part.has(item));
  return changed(plane, (layer) => ({
    rules: layer.rules.filter(isKept),
    isolations: layer.isolations.filter(isKept),
  }));
}

function areSame(a: Plane, b: Plane): boolean {
  const { onlyA, onlyB } = relations(a, b);
  return onlyA === undefined && onlyB === undefined;
}

/** Each rule under a name of its own, so that it is a part of its own. */
const named = (plane: Plane): Plane =>
  changed(plane, (layer) => ({
    rules: layer.rules.map(
      (rule, index): Rule => ({ ...rule, index, policy: policy('p', `${layer.name}-${index % 4}`) }),
    ),
  }));

describe('redundant parts against brute force', () => {
  it('are those without which no connection changes, alone and together', () => {
    const seen = { redundant: 0, needed: 0 };
    const plane = fc
      .tuple(graphs, modes, fc.array(layers, { maxLength: 1 }), fc.array(rules(['allow']), { maxLength: 3 }))
      .map(([declared, mode, before, more]) => {
        const own = changed(planeOf(declared, mode), (layer) => ({ rules: [...layer.rules, ...more] }));
        return named({ ...own, layers: [...before, ...own.layers] });
      });
    fc.assert(
      fc.property(plane, (all) => {
        const found = redundantParts(all, options);
        expect([found.undecided, found.because]).toEqual([[], []]);
        const { policies, rules: written } = partsOf(all);
        const whole = new Set(found.policies.map((part) => JSON.stringify(part.policy)));
        const asked = [...policies, ...written.filter((part) => !whole.has(JSON.stringify(part.policy)))];
        const told = [...found.policies, ...found.rules];
        const key = ({ policy: by, rule }: Part) => JSON.stringify([by, rule]);
        expect(told.map(key)).toEqual(asked.filter((part) => areSame(all, without(all, [part]))).map(key));
        expect(areSame(all, without(all, found.together))).toBe(true);
        for (const part of told.filter((one) => !found.together.includes(one)))
          expect(areSame(all, without(all, [...found.together, part]))).toBe(false);
        seen.redundant += told.length;
        seen.needed += asked.length - told.length;
      }),
      { numRuns: howMany(20), seed: 3 },
    );
    expect(seen.redundant).toBeGreaterThan(howMany(10));
    expect(seen.needed).toBeGreaterThan(howMany(20));
  });
});
