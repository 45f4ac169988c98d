import type { Profile } from './admissions';
import { type ClassSets, EVERY_CLASS, type SetId } from './class-sets';
import type { WithClasses } from './matches';
import type { PodClass } from './pod-classes';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/** Classes that are alike as far as wide sets go, at one end of their connections. */
export interface Group {
  /** What is admitted to or from wide sets. */
  readonly admissions: readonly WithClasses[];
  /** Equal for groups of equal admissions. */
  readonly admissionsId: number;
  /** The wide sets of the other end's admissions that its classes are in. */
  readonly memberOf: ReadonlySet<SetId>;
  /** Equal for groups that are in the same of these sets and, where it matters, have the same names of ports. */
  readonly memberId: number;
  /** A class of the group: for egress they have the same names of ports. */
  readonly example: PodClass;
  readonly classes: readonly number[];
}

export interface Groups {
  readonly groups: readonly Group[];
  /** The group of each class. */
  readonly ofClass: Int32Array;
}

/** `own`: the profiles of the classes at this end. `other`: the profiles at the other end, whose sets they may be in. */
export function groupsOf(
  classes: readonly PodClass[],
  own: readonly Profile[],
  other: readonly Profile[],
  sets: ClassSets,
  byPorts: boolean,
): Groups {
  const wideOf = new Map([...new Set(own)].map((profile) => [profile, wideAdmissions(profile, sets)]));
  const memberOf = membership(classes.length, wideSetsOf(other, sets), sets);
  const byKey = new Map<string, number>();
  const admissionsIds = new Map<string, number>();
  const memberIds = new Map<string, number>();
  const groups: (Group & { readonly classes: number[] })[] = [];
  const ofClass = Int32Array.from(classes, (podClass, id) => {
    const { admissions, text } = wideOf.get(own[id]) ?? NO_ADMISSIONS;
    const membership = `${memberOf[id].join()}/${byPorts ? podClass.portsKey : ''}`;
    const key = `${text}/${membership}`;
    let group = byKey.get(key);
    if (group === undefined) {
      group =
        groups.push({
          admissions,
          admissionsId: numberOf(text, admissionsIds),
          memberOf: new Set([EVERY_CLASS, ...memberOf[id]]),
          memberId: numberOf(membership, memberIds),
          example: podClass,
          classes: [],
        }) - 1;
      byKey.set(key, group);
    }
    groups[group].classes.push(id);
    return group;
  });
  return { groups, ofClass };
}

function numberOf(text: string, known: Map<string, number>): number {
  const number = known.get(text) ?? known.size;
  known.set(text, number);
  return number;
}

const NO_ADMISSIONS: { readonly admissions: readonly WithClasses[]; readonly text: string } = {
  admissions: [],
  text: '',
};

function wideAdmissions(profile: Profile, sets: ClassSets) {
  const admissions = profile.admissions.filter(({ set }) => sets.isWide(set));
  return { admissions, text: admissions.map(({ set, verdict }) => `${set}:${verdict}`).join() };
}

/** What the admissions of one group admit to the other. */
export function admittedBetween(own: Group, other: Group, verdicts: Verdicts): VerdictId {
  let union = NOTHING;
  for (const { set, verdict } of own.admissions) {
    if (other.memberOf.has(set)) {
      union = verdicts.union(union, verdicts.resolve(verdict, other.example));
    }
  }
  return union;
}

function wideSetsOf(profiles: readonly Profile[], sets: ClassSets): SetId[] {
  const all = new Set([...new Set(profiles)].flatMap(({ admissions }) => admissions.map(({ set }) => set)));
  return [...all].filter((set) => set !== EVERY_CLASS && sets.isWide(set)).sort((a, b) => a - b);
}

function membership(count: number, wide: readonly SetId[], sets: ClassSets): SetId[][] {
  const memberOf: SetId[][] = Array.from({ length: count }, () => []);
  for (const set of wide) for (const id of sets.members(set)) memberOf[id].push(set);
  return memberOf;
}
