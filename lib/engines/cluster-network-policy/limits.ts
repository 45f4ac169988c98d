import type { GraphData } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Guardrail, GuardrailDeny } from '../../model/guardrail';
import { hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { podSetText } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import { limits as limitsOfNetworkPolicy } from '../kubernetes/limits';
import { outsideOf } from '../outside';
import type { Refusal } from '../refusal';
import { exceedsPriorities } from './guardrails';

/** Id of the refusal of default deny, which leaves open what comes from outside the cluster. */
const OPEN_FROM_OUTSIDE = 'engine-isolation-from-outside';

/** Flows and namespaces are NetworkPolicies here, guardrails are ClusterNetworkPolicies of the standard channel. */
export function limits(graph: GraphData, facts: ClusterFacts): Refusal[] {
  const { guardrails = [] } = graph;
  return [
    ...limitsOfNetworkPolicy({ ...graph, guardrails: [] }, facts).map(withOwnReason),
    ...guardrails.flatMap((guardrail) => ofGuardrail(guardrail, facts)),
    ...(exceedsPriorities(guardrails, facts) ? [TOO_MANY] : []),
  ];
}

/** What NetworkPolicy cannot say and ClusterNetworkPolicy nearly can. */
function withOwnReason(refusal: Refusal): Refusal {
  if (refusal.rule !== 'engine-host-names') return refusal;
  return {
    ...refusal,
    why: 'domainNames are of the experimental channel, and an Accept in the Admin tier is not bounded by the NetworkPolicies of the namespace',
  };
}

function ofGuardrail(guardrail: Guardrail, facts: ClusterFacts): Refusal[] {
  const about = { kind: 'guardrail', name: guardrail.name } as const;
  return [
    ...guardrail.denies.flatMap((deny) => [...ofPeer(deny, facts), ...ofPorts(deny)]).map((it) => ({ ...it, about })),
    ...guardrail.isolates.map(
      (subject): Refusal => ({
        rule: OPEN_FROM_OUTSIDE,
        about,
        why: 'the rules of ingress name pods alone, so that a default deny leaves its pods open to what comes from outside the cluster',
        value: podSetText(subject),
        allowed: 'default deny in the namespaces themselves',
        engines: ['cilium', 'calico', 'antrea'],
        fix: 'Declare the namespaces, or deny from pods and to pods and addresses by a NetworkPolicy of their owners.',
      }),
    ),
  ];
}

type Unsaid = Omit<Refusal, 'about'>;

function ofPeer({ peer, direction }: GuardrailDeny, facts: ClusterFacts): Unsaid[] {
  switch (peer.kind) {
    case 'hosts':
      return [hosts(peer.patterns.map(hostText).join(', '))];
    case 'entity':
      return [entity(peer.entity)];
    case 'addresses':
      if (direction === 'ingress') return [sources(ips.ipsText(peer.addresses))];
      return ips.equal(outsideOf(peer.addresses, facts), peer.addresses) || facts.podRanges !== undefined
        ? ofOutside(peer.addresses, facts)
        : [mayBePods(peer.addresses, facts)];
    default:
      return [];
  }
}

function ofOutside(addresses: ips.IpSet, facts: ClusterFacts): Unsaid[] {
  return ips.isEmpty(outsideOf(addresses, facts)) ? [allPods(ips.ipsText(addresses))] : [];
}

function ofPorts({ peer, ports: set }: GuardrailDeny): Unsaid[] {
  const names = [...new Set(ports.PROTOCOLS.flatMap((protocol) => set[protocol].names))].sort().join(', ');
  if (names === '') return [];
  return [peer.kind === 'addresses' ? namesOfAddresses(names) : namedPorts(names)];
}

function hosts(value: string): Unsaid {
  return {
    rule: 'engine-host-names',
    why: 'names cannot be denied: an address that a cache still holds, or that another name shares, gets through or is cut off',
    value,
    allowed: 'pods and address blocks',
    engines: [],
    fix: 'Deny the addresses, or deny everything and allow what is needed.',
  };
}

function entity(value: string): Unsaid {
  return {
    rule: 'engine-entity',
    why: 'peers by node are of the experimental channel, and there is none for the API server',
    value,
    allowed: 'pods and address blocks',
    engines: ['cilium'],
    fix: "Name its addresses: Cidr.of('192.0.2.10/32')",
  };
}

function sources(value: string): Unsaid {
  return {
    rule: 'engine-guardrail-sources',
    why: 'the rules of ingress name pods alone, so that sources outside the cluster cannot be denied',
    value,
    allowed: 'pods as sources; addresses as destinations',
    engines: ['cilium', 'calico', 'antrea'],
  };
}

function mayBePods(addresses: ips.IpSet, facts: ClusterFacts): Unsaid {
  return {
    rule: 'engine-networks-match-pods',
    why: 'networks match pods by their addresses too, and the cluster does not say which addresses its pods have',
    value: ips.ipsText(ips.difference(addresses, outsideOf(addresses, facts))),
    allowed: 'addresses that no pod has',
    engines: ['cilium'],
    fix: 'Give the cluster its podCidrs: they are left out of the networks.',
  };
}

function allPods(value: string): Unsaid {
  return {
    rule: 'engine-networks-match-pods',
    why: 'all of these addresses are of pods, and a guardrail on addresses is about what lies outside the cluster',
    value,
    allowed: 'addresses outside podCidrs',
    engines: ['cilium'],
    fix: 'Name the pods.',
  };
}

function namesOfAddresses(value: string): Unsaid {
  return {
    rule: 'engine-named-ports',
    why: 'addresses have no names for their ports, and the API server refuses named ports beside networks',
    value,
    allowed: 'ports by number',
    engines: [],
    fix: 'Give the number that the containers listen on: Port.tcp(8080)',
  };
}

function namedPorts(value: string): Unsaid {
  return {
    rule: 'engine-named-ports',
    why: 'named ports are of the experimental channel from release 0.2.1 on, and where the API server has the standard one it refuses the policy',
    value,
    allowed: 'ports by number',
    engines: ['cilium', 'calico', 'antrea'],
    fix: 'Give the number that the containers listen on: Port.tcp(8080)',
  };
}

const TOO_MANY: Refusal = {
  rule: 'engine-priorities',
  about: { kind: 'cluster' },
  why: 'each ClusterNetworkPolicy has a priority of its own, and the guardrails need more than 1001 in one tier',
  value: 'more than 1001',
  allowed: 'priorities from 0 to 1000',
  engines: ['cilium', 'calico', 'antrea'],
  fix: 'Name what is denied by fewer selectors and blocks.',
};
