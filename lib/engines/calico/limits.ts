import type { GraphData, GraphNamespace, GraphTier } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import type { Guardrail, HostGuardrail } from '../../model/guardrail';
import { hostText } from '../../model/host-pattern';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { PodSet } from '../../model/pod-set';
import { isAtLeast } from '../../model/version';
import { nullifiedFlows } from '../flows-a-guardrail-denies';
import { outsideOf } from '../outside';
import type { Refusal } from '../refusal';
import {
  hostExpression,
  LONGEST_EXPRESSION,
  namespaceExpression,
  onlyPodExpression,
  podExpression,
} from './expression';
import { requestLimits } from './request-limits';

type Unsaid = Omit<Refusal, 'about'>;

/** What Calico's open source cannot say (libcalico-go/lib/validator/v3, 3.32). */
export function limits(graph: GraphData, facts: ClusterFacts): Refusal[] {
  const { version } = facts;
  const { flows, namespaces, tiers, guardrails = [], hostGuardrails = [] } = graph;
  return [
    ...flows.flatMap((flow) => about({ kind: 'flow', flow }, [...ofFlow(flow), ...requestLimits(flow)])),
    ...nullifiedFlows(flows).map((flow): Refusal => ({ ...NULLIFIED, about: { kind: 'flow', flow } })),
    ...namespaces.flatMap((it) => about({ kind: 'namespace', namespace: it.name }, ofNamespace(it, version))),
    ...tiers.flatMap((it) => about({ kind: 'namespace', namespace: it.namespace }, ofTier(it))),
    ...guardrails.flatMap((it) => about({ kind: 'guardrail', name: it.name }, ofGuardrail(it, facts))),
    ...hostGuardrails.flatMap((it) => about({ kind: 'host-guardrail', name: it.name }, ofHostGuardrail(it))),
  ];
}

function about(what: Refusal['about'], unsaid: readonly Unsaid[]): Refusal[] {
  return unsaid.map((it) => ({ ...it, about: what }));
}

function ofFlow({ from, to }: Flow): Unsaid[] {
  return [from, to].flatMap(ofEnd);
}

function ofEnd(end: Endpoint): Unsaid[] {
  switch (end.kind) {
    case 'addresses':
      return [];
    case 'hosts':
      return [hosts(end.patterns.map(hostText).join(', '))];
    case 'entity':
      return [entity(end.entity)];
    default:
      return ofPods(end.pods);
  }
}

function ofPods({ namespaces, pods }: PodSet): Unsaid[] {
  return [namespaceExpression(namespaces), onlyPodExpression(pods)].flatMap(ofExpression);
}

function ofExpression(text: string): Unsaid[] {
  if (text.length <= LONGEST_EXPRESSION) return [];
  return [
    {
      rule: 'engine-selector-length',
      why: `the selector takes ${text.length} characters, and a selector of Calico has at most ${LONGEST_EXPRESSION}`,
      value: `${text.slice(0, 60)}…`,
      allowed: `selectors of up to ${LONGEST_EXPRESSION} characters`,
      engines: ['kubernetes', 'cilium', 'antrea', 'cluster-network-policy'],
      fix: "Give these pods or namespaces one label of their own, and select that: Pods.labeled({ app: '…' })",
    },
  ];
}

function ofNamespace({ rollout }: GraphNamespace, version: string | undefined): Unsaid[] {
  if (rollout !== 'audit' || isAtLeast(version, '3.30')) return [];
  return [
    {
      rule: 'engine-audit',
      why: 'staged policies, which report and do not deny, came with Calico 3.30',
      value: 'audit',
      allowed: 'enforced policies',
      engines: ['calico', 'cilium'],
      fix: 'Enforce the policies, or run Calico 3.30 or later.',
    },
  ];
}

function ofTier({ name, pods }: GraphTier): Unsaid[] {
  if (!name.includes('.')) return ofExpression(podExpression(pods.pods));
  return [
    {
      rule: 'engine-name',
      why: 'in the name of a policy of Calico, what stands before a dot is its tier of Calico',
      value: name,
      allowed: 'names without dots',
      engines: ['kubernetes', 'cilium', 'antrea', 'cluster-network-policy'],
      fix: 'Rename the tier.',
    },
  ];
}

function ofGuardrail({ name, denies, isolates }: Guardrail, facts: ClusterFacts): Unsaid[] {
  const subjects = [...denies.map(({ subject }) => subject), ...isolates];
  const tooOld: Unsaid = {
    rule: 'engine-guardrail',
    why: 'tiers, which keep a guardrail before the policies of namespaces, came with Calico 3.29',
    value: name,
    allowed: 'policies of namespaces',
    engines: ['cilium', 'calico', 'antrea', 'cluster-network-policy'],
    fix: 'Run Calico 3.29 or later.',
  };
  return [
    ...(isAtLeast(facts.version, '3.29') ? [] : [tooOld]),
    ...subjects.flatMap(ofPods),
    ...denies.flatMap(({ peer }) => (peer.kind === 'addresses' ? ofDenied(peer.addresses, facts) : ofEnd(peer))),
  ];
}

/** Blocks match pods by their address too, and the peer of a guardrail is what lies outside. */
function ofDenied(addresses: IpSet, facts: ClusterFacts): Unsaid[] {
  const outside = outsideOf(addresses, facts);
  const isKnown = facts.podRanges !== undefined || ips.equal(outside, addresses);
  if (isKnown && !ips.isEmpty(outside)) return [];
  return [
    {
      rule: 'engine-networks-match-pods',
      why: isKnown
        ? 'all of these addresses are of pods, and a guardrail on addresses is about what lies outside the cluster'
        : 'blocks match pods by their addresses too, and the cluster does not say which addresses its pods have',
      value: ips.ipsText(ips.difference(addresses, outside)),
      allowed: 'addresses that no pod has',
      engines: ['cilium'],
      fix: isKnown ? 'Name the pods.' : 'Give the cluster its podCidrs: they are left out of the blocks.',
    },
  ];
}

function ofHostGuardrail({ nodes, allows }: HostGuardrail): Unsaid[] {
  return [...ofExpression(hostExpression(nodes)), ...allows.flatMap(({ peer }) => ofEnd(peer))];
}

const NULLIFIED: Unsaid = {
  rule: 'engine-requests-nullified',
  why: 'another flow lets some of the same pods through on the same port, whatever they request, so that nothing is held back from them',
  value: 'requests',
  allowed: 'requests on ports that no other flow between the same pods has whole',
  engines: [],
  fix: 'Give the other flow its requests too, or leave them out here.',
};

function hosts(value: string): Unsaid {
  return {
    rule: 'engine-host-names',
    why: 'the open source of Calico knows addresses, and not the names that lead to them',
    value,
    allowed: 'address blocks',
    engines: ['cilium', 'antrea'],
  };
}

function entity(value: string): Unsaid {
  return {
    rule: 'engine-entity',
    why: 'a policy of Calico knows this end by its addresses alone',
    value,
    allowed: 'address blocks',
    engines: ['cilium'],
    fix: "Name its addresses: Cidr.of('192.0.2.10/32')",
  };
}
