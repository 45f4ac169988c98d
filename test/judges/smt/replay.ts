/** What a solver found, put to evaluators of single connections. */
import { isIn } from '../../naive/addresses';
import { matches } from '../../naive/labels';
import type { ConcretePod, Connection } from './connection';
import { decide } from './decide';
import { isCalled } from './decide-network-policy';
import { acceptsPods, type End, type Half, type Pods, podsOf, type Traffic } from './graph';
import type { Block, Port } from './manifests';
import type { Asked } from './questions';
import type { World } from './world';

/** Whether the connection breaks the statement that it was found for. */
export function isBorneOut(asked: Asked, it: Connection, world: World): boolean {
  const { statement, halves, direction } = asked;
  const decision = decide(world, it, direction);
  switch (statement) {
    case 'undeclared':
      return decision === 'by rule' && !halves.some((half) => isDeclaredBy(half, it, world));
    case 'open':
      return decide(world, it, direction, { allows: true }) === 'by default';
    case 'missing':
      return decision === 'stopped' && halves.some((half) => isDemandedBy(half, it, world));
    case 'promise':
      return (
        decision === 'by rule' &&
        it.peer.pod === undefined &&
        (asked.forbids ?? []).some((block) => isIn(block, it.peer.ip)) &&
        !halves.some((half) => isDeclaredBy(half, it, world))
      );
    case 'guardrail': {
      const { deny, isolates: pods } = asked;
      if (pods) return isOneOf(pods, it.subject) && decide(world, it, direction, { allows: true }) === 'by default';
      return (
        deny !== undefined &&
        isOneOf(deny.pods, it.subject) &&
        isPeer(deny.peer, it, world) &&
        isSent(deny.traffic, it, direction) &&
        decide(world, it, direction, { isolation: true }) !== 'stopped'
      );
    }
  }
}

function isDemandedBy(half: Half, it: Connection, world: World): boolean {
  const direction = directionOf(half);
  return isOneOf(half.own, it.subject) && isPeer(half.other, it, world) && isSent(half.flow.traffic, it, direction);
}

function isDeclaredBy(half: Half, it: Connection, world: World): boolean {
  if (isDemandedBy(half, it, world)) return true;
  const { own, other, flow } = half;
  return (
    world.facts.mode !== 'external-only' &&
    acceptsPods(flow) &&
    other.kind === 'addresses' &&
    it.peer.pod !== undefined &&
    isAt(other.blocks, it.peer.ip) &&
    isOneOf(own, it.subject) &&
    isSent(flow.traffic, it, directionOf(half))
  );
}

function directionOf({ flow, other }: Half): Asked['direction'] {
  return flow.to === other ? 'egress' : 'ingress';
}

function isOneOf({ namespaceSelector, podSelector }: Pods, pod: ConcretePod): boolean {
  return matches(namespaceSelector as never, pod.namespaceLabels) && matches(podSelector as never, pod.labels);
}

function isPeer(end: End, { peer }: Connection, { graph }: World): boolean {
  if (end.kind === 'addresses') return peer.pod === undefined && isAt(end.blocks, peer.ip);
  if (end.kind !== 'tier' && end.kind !== 'pods') throw new Error(`not read: an end of the kind ${end.kind}`);
  return peer.pod !== undefined && isOneOf(podsOf(graph, end), peer.pod);
}

function isAt(blocks: readonly Block[], ip: string): boolean {
  return blocks.some(({ cidr, except }) => isIn(cidr, ip) && !(except ?? []).some((each) => isIn(each, ip)));
}

function isSent(traffic: Traffic, it: Connection, direction: Asked['direction']): boolean {
  return traffic.kind === 'everything' || traffic.ports.some((port) => isOn(port, it, direction));
}

function isOn({ protocol, port, endPort }: Port, it: Connection, direction: Asked['direction']): boolean {
  if ((protocol ?? 'TCP') !== it.protocol) return false;
  if (port === undefined || port === null) return true;
  if (typeof port === 'string') return isCalled(port, it, direction);
  return port <= it.port && it.port <= (endPort ?? port);
}
