import { podsSeen } from '../checks/pods-seen';
import type { Seen } from '../checks/seen';
import * as ips from '../model/ip-set';
import type { Rule, RulePeer } from '../model/layer';
import { remembered } from '../model/remembered';
import { keyOf, type PlannedTier } from './plan';
import { tierByWorkload } from './todays-tiers';

/** The tiers that the peers of a rule may stand for, by their keys; `all` where a rule does not tell. */
export type NamedTiers = (rule: Pick<Rule, 'peers'>) => ReadonlySet<string>;

/** Each peer is looked up once: many rules have the same. */
export function namedTiers(seen: Seen, tiers: readonly PlannedTier[]): NamedTiers {
  const tierOf = tierByWorkload(tiers);
  const all: ReadonlySet<string> = new Set(tiers.map(keyOf));
  const addressed = addressesOf(seen, tierOf);
  const ofPeer = remembered((peer: RulePeer): ReadonlySet<string> => {
    switch (peer.kind) {
      case 'pods':
        return new Set(
          podsSeen(seen)
            .workloads(peer.pods)
            .flatMap(({ id }) => tierOf.get(id) ?? []),
        );
      case 'anything':
        return all;
      case 'addresses':
        return new Set([...within(addressed.v4, peer.addresses.v4), ...within(addressed.v6, peer.addresses.v6)]);
      default:
        return NOBODY;
    }
  });
  return remembered(({ peers }: Pick<Rule, 'peers'>) =>
    peers.length === 1 ? ofPeer(peers[0]) : new Set(peers.flatMap((peer) => [...ofPeer(peer)])),
  );
}

interface Addressed {
  readonly address: bigint;
  readonly tier: string;
}

/** By address, in order. */
function addressesOf(
  { reading: { world } }: Seen,
  tierOf: ReadonlyMap<string, string>,
): Readonly<Record<'v4' | 'v6', readonly Addressed[]>> {
  const of = (family: 'v4' | 'v6') =>
    world.workloads
      .flatMap(({ id, addresses }) => {
        const tier = tierOf.get(id);
        if (tier === undefined) return [];
        return addresses.flatMap((text) =>
          ips.fromAddress(text)[family].map(({ first }) => ({ tier, address: first })),
        );
      })
      .sort((a, b) => (a.address < b.address ? -1 : 1));
  return { v4: of('v4'), v6: of('v6') };
}

function within(sorted: readonly Addressed[], intervals: readonly ips.IpInterval[]): readonly string[] {
  return intervals.flatMap(({ first, last }) => {
    const found: string[] = [];
    for (let at = firstFrom(sorted, first); at < sorted.length && sorted[at].address <= last; at += 1)
      found.push(sorted[at].tier);
    return found;
  });
}

/** The position of the first address from `least` on. */
function firstFrom(sorted: readonly Addressed[], least: bigint): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].address < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NOBODY: ReadonlySet<string> = new Set();
