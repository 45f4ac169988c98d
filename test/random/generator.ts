import fc from 'fast-check';
import { isIpv6 } from './addresses';
import { BLOCKS, block, place, pods, ports, sometimes } from './parts';
import {
  type FlowPlan,
  type Labels,
  type NamespacePlan,
  nameOf,
  type PeerPlan,
  type Plan,
  type PortPlan,
  type TierPlan,
  takeUnlabelled,
} from './plan';

/** A peer as it is drawn: which tier is meant is known when there are tiers. */
type DrawnPeer =
  | Exclude<PeerPlan, { kind: 'tier' | 'namespace' }>
  | { readonly kind: 'tier' | 'namespace'; readonly nth: number };

const peer: fc.Arbitrary<DrawnPeer> = fc.oneof(
  { weight: 11, arbitrary: fc.nat(7).map((nth) => ({ kind: 'tier' as const, nth })) },
  { weight: 1, arbitrary: fc.nat(7).map((nth) => ({ kind: 'namespace' as const, nth })) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('others' as const), pods, place }) },
  { weight: 5, arbitrary: block(BLOCKS.ipv4) },
  { weight: 5, arbitrary: block(BLOCKS.ipv6) },
  {
    weight: 4,
    arbitrary: fc.constantFrom('any', 'ipv4', 'ipv6').map((families) => ({ kind: 'internet' as const, families })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('192.168.0.0/24', '203.0.113.0/28')
      .map((each) => ({ kind: 'balancer' as const, block: each })),
  },
);

const drawnFlow = fc.record({
  tier: fc.nat(7),
  side: fc.constantFrom('to' as const, 'from' as const),
  peer,
  ports: fc.option(ports, { nil: undefined }),
  because: fc.constantFrom('users call it', 'jobs write there', 'replies are looked up'),
  again: fc.oneof(
    { weight: 3, arbitrary: fc.constant('never' as const) },
    { weight: 2, arbitrary: fc.constant('for another reason' as const) },
    { weight: 3, arbitrary: fc.constant('said otherwise' as const) },
  ),
  otherFamily: fc.tuple(block(BLOCKS.ipv4), block(BLOCKS.ipv6)),
});
type DrawnFlow = typeof drawnFlow extends fc.Arbitrary<infer T> ? T : never;

const drawnTier = fc.record({
  namespace: fc.constantFrom(0, 1, 2),
  role: fc.constantFrom<TierPlan['role']>('agent', 'gateway', 'inference', 'data', 'agent'),
  pods,
  ports: fc.option(ports, { nil: undefined }),
  dns: fc.option(fc.boolean(), { nil: undefined }),
  replicates: fc.boolean(),
});

const drawn = fc.record({
  ranges: fc.constantFrom<Plan['ranges']>('known', 'known', 'known', 'unknown'),
  dns: fc.constantFrom<Plan['dns']>('CoreDNS', 'CoreDNS', 'NodeLocal', 'OpenShift'),
  adopts: fc.nat(7),
  labeled: fc.boolean(),
  tiers: fc.array(drawnTier, { minLength: 2, maxLength: 5 }),
  flows: fc.array(drawnFlow, { minLength: 3, maxLength: 6 }),
  forgetful: sometimes(0.03),
});

const HTTP: readonly PortPlan[] = [{ protocol: 'TCP', first: 8080, last: 8080 }];

/**
 * Two charts with four namespaces, tiers of every role, and flows of every shape between them and with others. An agent is
 * alone in its namespace, since a pod that is in another tier too would break what is promised of agents.
 */
export const plans: fc.Arbitrary<Plan> = drawn.map(
  ({ ranges, dns, adopts, labeled, tiers: drawnTiers, flows, forgetful }) => {
    const namespaces = ['alpha', 'beta', 'gamma', 'delta'].map((name, index) => ({
      name,
      chart: index % 2 === 1 ? 'second' : 'first',
      labels: (labeled && adopts !== index ? { team: 'blue' } : {}) as Labels,
      adopted: adopts === index,
    }));
    const agent = drawnTiers.findIndex(({ role }) => role === 'agent');
    const tiers = drawnTiers.map((tier, index): TierPlan => {
      const home = namespaces[index === agent ? 3 : tier.namespace] as NamespacePlan;
      const role = tier.role === 'agent' && index !== agent ? 'tier' : tier.role;
      // In a namespace of others these are refused.
      const pods =
        home.adopted && takeUnlabelled(tier.pods) ? { kind: 'labeled' as const, labels: { app: 'a' } } : tier.pods;
      const saysItself = pods.kind === 'workload' || role === 'inference';
      const ports = tier.ports ?? (saysItself ? undefined : HTTP);
      return { ...tier, role, namespace: home.name, name: `tier-${index}`, pods, ports };
    });
    return {
      ranges,
      dns,
      namespaces,
      tiers,
      flows: flows.flatMap((flow) => flowsOf(flow, tiers)),
      forgetful,
    };
  },
);

function flowsOf(flow: DrawnFlow, tiers: readonly TierPlan[]): FlowPlan[] {
  const tier = nth(tiers, flow.tier);
  const { because, again } = flow;
  const first = acceptable(
    { tier: nameOf(tier), side: flow.side, peer: peerOf(flow.peer, tier, flow.side, tiers), because },
    flow.ports,
  );
  switch (again) {
    case 'for another reason':
      return [first, { ...first, because: `${because}, and once more` }];
    case 'said otherwise':
      return [first, ...otherwise(first, flow)];
    default:
      return [first];
  }
}

/** A flow between tiers from its other side; a block beside one of the other family. */
function otherwise(first: FlowPlan, { otherFamily: [ipv4, ipv6] }: DrawnFlow): FlowPlan[] {
  switch (first.peer.kind) {
    case 'tier':
      return [mirrored(first, first.peer.tier)];
    case 'block':
      return [{ ...first, peer: isIpv6(first.peer.block) ? ipv4 : ipv6 }];
    default:
      return [];
  }
}

/** Only a gateway knows a balancer. */
function peerOf(given: DrawnPeer, tier: TierPlan, side: FlowPlan['side'], tiers: readonly TierPlan[]): PeerPlan {
  switch (given.kind) {
    case 'tier':
      return { kind: 'tier', tier: nameOf(nth(tiers, given.nth)) };
    case 'namespace':
      return { kind: 'namespace', namespace: nth(tiers, given.nth).namespace };
    case 'balancer':
      if (tier.role === 'gateway' && side === 'from') return given;
      return { kind: 'block', block: '203.0.113.0/28', excluding: [], holdsPods: false };
    case 'others':
      // The namespace of a workload is the one that it renders.
      return given.pods.kind === 'workload' ? { ...given, place: { by: 'name', namespace: 'monitoring' } } : given;
    default:
      return given;
  }
}

/** Addresses have no port names, and what is elsewhere has no ports of its own. */
function acceptable(flow: FlowPlan, drawnPorts: readonly PortPlan[] | undefined): FlowPlan {
  const { kind } = flow.peer;
  const isOurs = flow.side === 'from' || kind === 'tier' || kind === 'namespace';
  if (isOurs) return drawnPorts === undefined ? flow : { ...flow, ports: drawnPorts };
  const given = (drawnPorts ?? []).filter((each) => kind === 'others' || !('name' in each));
  return { ...flow, ports: given.length > 0 ? given : [{ protocol: 'TCP', first: 443, last: 443 }] };
}

function mirrored(flow: FlowPlan, other: string): FlowPlan {
  return { ...flow, tier: other, side: flow.side === 'to' ? 'from' : 'to', peer: { kind: 'tier', tier: flow.tier } };
}

function nth<T>(values: readonly T[], position: number): T {
  return values[position % values.length] as T;
}
