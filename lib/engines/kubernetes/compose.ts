import { problemsOf } from '../../kinds/doubtful';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import type { Layer, Plane } from '../../model/layer';
import { hasAdminPolicies, ovnKubernetesLayers } from './compose-ovn-kubernetes';

/**
 * NetworkPolicies as one layer: every allow counts, and what is isolated and not allowed is denied. On a platform whose own
 * engine has more kinds, their layers stand around it.
 */
export function compose(read: PoliciesRead, { ipBlockMode, platform, version }: ComposeFacts): Plane {
  const { rules, isolations } = read;
  const own: Layer = { name: 'NetworkPolicy', order: 'union', rules, isolations, otherwise: 'deny' };
  const { layers, doubts } = hasAdminPolicies(platform, version)
    ? ovnKubernetesLayers(own, read)
    : { layers: [own], doubts: [] };
  return { name: 'kubernetes', layers, ipBlockMode, ...problemsOf(doubts) };
}
