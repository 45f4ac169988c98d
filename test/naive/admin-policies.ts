/**
 * AdminNetworkPolicy and BaselineAdminNetworkPolicy as their API reads (sigs.k8s.io/network-policy-api 0.1.8,
 * `apis/v1alpha1`): slow and obvious, and without anything of `lib`. It throws where the API server would have refused.
 */
import { isIn } from './addresses';
import { matches } from './labels';
import type {
  AdminPeer,
  AdminPolicy,
  AdminPort,
  AdminRule,
  LabelSelector,
  Labels,
  Pod,
  Protocol,
  World,
} from './world';

/** One way to open a connection, seen from the pod that the policies are about. */
export interface AdminQuestion {
  readonly direction: 'Ingress' | 'Egress';
  readonly subject: Pod;
  /** The other end: a pod, or undefined for something that is none; and its address where that is known. */
  readonly peer?: Pod;
  readonly peerIp?: string;
  /** The pod that is connected to, whose ports have names. */
  readonly destination?: Pod;
  readonly protocol: Protocol;
  readonly port: number;
}

/** The last: no rule matched. */
export type AdminVerdict = 'Allow' | 'Deny' | 'Pass' | 'no match';

/** The first rule that matches, of the policies in the order of their priority; by name where that is the same. */
export function adminVerdict(world: World, policies: readonly AdminPolicy[], asked: AdminQuestion): AdminVerdict {
  const inOrder = [...policies].sort(
    (a, b) => (a.spec.priority ?? 0) - (b.spec.priority ?? 0) || (a.metadata.name < b.metadata.name ? -1 : 1),
  );
  for (const { spec } of inOrder) {
    if (!isPeerPod(world, spec.subject, asked.subject)) continue;
    const rules = (asked.direction === 'Ingress' ? spec.ingress : spec.egress) ?? [];
    for (const rule of rules) {
      const verdict = verdictOf(world, rule, asked);
      if (verdict !== 'no match') return verdict;
    }
  }
  return 'no match';
}

/** A peer of which nothing is known fails closed: it allows nothing, and what denies or passes becomes a denial of all. */
function verdictOf(world: World, rule: AdminRule, asked: AdminQuestion): AdminVerdict {
  const peers = (asked.direction === 'Ingress' ? rule.from : rule.to) ?? [];
  if (peers.length === 0) throw new Error('a rule has peers');
  if (rule.action !== 'Allow' && peers.some(isUnknown)) return 'Deny';
  if (rule.action !== 'Allow' && peers.some(({ domainNames }) => domainNames)) throw new Error('names are for Allow');
  const isMatch = peers.some((peer) => isPeer(world, peer, asked)) && hasPort(rule.ports, asked);
  return isMatch ? rule.action : 'no match';
}

const KNOWN = ['namespaces', 'pods', 'networks', 'nodes', 'domainNames'] as const;

function isUnknown(peer: AdminPeer): boolean {
  const fields = KNOWN.filter((name) => peer[name] !== undefined && peer[name] !== null);
  if (fields.length > 1) throw new Error(`a peer has one field, not ${fields.join(' and ')}`);
  return fields.length === 0;
}

function isPeer(world: World, peer: AdminPeer, { peer: pod, peerIp }: AdminQuestion): boolean {
  if (isUnknown(peer)) return false;
  if (peer.networks) {
    const isMeant = pod === undefined || world.ipBlockMode !== 'external-only';
    return isMeant && peerIp !== undefined && peer.networks.some((cidr) => isIn(cidr, peerIp));
  }
  if (peer.nodes) {
    const meant = (world.nodes ?? []).filter(({ labels }) => matches(peer.nodes as LabelSelector, labels));
    return meant.some(({ addresses }) => addresses.includes(peerIp as string));
  }
  if (peer.domainNames) {
    const names = Object.entries(world.domains ?? {}).filter(([, addresses]) => addresses.includes(peerIp as string));
    return peer.domainNames.some((pattern) => names.some(([name]) => isName(pattern, name)));
  }
  return pod !== undefined && isPeerPod(world, peer, pod);
}

/** `*.` is one label or more, and never the name after it alone. */
function isName(pattern: string, name: string): boolean {
  const [wanted, given] = [pattern, name].map((it) => it.toLowerCase().replace(/\.$/, '')) as [string, string];
  return wanted.startsWith('*.') ? given.endsWith(wanted.slice(1)) && given !== wanted.slice(2) : given === wanted;
}

/** Pods of namespaces, or pods; those on the host network are in neither. */
function isPeerPod(world: World, { namespaces, pods }: AdminPeer, pod: Pod): boolean {
  if (pod.hostNetwork) return false;
  const labels = namespaceLabels(world, pod.namespace);
  if (namespaces) return matches(checked(namespaces), labels);
  if (!pods?.namespaceSelector || !pods.podSelector) throw new Error('pods have both selectors');
  return matches(checked(pods.namespaceSelector), labels) && matches(pods.podSelector, pod.labels);
}

/** Releases 0.1.0 to 0.1.2 had another form of it. */
function checked(selector: LabelSelector): LabelSelector {
  const strange = Object.keys(selector).find((key) => key !== 'matchLabels' && key !== 'matchExpressions');
  if (strange !== undefined) throw new Error(`a selector has no ${strange}`);
  return selector;
}

/** No list: all traffic. A name is that of a port of the destination, with the protocol that the port has there. */
function hasPort(ports: AdminRule['ports'], asked: AdminQuestion): boolean {
  if (ports === undefined || ports === null) return true;
  if (ports.length === 0) throw new Error('a list of ports has one');
  return ports.some((port) => isPort(port, asked));
}

function isPort(
  { portNumber, portRange, namedPort }: AdminPort,
  { destination, protocol, port }: AdminQuestion,
): boolean {
  if (portNumber) return (portNumber.protocol ?? 'TCP') === protocol && portNumber.port === port;
  if (portRange) {
    return (portRange.protocol ?? 'TCP') === protocol && portRange.start <= port && port <= portRange.end;
  }
  if (destination === undefined || destination.hostNetwork) return false;
  return destination.ports.some((it) => it.name === namedPort && it.protocol === protocol && it.number === port);
}

function namespaceLabels({ namespaces }: World, name: string): Labels {
  const declared = namespaces.find((namespace) => namespace.name === name);
  return { ...declared?.labels, 'kubernetes.io/metadata.name': name };
}
