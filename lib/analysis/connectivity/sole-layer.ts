import type { Isolation, Plane, Rule } from '../../model/layer';
import { type Problem, ZeroTrustError } from '../../model/problem';

/**
 * The rules of a plane that allows and isolates and does nothing else, as NetworkPolicy does.
 *
 * @throws ZeroTrustError for any other plane.
 */
export function soleLayer(plane: Plane): {
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
} {
  const [layer, ...others] = plane.layers;
  if (layer === undefined) return { rules: [], isolations: [] };
  const isAllowing = layer.otherwise === 'deny' && layer.rules.every(({ action }) => action === 'allow');
  if (others.length > 0 || !isAllowing) throw new ZeroTrustError(unsupported(plane));
  return layer;
}

function unsupported({ name }: Plane): Problem {
  return {
    rule: 'plane-unsupported',
    what: `The plane '${name}' has several layers, or rules that deny or pass, which connectivity does not reckon with`,
    value: name,
    allowed: 'one layer of rules that allow, and that denies what it isolates',
    fix: 'Compose the plane of NetworkPolicies alone.',
  };
}
