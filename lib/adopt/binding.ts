import { podsSeen } from '../checks/pods-seen';
import type { Seen } from '../checks/seen';
import { into } from '../model/into';
import type { Direction, Isolation, Rule } from '../model/layer';
import { remembered } from '../model/remembered';
import type { PlannedTier } from './plan';
import { keyOf } from './plan';
import { tierByWorkload } from './todays-tiers';

/** What policies say of tiers today. Tiers that the same rules are about have the same list, so that what follows from it is worked out once. */
export interface Binding {
  /** Rules that certainly let something through at a tier. */
  readonly allows: (tier: PlannedTier, direction: Direction) => readonly Rule[];
  /** Whether a rule denies something at a tier, or hands it on to what decides later. */
  readonly denies: (tier: PlannedTier, direction: Direction) => boolean;
  /** Policies that isolate some pods of a tier. */
  readonly isolates: (tier: PlannedTier, direction: Direction) => readonly Isolation[];
}

export function binding(seen: Seen, tiers: readonly PlannedTier[]): Binding {
  const tierOf = tierByWorkload(tiers);
  const { layers } = seen.plane.plane;
  const all = layers.flatMap(({ rules: own }) => own);
  const rules = all.filter(({ action, isUncertain }) => action === 'allow' && isUncertain !== true);
  const isolations = layers.flatMap(({ isolations: own }) => own).filter(({ isUncertain }) => isUncertain !== true);
  const allows = byTier(seen, rules, tierOf);
  const isolates = byTier(seen, isolations, tierOf);
  const others = byTier(
    seen,
    all.filter(({ action }) => action !== 'allow'),
    tierOf,
  );
  const boundTo = remembered((tier: PlannedTier): Readonly<Record<Direction, BoundTo>> => {
    const at = (direction: Direction) => {
      const key = `${direction} ${keyOf(tier)}`;
      return { allows: allows.get(key) ?? [], denies: others.has(key), isolates: isolates.get(key) ?? [] };
    };
    return { ingress: at('ingress'), egress: at('egress') };
  });
  return {
    allows: (tier, direction) => boundTo(tier)[direction].allows,
    denies: (tier, direction) => boundTo(tier)[direction].denies,
    isolates: (tier, direction) => boundTo(tier)[direction].isolates,
  };
}

interface BoundTo {
  readonly allows: readonly Rule[];
  readonly denies: boolean;
  readonly isolates: readonly Isolation[];
}

function byTier<T extends Rule | Isolation>(
  seen: Seen,
  all: readonly T[],
  tierOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly T[]> {
  const pods = podsSeen(seen);
  const found = new Map<string, T[]>();
  for (const each of all) {
    const tiers = new Set(pods.workloads(each.subject).map(({ id }) => tierOf.get(id)));
    for (const tier of tiers) {
      if (tier === undefined) continue;
      const key = `${each.direction} ${tier}`;
      into(found, key, each);
    }
  }
  return withSharedLists(found, all);
}

/** Equal lists as one object. */
function withSharedLists<T>(
  found: ReadonlyMap<string, readonly T[]>,
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const positions = new Map(all.map((each, position) => [each, position]));
  const lists = new Map<string, readonly T[]>();
  return new Map(
    [...found].map(([key, list]) => {
      const text = list.map((each) => positions.get(each)).join();
      const shared = lists.get(text) ?? list;
      lists.set(text, shared);
      return [key, shared];
    }),
  );
}
