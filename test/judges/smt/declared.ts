import { and, FALSE, type Formula, not, or, TRUE } from './formula';
import { acceptsPods, type End, type Graph, type Half, type Pods, podsOf, type Traffic } from './graph';
import { isInBlock, type PodTerms, type Situation, selects } from './situation';
import type { World } from './world';

/** Some flow has the connection, or accepts that pods with its addresses have it too. */
export function isDeclared(world: World, halves: readonly Half[], at: Situation): Formula {
  return or(
    ...halves.map((half) => and(isAt(half, world, at), or(isOther(half, world, at), isAccepted(half, world, at)))),
  );
}

/** Some flow demands that the connection is let through. */
export function isDemanded(world: World, halves: readonly Half[], at: Situation): Formula {
  return or(...halves.map((half) => and(isAt(half, world, at), isOther(half, world, at))));
}

function isAt({ own, flow }: Half, _: World, at: Situation): Formula {
  return and(isOneOf(own, at.subject), isSent(flow.traffic, at));
}

function isOther({ other }: Half, { graph }: World, at: Situation): Formula {
  return isPeer(other, graph, at);
}

function isAccepted({ flow, other }: Half, { facts }: World, at: Situation): Formula {
  if (other.kind !== 'addresses' || !acceptsPods(flow) || facts.mode === 'external-only') return FALSE;
  return and(at.peerIsPod, or(...other.blocks.map((block) => isInBlock(block, at))));
}

/** Addresses are outside the cluster. */
export function isPeer(end: End, graph: Graph, at: Situation): Formula {
  switch (end.kind) {
    case 'addresses':
      return and(not(at.peerIsPod), or(...end.blocks.map((block) => isInBlock(block, at))));
    case 'tier':
    case 'pods':
      return and(at.peerIsPod, isOneOf(podsOf(graph, end), at.peer));
    default:
      throw new Error(`not encoded: an end of the kind ${end.kind}`);
  }
}

export function isOneOf({ namespaceSelector, podSelector }: Pods, pod: PodTerms): Formula {
  return and(selects(namespaceSelector, pod.namespace), selects(podSelector, pod.label));
}

export function isSent(traffic: Traffic, at: Situation): Formula {
  return traffic.kind === 'everything' ? TRUE : or(...traffic.ports.map(at.isOn));
}
