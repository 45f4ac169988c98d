import { into } from '../../model/into';
import type { Direction, Layer, Rule } from '../../model/layer';
import { bySubject, isolatedClasses, onOwnNode, type Profile, subjectsByClass } from './admissions';
import type { ClassSets, SetId } from './class-sets';
import { DecidedAddresses, decidedEntities } from './decided-addresses';
import { DecidedClasses } from './decided-classes';
import { Decisions } from './decisions';
import type { Match } from './match';
import { type Matches, matchesOf } from './matches';
import { peerGroups } from './peer-groups';
import type { PodClass } from './pod-classes';
import type { PlacedRule } from './stages';
import { NO_NAMES, type VerdictId, type Verdicts } from './verdicts';

/**
 * The profile of each class under layers in order. For each subject that rules tell apart, its rules are taken one after
 * another, and each only changes what is decided about those whom it matches.
 */
export function decidedProfiles(
  layers: readonly Layer[],
  direction: Direction,
  classes: readonly PodClass[],
  sets: ClassSets,
  verdicts: Verdicts,
): readonly Profile[] {
  const rules = rulesBySubject(layers, direction, sets, verdicts);
  const subjectsOf = subjectsByClass([...rules.keys()], classes.length, sets);
  const denying = layers.map(({ otherwise, isolations }) =>
    isolatedClasses(
      otherwise === 'deny' ? isolations.filter((isolation) => isolation.direction === direction) : [],
      classes.length,
      sets,
    ),
  );
  const naming = new Set([...rules].filter(([, of]) => of.some((rule) => hasNames(rule, verdicts))).map(([it]) => it));
  const profileOf = profileMaker(rules, classes, sets, verdicts);
  const byKey = new Map<string, Profile>();
  return classes.map((podClass, id) => {
    const subjects = subjectsOf[id];
    const denies = denying.map((isolated) => isolated(id));
    const own = direction === 'ingress' && subjects.some((subject) => naming.has(subject)) ? podClass : undefined;
    const key = `${subjects.join()}/${denies.join()}/${own?.portsKey ?? ''}`;
    const profile = byKey.get(key) ?? profileOf(byKey.size, subjects, denies, own);
    byKey.set(key, profile);
    return profile;
  });
}

function rulesBySubject(
  layers: readonly Layer[],
  direction: Direction,
  sets: ClassSets,
  verdicts: Verdicts,
): ReadonlyMap<SetId, readonly PlacedRule[]> {
  const found = new Map<SetId, PlacedRule[]>();
  // What is outside has no names for its ports, so that a rule by name lets nothing out to it.
  const outside = (verdict: VerdictId) => (direction === 'egress' ? verdicts.resolve(verdict, NO_NAMES) : verdict);
  let position = 0;
  layers.forEach((each, layer) => {
    for (const rule of inOrder(each)) {
      if (rule.direction !== direction) continue;
      position++;
      for (const { subject, rule: own } of bySubject(rule, sets)) {
        const matches = changed(matchesOf(own, sets, verdicts), outside);
        const placed = { layer, position, action: rule.action, matches };
        into(found, subject, placed);
      }
    }
  });
  return found;
}

const UNION: readonly Rule['action'][] = ['deny', 'allow', 'pass'];

/** In a union the action decides which rule is first, and a rule that passes on only where no other decides. */
export function inOrder({ order, rules }: Layer): readonly Rule[] {
  if (order === 'ranked' || rules.every(({ action }) => action === rules[0].action)) return rules;
  return UNION.flatMap((action) => rules.filter((rule) => rule.action === action));
}

function profileMaker(
  rules: ReadonlyMap<SetId, readonly PlacedRule[]>,
  classes: readonly PodClass[],
  sets: ClassSets,
  verdicts: Verdicts,
) {
  const decisions = new Decisions(verdicts);
  const addresses = new DecidedAddresses(decisions);
  const decided = new DecidedClasses(
    classes,
    peerGroups(classes, sharedSets(rules, sets), sets),
    sets,
    verdicts,
    decisions,
  );
  /** `own`: the pod whose names of ports the rules mean, where they have any that are not the other end's. */
  return (id: number, subjects: readonly SetId[], denies: readonly Match[], own: PodClass | undefined): Profile => {
    const resolved = (verdict: VerdictId) => (own === undefined ? verdict : verdicts.resolve(verdict, own));
    const about = subjects
      .flatMap((subject) => rules.get(subject) ?? [])
      .sort((a, b) => a.position - b.position)
      .map((rule) => (own === undefined ? rule : { ...rule, matches: changed(rule.matches, resolved, resolved) }));
    const stages = denies.map((each, layer) => ({
      rules: about.filter((rule) => rule.layer === layer),
      denies: each,
    }));
    return {
      id,
      admissions: [...decided.admissions(stages), ...onOwnNode(sets, verdicts)],
      addresses: addresses.admissions(stages),
      entities: decidedEntities(stages, decisions),
    };
  };
}

/** Those with many classes in them, and those that rules about many have as their peers. */
function sharedSets(rules: ReadonlyMap<SetId, readonly PlacedRule[]>, sets: ClassSets): ReadonlySet<SetId> {
  return new Set(
    [...rules].flatMap(([subject, of]) =>
      of.flatMap(({ matches }) =>
        matches.classes.map(({ set }) => set).filter((set) => sets.isWide(set) || sets.isWide(subject)),
      ),
    ),
  );
}

function changed(
  { classes, addresses, entities }: Matches,
  outside: (verdict: VerdictId) => VerdictId,
  inside: (verdict: VerdictId) => VerdictId = (verdict) => verdict,
): Matches {
  return {
    classes: classes.map(({ set, verdict }) => ({ set, verdict: inside(verdict) })),
    addresses: addresses.map((it) => ({ ...it, verdict: outside(it.verdict) })),
    entities: {
      'api-server': outside(entities['api-server']),
      nodes: outside(entities.nodes),
      ingress: outside(entities.ingress),
    },
  };
}

function hasNames({ matches: { classes, addresses } }: PlacedRule, verdicts: Verdicts): boolean {
  return [...classes, ...addresses].some(({ verdict }) => verdicts.hasNames(verdict));
}
