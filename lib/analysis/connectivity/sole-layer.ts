import type { Layer, Plane, Rule } from '../../model/layer';

const NOTHING: Pick<Layer, 'rules' | 'isolations'> = { rules: [], isolations: [] };

/**
 * The one layer of a plane that only allows, by what is surely known, and denies what it isolates, as NetworkPolicy does:
 * the order of its rules means nothing. Layers that say nothing do not count. Undefined for any other plane.
 */
export function soleLayer({ layers }: Plane): Pick<Layer, 'rules' | 'isolations'> | undefined {
  const speaking = layers.filter(({ rules, isolations }) => rules.length > 0 || isolations.length > 0);
  if (speaking.length === 0) return NOTHING;
  const [layer] = speaking;
  return speaking.length === 1 && layer.otherwise === 'deny' && layer.rules.every(allowsByPort) ? layer : undefined;
}

function allowsByPort({ action, requests }: Rule): boolean {
  return action === 'allow' && requests === undefined;
}
