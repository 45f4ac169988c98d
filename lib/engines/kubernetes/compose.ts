import type { IpBlockMode, Isolation, Plane, Rule } from '../../model/layer';

/** What was read from NetworkPolicies. */
export interface PolicyReading {
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
}

export interface ComposeOptions {
  /** Whether the network plugin matches pods by address blocks. */
  readonly ipBlockMode: IpBlockMode;
}

/** NetworkPolicies as one layer: every allow counts, and what is isolated and not allowed is denied. */
export function compose({ rules, isolations }: PolicyReading, { ipBlockMode }: ComposeOptions): Plane {
  return {
    name: 'kubernetes',
    layers: [{ name: 'NetworkPolicy', order: 'union', rules, isolations, otherwise: 'deny' }],
    ipBlockMode,
  };
}
