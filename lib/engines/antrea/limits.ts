import type { GraphData } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import type { Guardrail } from '../../model/guardrail';
import { type HostPattern, hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { outsideOf } from '../outside';
import type { Refusal } from '../refusal';

type Unsaid = Omit<Refusal, 'about'>;

/** What Antrea cannot say, or says only where an alpha feature is switched on (docs/antrea-network-policy.md). */
export function limits(graph: GraphData, facts: ClusterFacts): Refusal[] {
  const { flows, namespaces, guardrails = [], hostGuardrails = [] } = graph;
  return [
    ...flows.flatMap(ofFlow),
    ...namespaces.flatMap(({ name, rollout }) => (rollout === 'audit' ? [audit(name)] : [])),
    ...guardrails.flatMap((guardrail) => ofGuardrail(guardrail, facts)),
    ...hostGuardrails.map(({ name }) => hostGuardrail(name)),
  ];
}

function ofFlow(flow: Flow): Refusal[] {
  const about = { kind: 'flow', flow } as const;
  const unsaid = [
    ...(flow.traffic.requests === undefined
      ? []
      : [requests(flow.traffic.requests.some((it) => it.protocol === 'kafka'))]),
    ...(flow.to.kind === 'hosts' ? flow.to.patterns.flatMap(ofPattern) : []),
    ...[flow.from, flow.to].flatMap(ofEntity),
  ];
  return unsaid.map((it) => ({ ...it, about }));
}

function requests(isKafka: boolean): Unsaid {
  return {
    rule: 'engine-requests',
    why: 'requests are matched by an alpha feature that is off unless it was switched on in the cluster, and where it is off the policy is refused',
    value: 'requests',
    allowed: 'protocols and ports',
    engines: isKafka ? ['cilium'] : ['cilium', 'calico'],
  };
}

/** Names are told by their answers from DNS; a wildcard stands for any number of labels. */
function ofPattern(pattern: HostPattern): Unsaid[] {
  const text = hostText(pattern);
  if (pattern.kind === 'one-label') {
    return [
      unsaidName(text, `'*.${pattern.under}' has any number of labels here, and would let more names through`, [
        'cilium',
      ]),
    ];
  }
  if (pattern.kind === 'any' || pattern.kind === 'opaque') {
    return [unsaidName(text, 'a pattern for every name also has those of the cluster, which lead to pods', [])];
  }
  const name = pattern.kind === 'exact' ? pattern.name : pattern.under;
  if (/(^|\.)(cluster\.local|svc)$/.test(name)) {
    return [unsaidName(text, 'names of Services lead to addresses that are translated before policy sees them', [])];
  }
  if (/[^-0-9a-z.]/.test(name)) {
    return [unsaidName(text, 'the name has characters that Antrea refuses', ['cilium'])];
  }
  return [];
}

function unsaidName(value: string, why: string, engines: Refusal['engines']): Unsaid {
  return {
    rule: 'engine-host-names',
    why,
    value,
    allowed: "names of letters, digits, '-' and '.', each by itself or with everything under it",
    engines,
    fix: 'Name the hosts one by one, or everything under a domain.',
  };
}

function ofEntity(end: Endpoint): Unsaid[] {
  if (end.kind !== 'entity') return [];
  return [
    {
      rule: 'engine-entity',
      why: 'there is no peer that stands for it whatever its addresses are',
      value: end.entity,
      allowed: 'pods and address blocks',
      engines: ['cilium'],
      fix: "Name its addresses: Cidr.of('192.0.2.10/32')",
    },
  ];
}

function ofGuardrail({ name, denies }: Guardrail, facts: ClusterFacts): Refusal[] {
  const about = { kind: 'guardrail', name } as const;
  return denies.flatMap(({ peer }) => ofPeer(peer, facts)).map((it) => ({ ...it, about }));
}

function ofPeer(peer: Endpoint, facts: ClusterFacts): Unsaid[] {
  if (peer.kind === 'hosts') {
    return [
      unsaidName(
        peer.patterns.map(hostText).join(', '),
        'names cannot be denied: an address that a cache still holds, or that another name shares, gets through or is cut off',
        [],
      ),
    ];
  }
  return peer.kind === 'addresses' ? ofAddresses(peer.addresses, facts) : ofEntity(peer);
}

function ofAddresses(addresses: ips.IpSet, facts: ClusterFacts): Unsaid[] {
  const outside = outsideOf(addresses, facts);
  const isUnknown = facts.podRanges === undefined;
  if (isUnknown ? ips.equal(outside, addresses) : !ips.isEmpty(outside)) return [];
  return [
    {
      rule: 'engine-networks-match-pods',
      why: isUnknown
        ? 'blocks match pods by their addresses too, and the cluster does not say which addresses its pods have'
        : 'all of these addresses are of pods, and a guardrail on addresses is about what lies outside the cluster',
      value: ips.ipsText(ips.difference(addresses, outside)),
      allowed: 'addresses that no pod has',
      engines: ['cilium'],
      fix: isUnknown ? 'Give the cluster its podCidrs: they are left out of the blocks.' : 'Name the pods.',
    },
  ];
}

function audit(namespace: string): Refusal {
  return {
    rule: 'engine-audit',
    about: { kind: 'namespace', namespace },
    why: 'a policy of Antrea is enforced or absent, and cannot be tried out',
    value: 'audit',
    allowed: 'enforced policies',
    engines: ['calico', 'cilium'],
  };
}

function hostGuardrail(name: string): Refusal {
  return {
    rule: 'engine-host-guardrail',
    about: { kind: 'host-guardrail', name },
    why: 'policies for nodes are an alpha feature that is off unless it was switched on in the cluster, without ports that stay open',
    value: name,
    allowed: 'policies about pods',
    engines: ['cilium', 'calico'],
  };
}
