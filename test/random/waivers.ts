import { isIn } from '../naive/addresses';
import { type FlowPlan, type PeerPlan, type Plan, type TierPlan, takeUnlabelled, tierNamed } from './plan';

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

/** The rules that a flow is declared in spite of; a forgetful plan waives none. */
export function acceptedFor(plan: Plan, flow: FlowPlan): string[] {
  return plan.forgetful ? [] : neededFor(plan, flow);
}

/** What must be acknowledged of a flow, as the docstrings of the tiers, of `Cidr` and of `Pods` say. */
export function neededFor(plan: Plan, flow: FlowPlan): string[] {
  const { role } = tierNamed(plan, flow.tier);
  const { peer, side } = flow;
  const rules: [string, boolean][] = [
    ['whole-namespace', role === 'agent' && side === 'to' && isEverybody(peer)],
    ['unnamed-clients', role === 'data' && side === 'from' && (isEverybody(peer) || isOutside(peer))],
    ['wide-egress', role === 'inference' && side === 'to' && isOutside(peer)],
    [
      'metadata-service',
      role === 'agent' && side === 'to' && peer.kind === 'block' && peer.block === '169.254.169.254/32',
    ],
    ['cluster-range', mayHoldPods(plan, peer)],
  ];
  return rules.flatMap(([rule, isNeeded]) => (isNeeded ? [rule] : []));
}

/** What must be acknowledged of a tier: pods that may be in another one too. */
export function neededForTier(plan: Plan, tier: TierPlan): string[] {
  const others = plan.tiers.filter(({ namespace, name }) => namespace === tier.namespace && name !== tier.name);
  return others.length > 0 ? ['overlapping-tiers'] : [];
}

/** Blocks may be small enough together, so that there is nothing to acknowledge. */
function isOutside({ kind }: PeerPlan): boolean {
  return kind === 'internet' || kind === 'block';
}

function isEverybody(peer: PeerPlan): boolean {
  return peer.kind === 'namespace' || (peer.kind === 'others' && takeUnlabelled(peer.pods));
}

function mayHoldPods({ ranges }: Plan, peer: PeerPlan): boolean {
  if (peer.kind !== 'block' && peer.kind !== 'balancer') return false;
  return (peer.kind === 'block' && peer.holdsPods) || (ranges === 'unknown' && overlaps(peer.block, PRIVATE));
}

/** Two blocks have something in common where one begins in the other. */
function overlaps(block: string, others: readonly string[]): boolean {
  const begins = (cidr: string) => cidr.split('/')[0] as string;
  return others.some((other) => isIn(other, begins(block)) || isIn(block, begins(other)));
}

/** Everything that must be acknowledged of a plan. */
export function neededOfPlan(plan: Plan): string[] {
  return [
    ...plan.flows.flatMap((flow) => neededFor(plan, flow)),
    ...plan.tiers.flatMap((tier) => neededForTier(plan, tier)),
    ...plan.namespaces.flatMap(({ adopted }) => (adopted ? ['adopted-namespace'] : [])),
  ];
}
