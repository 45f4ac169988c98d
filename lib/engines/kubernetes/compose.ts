import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import type { Plane } from '../../model/layer';

/** NetworkPolicies as one layer: every allow counts, and what is isolated and not allowed is denied. */
export function compose(
  { rules, isolations }: Pick<PoliciesRead, 'rules' | 'isolations'>,
  { ipBlockMode }: ComposeFacts,
): Plane {
  return {
    name: 'kubernetes',
    layers: [{ name: 'NetworkPolicy', order: 'union', rules, isolations, otherwise: 'deny' }],
    ipBlockMode,
  };
}
