import type { App } from 'cdk8s';
import { isTooLargeToCopy } from '../deployment/rules/annotations-too-large';
import { ANNOTATIONS_LIMIT } from '../graph/flow-annotations';
import { into } from '../model/into';
import { keyOf, type Plan, type PlannedPeer } from './plan';
import { readableBy } from './rendered';

/**
 * Whether some policy of a plan is likely to be too large for `kubectl apply` on the client side: a policy has a line for
 * each flow of its tier, with its reason, and is written twice. To find it by declaring everything costs a round of it.
 */
export function looksLarge({ flows, tiers }: Plan): boolean {
  const sizes = new Map<string, number>();
  const membersOf = new Map<string, string[]>();
  for (const tier of tiers) into(membersOf, tier.namespace, keyOf(tier));
  for (const { tier, peer, because } of flows) {
    const line = because.length + OTHER_WORDS + lengthOf(peer);
    for (const key of [tier, ...tiersOf(peer, membersOf)]) sizes.set(key, (sizes.get(key) ?? 0) + line);
  }
  return [...sizes.values()].some((size) => 2 * size > ANNOTATIONS_LIMIT);
}

/** Bytes of a line beside its reason: ports, the other end, what is acknowledged. */
const OTHER_WORDS = 60;

/** Bytes of the other end that no short line has room for. */
function lengthOf(peer: PlannedPeer): number {
  return peer.kind === 'blocks' ? peer.blocks.reduce((sum, { cidr }) => sum + cidr.length + 2, 0) : 0;
}

function tiersOf(peer: PlannedPeer, membersOf: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (peer.kind === 'tier') return [peer.tier];
  return peer.kind === 'namespace' ? (membersOf.get(peer.name) ?? []) : [];
}

/** Whether some policy that was rendered is too large for that. */
export function isLarge(app: App): boolean {
  return readableBy(app).some(isTooLargeToCopy);
}
