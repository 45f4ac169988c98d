import type { SystemRole } from '../known-systems';

/** The construct that a role is declared by, by its name: where a tier is made, and where the code is written that makes it. */
export const CONSTRUCT_OF_ROLE = {
  gateway: 'GatewayTier',
  inference: 'InferenceTier',
  agents: 'AgentTier',
  data: 'DataTier',
  observability: 'Tier',
  cluster: 'Tier',
} as const satisfies Readonly<Record<SystemRole, string>>;
