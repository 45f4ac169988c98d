import { keyOf, type Plan, type PlannedFlow } from './plan';

/**
 * The part of a plan that decides what tiers with an entry of the catalog render: their flows, what is at the other ends of
 * these, and whoever shares a namespace with them.
 */
export function partWithEntries(plan: Plan): Plan {
  const own = plan.tiers.filter(({ entry }) => entry !== undefined);
  const keys = new Set(own.map(keyOf));
  const namespaces = new Set(own.map(({ namespace }) => namespace));
  const flows = plan.flows.filter((flow) => endsOf(flow).some((end) => keys.has(end) || namespaces.has(end)));
  const ends = new Set(flows.flatMap(endsOf));
  const tiers = plan.tiers.filter((tier) => namespaces.has(tier.namespace) || ends.has(keyOf(tier)));
  const named = new Set([...tiers.map(({ namespace }) => namespace), ...ends]);
  return { ...plan, namespaces: plan.namespaces.filter(({ name }) => named.has(name)), tiers, flows };
}

/** Keys of tiers, and names of namespaces. */
function endsOf({ tier, peer }: PlannedFlow): readonly string[] {
  switch (peer.kind) {
    case 'tier':
      return [tier, peer.tier];
    case 'namespace':
      return [tier, peer.name];
    default:
      return [tier];
  }
}
