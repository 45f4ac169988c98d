/**
 * NetworkPolicy as its specification reads, with AdminNetworkPolicy around it: slow and obvious, to judge what is fast. It imports nothing from `lib`, looks
 * at every policy again for each question, and throws where the API server would have refused the manifest, since then
 * there is no meaning to tell. Source: kubernetes `api/networking/v1/types.go` and `pkg/apis/networking/v1/defaults.go`.
 */
import { isIn, sameFamily } from './addresses';
import { type AdminQuestion, adminVerdict } from './admin-policies';
import type {
  Address,
  IpBlockMode,
  LabelRequirement,
  LabelSelector,
  Labels,
  NetworkPolicy,
  Pod,
  PolicyPeer,
  PolicyPort,
  PolicyRule,
  Protocol,
  World,
} from './world';

export type End = Pod | Address;
type Direction = 'Ingress' | 'Egress';

/** One way to open the connection: which address of each end is used. Undefined for a pod whose address is unknown. */
interface Connection {
  readonly from: End;
  readonly to: End;
  readonly fromIp?: string;
  readonly toIp?: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Whether `from` may open a connection to `port` of `to`: the port that the pod listens on, not one of a Service. */
export function mayConnect(world: World, from: End, to: End, protocol: Protocol, port: number): boolean {
  return connections(from, to, protocol, port).some((it) => leaves(world, it) && arrives(world, it));
}

/** The half of `from`: nothing that applies to it keeps the connection in. */
export function egressAllowed(world: World, from: End, to: End, protocol: Protocol, port: number): boolean {
  return connections(from, to, protocol, port).some((it) => leaves(world, it));
}

/** The half of `to`: nothing that applies to it keeps the connection out. */
export function ingressAllowed(world: World, from: End, to: End, protocol: Protocol, port: number): boolean {
  return connections(from, to, protocol, port).some((it) => arrives(world, it));
}

function leaves(world: World, connection: Connection): boolean {
  return (
    isSamePod(connection) || isWithOwnNode(world, connection) || isAllowed(world, 'Egress', connection.from, connection)
  );
}

function arrives(world: World, connection: Connection): boolean {
  return (
    isSamePod(connection) || isWithOwnNode(world, connection) || isAllowed(world, 'Ingress', connection.to, connection)
  );
}

/**
 * What no policy isolates is open. What some policy isolates needs some rule, of any policy that applies to it. Before that
 * AdminNetworkPolicies decide, and after it, for what none isolates, the baseline one.
 */
function isAllowed(world: World, direction: Direction, end: End, connection: Connection): boolean {
  if (!isPod(end)) return true;
  const first = adminVerdict(world, world.adminPolicies ?? [], asked(direction, end, connection));
  if (first === 'Allow' || first === 'Deny') return first === 'Allow';
  const isolating = world.policies.filter((policy) => typesOf(policy).has(direction) && appliesTo(policy, end));
  if (isolating.length > 0) {
    return isolating.some((policy) =>
      rulesOf(policy, direction).some((rule) => ruleAllows(world, policy, direction, rule, connection)),
    );
  }
  return adminVerdict(world, world.baselinePolicies ?? [], asked(direction, end, connection)) !== 'Deny';
}

function asked(direction: Direction, subject: Pod, connection: Connection): AdminQuestion {
  const { from, to, fromIp, toIp, protocol, port } = connection;
  const [peer, peerIp] = direction === 'Ingress' ? [from, fromIp] : [to, toIp];
  const pods = { ...(isPod(peer) && { peer }), ...(isPod(to) && { destination: to }) };
  return { direction, subject, peerIp, protocol, port, ...pods };
}

/** A policy is about pods of its own namespace. Pods on the host network carry the identity of their node. */
function appliesTo(policy: NetworkPolicy, pod: Pod): boolean {
  return (
    !pod.hostNetwork && pod.namespace === namespaceOf(policy) && selects(policy.spec?.podSelector ?? {}, pod.labels)
  );
}

/** Without policyTypes: Ingress always, and Egress when there is a rule for it. */
function typesOf({ spec }: NetworkPolicy): Set<string> {
  if (spec?.policyTypes?.length) return new Set(spec.policyTypes);
  return new Set(spec?.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']);
}

function rulesOf({ spec }: NetworkPolicy, direction: Direction): readonly PolicyRule[] {
  return (direction === 'Ingress' ? spec?.ingress : spec?.egress) ?? [];
}

/** No peers: from or to anywhere. No ports: every port of every protocol. */
function ruleAllows(
  world: World,
  policy: NetworkPolicy,
  direction: Direction,
  rule: PolicyRule,
  connection: Connection,
): boolean {
  const peers = (direction === 'Ingress' ? rule.from : rule.to) ?? [];
  const ports = rule.ports ?? [];
  const [end, ip] = direction === 'Ingress' ? [connection.from, connection.fromIp] : [connection.to, connection.toIp];
  return (
    (peers.length === 0 || peers.some((peer) => peerIs(world, policy, peer, end, ip))) &&
    (ports.length === 0 || ports.some((port) => portIs(port, connection)))
  );
}

function peerIs(world: World, policy: NetworkPolicy, peer: PolicyPeer, end: End, ip: string | undefined): boolean {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (ipBlock) {
    if (podSelector || namespaceSelector) throw new Error('a peer has an ipBlock, or selectors, not both');
    return isInBlock(ipBlock, end, ip, world.ipBlockMode ?? 'pods');
  }
  if (!podSelector && !namespaceSelector)
    throw new Error('a peer has a podSelector, a namespaceSelector or an ipBlock');
  if (!isPod(end) || end.hostNetwork) return false;
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, namespaceLabels(world, end.namespace))
    : end.namespace === namespaceOf(policy);
  return inNamespace && selects(podSelector ?? {}, end.labels);
}

function isInBlock(
  { cidr, except }: NonNullable<PolicyPeer['ipBlock']>,
  end: End,
  ip: string | undefined,
  mode: IpBlockMode,
): boolean {
  if (ip === undefined || (isPod(end) && mode === 'external-only')) return false;
  return isIn(cidr, ip) && !(except ?? []).some((excepted) => isIn(excepted, ip));
}

/** A port without protocol is TCP; a protocol without port is all its ports; a name is what the destination calls it. */
function portIs({ protocol, port, endPort }: PolicyPort, connection: Connection): boolean {
  checkEndPort(port, endPort);
  if ((protocol ?? 'TCP') !== connection.protocol) return false;
  if (port === undefined || port === null) return true;
  if (typeof port === 'string') return portsNamed(port, connection).includes(connection.port);
  return port <= connection.port && connection.port <= (endPort ?? port);
}

function checkEndPort(port: PolicyPort['port'], endPort: PolicyPort['endPort']): void {
  if (endPort === undefined || endPort === null) return;
  if (typeof port !== 'number') throw new Error('endPort needs a port that is a number');
  if (endPort < port) throw new Error('endPort is not below port');
}

/** Addresses have no port names, and neither have nodes, whose addresses host-network pods share. */
function portsNamed(name: string, { to, protocol }: Connection): number[] {
  if (!isPod(to) || to.hostNetwork) return [];
  return to.ports.filter((it) => it.name === name && it.protocol === protocol).map((it) => it.number);
}

/** Every label and every expression holds. An empty selector selects everything. */
function selects({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (matchExpressions ?? []).every((requirement) => holds(requirement, labels))
  );
}

/** `NotIn` holds for labels without the key. */
function holds({ key, operator, values }: LabelRequirement, labels: Labels): boolean {
  const isPresent = Object.hasOwn(labels, key);
  const isListed = isPresent && (values ?? []).includes(labels[key]);
  switch (operator) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return isPresent;
    case 'DoesNotExist':
      return !isPresent;
    default:
      throw new Error(`no operator: ${operator}`);
  }
}

/** The API server sets `kubernetes.io/metadata.name` on every namespace, also on those that nobody declared here. */
function namespaceLabels(world: World, name: string): Labels {
  const declared = world.namespaces.find((namespace) => namespace.name === name);
  return { ...declared?.labels, 'kubernetes.io/metadata.name': name };
}

function namespaceOf({ metadata }: NetworkPolicy): string {
  return metadata.namespace ?? 'default';
}

/** A connection uses addresses of one family; where no two fit, policy is asked all the same. */
function connections(from: End, to: End, protocol: Protocol, port: number): Connection[] {
  const all = ipsOf(from).flatMap((fromIp) => ipsOf(to).map((toIp) => ({ from, to, fromIp, toIp, protocol, port })));
  const possible = all.filter(({ fromIp, toIp }) => !fromIp || !toIp || sameFamily(fromIp, toIp));
  return possible.length > 0 ? possible : all;
}

function ipsOf(end: End): readonly (string | undefined)[] {
  if (!isPod(end)) return [end.ip];
  return end.ips.length > 0 ? end.ips : [undefined];
}

function isPod(end: End): end is Pod {
  return 'labels' in end;
}

/** A pod always reaches its own address. */
function isSamePod({ from, to }: Connection): boolean {
  return isPod(from) && isPod(to) && from.namespace === to.namespace && from.name === to.name;
}

/** One of the two is on the host network, so that it is the node of the other. */
function isWithOwnNode({ isOneNode }: World, { from, to }: Connection): boolean {
  return isOneNode === true && isPod(from) && isPod(to) && (from.hostNetwork === true || to.hostNetwork === true);
}
