/** Random graphs with guardrails, what they mean, and connections that tell meanings apart: every engine is held to them. */
import fc from 'fast-check';
import { canonical, type GraphData } from '../../lib/graph/graph-data';
import type { Endpoint } from '../../lib/model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../lib/model/guardrail';
import * as ips from '../../lib/model/ip-set';
import type { Direction } from '../../lib/model/layer';
import { matchesPod, NAMESPACE_NAME_LABEL, type PodSet, podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import { graphs } from '../graph/graphs';
import type { Connection, PodEnd } from './decide';

/** Where the pods of `connections` have their addresses. */
export const podRanges = ips.fromBlocks(['172.20.0.0/16', 'fd00:20::/32']);

const everyPod = podSet(selectors.anything, selectors.anything);
const red = podSet(selectors.fromLabels({ team: 'red' }), selectors.anything);
const notRed = podSet(
  selectors.fromRequirements([{ key: 'team', operator: 'NotIn', values: ['red'] }]),
  selectors.anything,
);
const podSets: readonly PodSet[] = [
  everyPod,
  red,
  notRed,
  podsIn('a', selectors.anything),
  podsIn('monitoring', selectors.fromLabels({ app: 'x' })),
  podSet(selectors.anything, selectors.fromRequirements([{ key: 'app', operator: 'In', values: ['x', 'other'] }])),
];

const podPeers = podSets.map((pods): Endpoint => ({ kind: 'pods', pods, owner: 'platform' }));
const addressPeers = [
  ips.fromBlocks(['169.254.169.254/32', 'fd00:ec2::254/128']),
  ips.fromBlock('10.0.0.0/8', ['10.0.0.0/28', '10.1.0.0/16']),
  ips.union(ips.anyIpv4, ips.anyIpv6),
  // One block with an except, or a power of two of them without.
  ips.fromBlock('0.0.0.0/0', ['203.0.113.7/32']),
].map((addresses): Endpoint => ({ kind: 'addresses', addresses }));

const portSets = [
  ports.everything,
  ports.allOf('TCP'),
  ports.union(ports.number('TCP', 80), ports.range('UDP', 50, 60)),
  ports.number('SCTP', 80),
  ports.union(ports.named('TCP', 'http'), ports.named('UDP', 'http'), ports.named('SCTP', 'http')),
];
const numbered = portSets.filter((set) => !ports.hasNames(set));

const deny: fc.Arbitrary<GuardrailDeny> = fc.oneof(
  fc.record({
    direction: fc.constantFrom<Direction>('ingress', 'egress'),
    subject: fc.constantFrom(...podSets),
    peer: fc.constantFrom(...podPeers),
    ports: fc.constantFrom(...portSets),
  }),
  fc.record({
    direction: fc.constant('egress' as const),
    subject: fc.constantFrom(...podSets),
    peer: fc.constantFrom(...addressPeers),
    ports: fc.constantFrom(...numbered),
  }),
);

const guardrail: fc.Arbitrary<Guardrail> = fc.record({
  name: fc.constantFrom('metadata', 'tenants', 'edge', 'edge-2'),
  because: fc.constant('the platform says so'),
  denies: fc.array(deny, { maxLength: 4 }),
  isolates: fc.array(fc.constantFrom(...podSets), { maxLength: 2 }),
});

/** Graphs with up to three guardrails; what `graphs` are, besides. */
export const guardedGraphs: fc.Arbitrary<GraphData> = fc
  .tuple(graphs, fc.uniqueArray(guardrail, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }))
  .map(([graph, guardrails]) => canonical({ ...graph, guardrails }));

const pod = (namespace: string, ip: string, labels: Record<string, string>, team?: string): PodEnd => ({
  namespaceLabels: { [NAMESPACE_NAME_LABEL]: namespace, ...(team !== undefined && { team }) },
  labels,
  ip,
  ports: [{ name: 'http', protocol: 'TCP', number: 8080 }],
});

const ends: readonly Connection['to'][] = [
  pod('a', '172.20.0.1', { app: 'x' }, 'red'),
  pod('a', '172.20.0.2', { app: 'none' }, 'red'),
  pod('b', '172.20.0.3', { app: 'y.z' }),
  pod('end', '172.20.0.4', { app: 'end' }, 'blue'),
  pod('monitoring', '172.20.0.5', { app: 'x' }, 'red'),
  pod('monitoring', '172.20.0.6', { job: 'train' }, 'red'),
  pod('research', '172.20.0.7', { app: 'other', job: 'train' }, 'ml'),
  { ip: '192.0.2.7' },
  { ip: '10.0.0.5' },
  { ip: '10.1.2.3' },
  { ip: '10.2.0.1' },
  { ip: '169.254.169.254' },
  { ip: '203.0.113.7' },
  { ip: '2001:db8::1' },
];

const probes = [
  ['TCP', 80],
  ['TCP', 443],
  ['TCP', 8080],
  ['UDP', 55],
  ['UDP', 8080],
  ['SCTP', 80],
] as const;

/** Between all ends that differ, one of them a pod, over what tells the ports of `graphs` apart. */
export const connections: readonly Connection[] = ends.flatMap((from) =>
  ends
    .filter((to) => to !== from && ('labels' in from || 'labels' in to))
    .flatMap((to) => probes.map(([protocol, port]) => ({ from, to, protocol, port }))),
);

/** Whether what is declared lets the connection pass; `outsideIsOpen`: default deny does not reach what comes from outside. */
export function isMeant(graph: GraphData, connection: Connection, options: { outsideIsOpen?: boolean } = {}): boolean {
  const { guardrails = [] } = graph;
  if (guardrails.some(({ denies }) => denies.some((it) => isDenied(it, connection)))) return false;
  return (
    isOpenAt(graph, guardrails, 'egress', connection, false) &&
    isOpenAt(graph, guardrails, 'ingress', connection, options.outsideIsOpen === true)
  );
}

function isDenied({ direction, subject, peer, ports: set }: GuardrailDeny, connection: Connection): boolean {
  const { own, other } = sides(direction, connection);
  return 'labels' in own && contains(subject, own) && isEnd(peer, other) && isOnPort(set, connection);
}

function isOpenAt(
  { namespaces, flows }: GraphData,
  guardrails: readonly Guardrail[],
  direction: Direction,
  connection: Connection,
  outsideIsOpen: boolean,
): boolean {
  const { own, other } = sides(direction, connection);
  if (!('labels' in own)) return true;
  if (namespaces.some(({ name }) => own.namespaceLabels[NAMESPACE_NAME_LABEL] === name)) {
    return flows.some(({ from, to, traffic }) => {
      const [here, there] = direction === 'egress' ? [from, to] : [to, from];
      return here.kind === 'tier' && isEnd(here, own) && isEnd(there, other) && isOnPort(traffic.ports, connection);
    });
  }
  const isIsolated = guardrails.some(({ isolates }) => isolates.some((subject) => contains(subject, own)));
  return !isIsolated || (outsideIsOpen && !('labels' in other));
}

function sides(direction: Direction, { from, to }: Connection) {
  return direction === 'egress' ? { own: from, other: to } : { own: to, other: from };
}

function isEnd(end: Endpoint, given: Connection['to']): boolean {
  if ('pods' in end) return 'labels' in given && contains(end.pods, given);
  return end.kind === 'addresses' && !('labels' in given) && ips.hasAddress(end.addresses, given.ip);
}

function isOnPort(set: ports.PortSet, { to, protocol, port }: Connection): boolean {
  return ports.hasNumber(ports.resolve(set, 'labels' in to ? (to.ports ?? []) : []), protocol, port);
}

function contains(set: PodSet, { namespaceLabels, labels }: PodEnd): boolean {
  return matchesPod(set, namespaceLabels, labels);
}
