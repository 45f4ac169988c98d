import { compareText, type GraphData, type GraphTier, tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import * as selectors from '../../model/selector';
import { isAtLeast } from '../../model/version';
import { type NetworkPolicyPeer, rules as networkPolicyRules } from '../kubernetes/rules';
import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { openingsByTier, type TierOpenings } from '../openings';
import { DEFAULT_DENY } from '../policy-kinds';
import { guardrailPolicies } from './guardrails';
import { type AntreaPeer, type AntreaRule, hostRules, numbered } from './rules';

/** Where policies go that name no tier; it is asked before every NetworkPolicy. */
const TIER = 'application';

/** Of what tiers allow: everything at this priority allows, so that the order among them says nothing. */
const ALLOWS = 5;

/** The last priority that there is: what no tier allows is denied by its namespace. */
const DENIES = 10000;

/**
 * Guardrails as ClusterNetworkPolicies, namespaces and tiers as NetworkPolicies of Antrea. These isolate nobody, so that a
 * namespace has rules that drop, behind the allows of all its tiers.
 */
export function render(graph: GraphData, facts: ClusterFacts): PolicyManifest[] {
  const openings = openingsByTier(graph.flows);
  return [
    ...guardrailPolicies(graph.guardrails ?? [], facts),
    ...[
      ...graph.namespaces.map(({ name }) => defaultDeny(name)),
      ...graph.tiers.map((tier) => tierPolicy(tier, openings.get(tierKey(tier)), facts)),
    ].sort(byPlace),
  ];
}

function defaultDeny(namespace: string): PolicyManifest {
  const drop: AntreaRule = { action: 'Drop' };
  return policy({ kind: 'namespace', namespace }, namespace, DEFAULT_DENY, {
    priority: DENIES,
    appliedTo: [{ podSelector: {} }],
    ingress: numbered('ingress', [drop]),
    egress: numbered('egress', [drop]),
  });
}

function tierPolicy(tier: GraphTier, openings: TierOpenings | undefined, facts: ClusterFacts): PolicyManifest {
  const { namespace, name } = tier;
  return policy({ kind: 'tier', namespace, name }, namespace, name, {
    priority: ALLOWS,
    appliedTo: [{ podSelector: selectors.toLabelSelector(tier.pods.pods) }],
    ...ruleList('ingress', namespace, openings, facts),
    ...ruleList('egress', namespace, openings, facts),
  });
}

/** Selectors, blocks and ports are written as in a NetworkPolicy. */
function ruleList(direction: Direction, namespace: string, openings: TierOpenings | undefined, facts: ClusterFacts) {
  const all = openings?.[direction] ?? [];
  const plain = networkPolicyRules(
    direction,
    namespace,
    all.filter(({ peer }) => peer.kind !== 'hosts'),
  ).map(
    ({ from, to, ports }): AntreaRule => ({
      action: 'Allow',
      ...(from && { from: from.flatMap((peer) => inVersion(peer, facts.version)) }),
      ...(to && { to: to.flatMap((peer) => inVersion(peer, facts.version)) }),
      ...(ports && { ports }),
    }),
  );
  const list = [...plain, ...hostRules(all)];
  return list.length === 0 ? {} : { [direction]: numbered(direction, list) };
}

/** Excepts came with 2.2. */
function inVersion(peer: NetworkPolicyPeer, version: string | undefined): AntreaPeer[] {
  const { ipBlock } = peer;
  if (ipBlock?.except === undefined || isAtLeast(version, '2.2')) return [peer];
  return ips.plainBlocks(ips.fromBlock(ipBlock.cidr, ipBlock.except)).map((cidr) => ({ ipBlock: { cidr } }));
}

function policy(of: ManifestOrigin, namespace: string, name: string, spec: object): PolicyManifest {
  return {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { tier: TIER, ...spec },
    of,
  };
}

function byPlace({ metadata: a }: PolicyManifest, { metadata: b }: PolicyManifest): number {
  return compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name);
}
