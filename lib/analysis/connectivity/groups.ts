import type { Admission, Profile } from './admissions';
import { type ClassSets, EVERY_CLASS, type SetId } from './class-sets';
import type { PodClass } from './pod-classes';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/**
 * A set with more classes than this is wide. What wide sets admit is worked out once for each pair of groups; what the
 * others admit is written down for each pair of classes, so that the product of two wide sets never is.
 */
const MOST_OF_NARROW = 64;

/** Classes that are alike as far as wide sets go, at one end of their connections. */
export interface Group {
  /** What is admitted to or from wide sets. */
  readonly admissions: readonly Admission[];
  /** The wide sets of the other end's admissions that its classes are in. */
  readonly memberOf: ReadonlySet<SetId>;
  /** A class of the group: for egress they have the same names of ports. */
  readonly example: PodClass;
  readonly classes: readonly number[];
}

export interface Groups {
  readonly groups: readonly Group[];
  /** The group of each class. */
  readonly ofClass: Int32Array;
}

export function isWide(set: SetId, sets: ClassSets): boolean {
  return set === EVERY_CLASS || sets.members(set).length > MOST_OF_NARROW;
}

/** `own`: the profiles of the classes at this end. `other`: the profiles at the other end, whose sets they may be in. */
export function groupsOf(
  classes: readonly PodClass[],
  own: readonly Profile[],
  other: readonly Profile[],
  sets: ClassSets,
  byPorts: boolean,
): Groups {
  const wideOf = new Map<Profile, readonly Admission[]>();
  for (const profile of new Set(own))
    wideOf.set(
      profile,
      profile.admissions.filter(({ set }) => isWide(set, sets)),
    );
  const memberOf = membership(classes.length, wideSetsOf(other, sets), sets);
  const byKey = new Map<string, number>();
  const groups: (Group & { readonly classes: number[] })[] = [];
  const ofClass = Int32Array.from(classes, (podClass, id) => {
    const admissions = wideOf.get(own[id]) ?? [];
    const key = `${admissions.map(({ set, verdict }) => `${set}:${verdict}`).join()}/${memberOf[id].join()}/${byPorts ? podClass.portsKey : ''}`;
    let group = byKey.get(key);
    if (group === undefined) {
      const memberships = new Set([EVERY_CLASS, ...memberOf[id]]);
      group = groups.push({ admissions, memberOf: memberships, example: podClass, classes: [] }) - 1;
      byKey.set(key, group);
    }
    groups[group].classes.push(id);
    return group;
  });
  return { groups, ofClass };
}

/** What the admissions of one group admit to the other. */
export function admittedBetween(own: Group, other: Group, verdicts: Verdicts): VerdictId {
  let union = NOTHING;
  for (const { set, verdict } of own.admissions) {
    if (other.memberOf.has(set)) union = verdicts.union(union, resolvedBy(other.example, verdict, verdicts));
  }
  return union;
}

/** The verdict with the names of ports as this class has them; without names it stays. */
export function resolvedBy({ portsKey, ports }: PodClass, verdict: VerdictId, verdicts: Verdicts): VerdictId {
  return verdicts.hasNames(verdict) ? verdicts.resolve(verdict, portsKey, ports) : verdict;
}

function wideSetsOf(profiles: readonly Profile[], sets: ClassSets): SetId[] {
  const all = new Set([...new Set(profiles)].flatMap(({ admissions }) => admissions.map(({ set }) => set)));
  return [...all].filter((set) => set !== EVERY_CLASS && isWide(set, sets)).sort((a, b) => a - b);
}

function membership(count: number, wide: readonly SetId[], sets: ClassSets): SetId[][] {
  const memberOf: SetId[][] = Array.from({ length: count }, () => []);
  for (const set of wide) for (const id of sets.members(set)) memberOf[id].push(set);
  return memberOf;
}
