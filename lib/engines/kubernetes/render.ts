import { compareText, type GraphData, type GraphTier, tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Direction } from '../../model/layer';
import * as selectors from '../../model/selector';
import { openingsByTier, type TierOpenings } from '../openings';
import { DEFAULT_DENY } from '../policy-kinds';
import { knowsRanges } from './port-ranges';
import { type NetworkPolicyRule, portList, portListWrittenOut, rules } from './rules';

/** A NetworkPolicy as plain data: what is beside name and namespace in the metadata is the caller's. */
export interface NetworkPolicyManifest {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'NetworkPolicy';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: NetworkPolicySpec;
}

export interface NetworkPolicySpec {
  readonly podSelector: object;
  readonly policyTypes: readonly ['Ingress', 'Egress'];
  readonly ingress?: readonly NetworkPolicyRule[];
  readonly egress?: readonly NetworkPolicyRule[];
}

/** The NetworkPolicy objects that allow what the graph says and nothing else, by namespace and name. */
export function render(graph: GraphData, facts: Partial<ClusterFacts> = {}): NetworkPolicyManifest[] {
  const portsAs = knowsRanges(facts) ? portList : portListWrittenOut;
  const openings = openingsByTier(graph.flows);
  const policies = graph.namespaces.map(({ name }) => defaultDeny(name));
  for (const tier of graph.tiers) policies.push(tierPolicy(tier, openings.get(tierKey(tier)), portsAs));
  return policies.sort(byPlace);
}

function defaultDeny(namespace: string): NetworkPolicyManifest {
  return networkPolicy(namespace, DEFAULT_DENY, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
}

/** Both policy types are always written: what is left to defaults depends on which rules there are. */
function tierPolicy(
  tier: GraphTier,
  openings: TierOpenings | undefined,
  portsAs: typeof portList,
): NetworkPolicyManifest {
  return networkPolicy(tier.namespace, tier.name, {
    podSelector: selectors.toLabelSelector(tier.pods.pods),
    policyTypes: ['Ingress', 'Egress'],
    ...ruleList('ingress', tier, openings, portsAs),
    ...ruleList('egress', tier, openings, portsAs),
  });
}

function ruleList(direction: Direction, tier: GraphTier, openings: TierOpenings | undefined, portsAs: typeof portList) {
  const list = rules(direction, tier.namespace, openings?.[direction] ?? [], portsAs);
  return list.length === 0 ? {} : { [direction]: list };
}

function networkPolicy(namespace: string, name: string, spec: NetworkPolicySpec): NetworkPolicyManifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

function byPlace({ metadata: a }: NetworkPolicyManifest, { metadata: b }: NetworkPolicyManifest): number {
  return compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}
