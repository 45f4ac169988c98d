import { isIpv6 } from './addresses';
import { type PeerPlan, type Plan, type PodsPlan, type PortPlan, tierNamed } from './plan';

/** What at least a fifth of the plans has in it, by name. */
export const FEATURES: Readonly<Record<string, (plan: Plan) => boolean>> = {
  NotIn: (plan) => selects(plan, 'NotIn'),
  DoesNotExist: (plan) => selects(plan, 'DoesNotExist'),
  'named ports': (plan) => allPorts(plan).some((port) => 'name' in port),
  'ranges of ports': (plan) => allPorts(plan).some((port) => 'first' in port && port.first < port.last),
  'dual stack with excluded parts': (plan) => {
    const blocks = plan.flows.flatMap(({ peer }) =>
      peer.kind === 'block' && peer.excluding.length > 0 ? [peer.block] : [],
    );
    return blocks.some(isIpv6) && !blocks.every(isIpv6);
  },
  'two reasons for the same ends': ({ flows }) => {
    return flows.some((a) => flows.some((b) => a.because !== b.because && endsText(a) === endsText(b)));
  },
  'flows declared on both sides': ({ flows }) => {
    return flows.some((a) => flows.some((b) => a.side !== b.side && endsText(a) === endsText(b)));
  },
  'ends that others run': ({ flows }) => flows.some(({ peer }) => peer.kind === 'others'),
  'flows from one chart to another': (plan) => {
    const chartOf = (namespace: string) => plan.namespaces.find(({ name }) => name === namespace)?.chart;
    return plan.flows.some(({ tier, peer }) => {
      const home = chartOf(tierNamed(plan, tier).namespace);
      return namespacesOf(plan, peer).some((namespace) => chartOf(namespace) !== home);
    });
  },
};

/** What at least a tenth has. */
export const MORE_FEATURES: typeof FEATURES = {
  workloads: (plan) => allPods(plan).some(({ kind }) => kind === 'workload'),
  'all pods': (plan) => allPods(plan).some(({ kind }) => kind === 'all'),
  'adopted namespaces': ({ namespaces }) => namespaces.some(({ adopted }) => adopted),
  'agents that call addresses': (plan) => {
    const outside = plan.flows.filter(({ side, peer }) => side === 'to' && ['block', 'internet'].includes(peer.kind));
    return outside.some(({ tier }) => tierNamed(plan, tier).role === 'agent');
  },
  'the internet': ({ flows }) => flows.some(({ peer }) => peer.kind === 'internet'),
};

function selects(plan: Plan, operation: string): boolean {
  return allPods(plan).some(
    (pods) => pods.kind === 'matching' && pods.requirements.some((each) => each.operation === operation),
  );
}

function allPods({ tiers, flows }: Plan): PodsPlan[] {
  return [
    ...tiers.map(({ pods }) => pods),
    ...flows.flatMap(({ peer }) => (peer.kind === 'others' ? [peer.pods] : [])),
  ];
}

function allPorts({ tiers, flows }: Plan): PortPlan[] {
  return [...tiers, ...flows].flatMap(({ ports }) => ports ?? []);
}

function namespacesOf(plan: Plan, peer: PeerPlan): string[] {
  if (peer.kind === 'namespace') return [peer.namespace];
  return peer.kind === 'tier' ? [tierNamed(plan, peer.tier).namespace] : [];
}

/** From where to where, whoever says it. */
function endsText({ tier, side, peer }: Plan['flows'][number]): string {
  const other = peer.kind === 'tier' ? peer.tier : JSON.stringify(peer);
  return side === 'to' ? `${tier} ${other}` : `${other} ${tier}`;
}
