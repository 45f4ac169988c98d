import fc from 'fast-check';
import type { Layer, Plane } from '../../lib/model/layer';

/** Marks rules that allow or deny, and isolations, as uncertain: one in so many. */
export const uncertainty: fc.Arbitrary<(plane: Plane) => Plane> = fc
  .array(fc.constantFrom(true, false, false), { minLength: 7, maxLength: 13 })
  .map((picks) => {
    return (plane) => {
      let n = 0;
      const mark = <T extends object>(each: T): T =>
        picks[n++ % picks.length] ? { ...each, isUncertain: true } : each;
      return changedLayers(plane, ({ rules, isolations }) => ({
        rules: rules.map((rule) => (rule.action === 'pass' ? rule : mark(rule))),
        isolations: isolations.map(mark),
      }));
    };
  });

/** The plane with everything uncertain decided: for the most that could pass, or for the least. */
export function decidedFor(plane: Plane, bound: 'most' | 'least'): Plane {
  return changedLayers(plane, ({ rules, isolations }) => ({
    rules: rules.filter(({ isUncertain, action }) => !isUncertain || (action === 'allow') === (bound === 'most')),
    isolations: isolations.filter(({ isUncertain }) => !isUncertain || bound === 'least'),
  }));
}

/** The plane as if everything in it were certain. */
export function takenForCertain(plane: Plane): Plane {
  const certain = <T extends { readonly isUncertain?: true }>({ isUncertain: _, ...each }: T) => each as T;
  return changedLayers(plane, ({ rules, isolations }) => ({
    rules: rules.map(certain),
    isolations: isolations.map(certain),
  }));
}

function changedLayers(plane: Plane, change: (layer: Layer) => Partial<Layer>): Plane {
  return { ...plane, layers: plane.layers.map((layer) => ({ ...layer, ...change(layer) })) };
}
