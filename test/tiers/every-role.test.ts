import { AgentTier, DataTier, GatewayTier, InferenceTier, Pods, PolicyGraph, Tier } from '../../lib';
import { TIER_ROLES, type TierRole } from '../../lib/graph/graph-data';
import { namespace } from './scenario';

/** Probes are declared by tests of isolation, and by no construct of a tier. */
const TIERS: Readonly<Record<Exclude<TierRole, 'probe'>, typeof Tier>> = {
  tier: Tier,
  gateway: GatewayTier,
  inference: InferenceTier,
  agent: AgentTier,
  data: DataTier,
};

it.each(TIER_ROLES.filter((role) => role !== 'probe'))('%s is the role of a construct, and is read back', (role) => {
  const scope = namespace('apps');
  new TIERS[role](scope, 'tier', { pods: Pods.labeled({ app: 'x' }) });
  const json = PolicyGraph.of(scope).toJson();
  expect(JSON.parse(json).tiers.map((tier: { role: string }) => tier.role)).toEqual([role]);
  expect(PolicyGraph.parse(json).toJson()).toBe(json);
});
