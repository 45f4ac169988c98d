import type { SampledEnd } from './oracle';
import { type FlowPlan, type Plan, type PortPlan, tierNamed, WORKLOAD_PORTS } from './plan';

// Cilium looks names of ports up in egress over many pods at once: only those of a workload that is seen are taken there.

/** The plan with numbers for the names that Cilium refuses; the others stay. */
export function asCiliumTakesIt(plan: Plan): Plan {
  const tiers = plan.tiers.map((tier) => (tier.pods.kind === 'workload' ? tier : { ...tier, ...numbered(tier) }));
  return {
    ...plan,
    tiers,
    flows: plan.flows.map((flow) => (isTaken(plan, flow) ? flow : { ...flow, ...numbered(flow) })),
  };
}

function isTaken(plan: Plan, { tier, side, peer }: FlowPlan): boolean {
  const isWorkload = (name: string) => tierNamed(plan, name).pods.kind === 'workload';
  if (side === 'to') return peer.kind === 'tier' && isWorkload(peer.tier);
  return isWorkload(tier) || (peer.kind !== 'tier' && peer.kind !== 'namespace');
}

function numbered({ ports }: { readonly ports?: readonly PortPlan[] }): { readonly ports?: readonly PortPlan[] } {
  return ports === undefined ? {} : { ports: ports.map(inNumbers) };
}

function inNumbers(port: PortPlan): PortPlan {
  const meant = 'name' in port && WORKLOAD_PORTS.find(({ name }) => name === port.name);
  return meant ? { protocol: meant.protocol, first: meant.number, last: meant.number } : port;
}

/**
 * A pod that wears the label of a workload's tier and calls its ports otherwise: what is declared by name is written in the
 * numbers of the workload, which no other pod can be expected to share.
 */
export function isOtherThanItsWorkload(plan: Plan, { pod }: SampledEnd): boolean {
  if (pod === undefined) return false;
  const isOfWorkload = plan.tiers.some(({ name, namespace, pods }) => {
    return pods.kind === 'workload' && namespace === pod.namespace && name === pod.labels['cdk8s-zero-trust/tier'];
  });
  const text = (ports: readonly { name?: string; protocol: string; number: number }[]) =>
    JSON.stringify(ports.map(({ name, protocol, number }) => [name, protocol, number]));
  return isOfWorkload && text(pod.ports ?? []) !== text(WORKLOAD_PORTS);
}
