import { compareText, type GraphData, type GraphNamespace, type GraphTier, tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { PolicyManifest } from '../manifest';
import { openingsByTier, type TierOpenings } from '../openings';
import { DEFAULT_DENY } from '../policy-kinds';
import { podExpression } from './expression';
import { guardrailPolicies } from './guardrails';
import { type Draft, nameKey, policies } from './policies';
import { rules } from './rules';

/**
 * The order at which Calico asks NetworkPolicies of Kubernetes (libcalico-go/lib/backend/k8s/conversion): what the platform
 * puts before or after these is before or after ours.
 */
const ORDER = 1000;

/** The objects that allow what the graph says and nothing else, all of Calico's own kinds. */
export function render(graph: GraphData, facts: ClusterFacts): PolicyManifest[] {
  const { namespaces, tiers, flows, guardrails = [], hostGuardrails = [] } = graph;
  const openings = openingsByTier(flows);
  const kindOf = new Map(namespaces.map((namespace) => [namespace.name, policyKind(namespace)]));
  const taken = new Set(tiers.map(({ namespace, name }) => nameKey(namespace, name)));
  return [
    ...guardrailPolicies(guardrails, hostGuardrails, facts),
    ...namespaces.flatMap(({ name }) => policies(defaultDeny(name, kindOf.get(name)), taken)),
    ...tiers.flatMap((tier) =>
      policies(tierPolicy(tier, kindOf.get(tier.namespace), openings.get(tierKey(tier))), taken),
    ),
  ].sort(byPlace);
}

/** Staged where policies are only tried out: Calico reports what they would deny, and lets it pass. */
interface Kind {
  readonly kind: string;
  readonly about: object;
}

const ENFORCED: Kind = { kind: 'NetworkPolicy', about: {} };
const STAGED: Kind = { kind: 'StagedNetworkPolicy', about: { stagedAction: 'Set' } };

function policyKind({ rollout }: GraphNamespace): Kind {
  return rollout === 'audit' ? STAGED : ENFORCED;
}

/** Without an order it is asked last: it decides nothing, and whom it selects is denied at the end of the tier. */
function defaultDeny(namespace: string, { kind, about } = ENFORCED): Draft {
  return {
    kind,
    name: DEFAULT_DENY,
    namespace,
    about: { ...about, tier: 'default', selector: 'all()' },
    directions: ['ingress', 'egress'],
    ingress: [],
    egress: [],
    of: { kind: 'namespace', namespace },
  };
}

function tierPolicy(tier: GraphTier, { kind, about } = ENFORCED, openings?: TierOpenings): Draft {
  const { namespace, name, pods } = tier;
  return {
    kind,
    name,
    namespace,
    about: { ...about, tier: 'default', order: ORDER, selector: podExpression(pods.pods) },
    directions: ['ingress', 'egress'],
    ingress: rules('Allow', 'ingress', namespace, openings?.ingress ?? []),
    egress: rules('Allow', 'egress', namespace, openings?.egress ?? []),
    of: { kind: 'tier', namespace, name },
  };
}

function byPlace({ metadata: a }: PolicyManifest, { metadata: b }: PolicyManifest): number {
  return compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name);
}
