import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, Entity, Isolation, Layer, Rule } from '../../model/layer';
import { type ClassSets, EVERY_CLASS, type SetId } from './class-sets';
import { ENTITIES, matchesOf, type WithAddresses, type WithClasses, type WithEntities } from './matches';
import type { PodClass } from './pod-classes';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/** What policy admits at one end of its connections: the union of these. */
export interface Profile {
  /** Equal for ends of which the same is admitted. */
  readonly id: number;
  readonly admissions: readonly WithClasses[];
  readonly addresses: readonly WithAddresses[];
  readonly entities: WithEntities;
}

/**
 * The profile of each class under a layer that only allows. For ingress its names of ports are resolved; for egress the
 * other end resolves them.
 */
export function allowedProfiles(
  { rules, isolations }: Pick<Layer, 'rules' | 'isolations'>,
  direction: Direction,
  classes: readonly PodClass[],
  sets: ClassSets,
  verdicts: Verdicts,
): readonly Profile[] {
  const bundles = bundlesBySubject(
    rules.filter((rule) => rule.direction === direction),
    sets,
    verdicts,
  );
  const isolated = isolatedClasses(
    isolations.filter((isolation) => isolation.direction === direction),
    classes.length,
    sets,
  );
  const subjectsOf = subjectsByClass([...bundles.keys()], classes.length, sets);
  const profileOf = profileMaker(direction, bundles, verdicts);
  return classes.map((podClass, id) => profileOf(podClass, subjectsOf[id], isolated[id] === 1));
}

/** For each class those of the sets that it is in, rising. */
export function subjectsByClass(subjects: readonly SetId[], count: number, sets: ClassSets): readonly SetId[][] {
  const subjectsOf: SetId[][] = Array.from({ length: count }, () => []);
  for (const subject of [...subjects].sort((a, b) => a - b)) {
    for (const id of sets.members(subject)) subjectsOf[id].push(subject);
  }
  return subjectsOf;
}

/** What the rules about one set of pods admit together, however many policies say it. */
interface Bundle {
  readonly bySet: Map<SetId, VerdictId>;
  readonly byAddresses: Map<IpSet, VerdictId>;
  readonly byEntity: Map<Entity, VerdictId>;
}

function bundlesBySubject(rules: readonly Rule[], sets: ClassSets, verdicts: Verdicts): Map<SetId, Bundle> {
  const bundles = new Map<SetId, Bundle>();
  for (const rule of rules) {
    const subject = sets.ofPods(rule.subject);
    const bundle = bundles.get(subject) ?? noBundle();
    bundles.set(subject, bundle);
    addRule(bundle, rule, sets, verdicts);
  }
  return bundles;
}

function noBundle(): Bundle {
  return { bySet: new Map(), byAddresses: new Map(), byEntity: new Map() };
}

function addRule({ bySet, byAddresses, byEntity }: Bundle, rule: Rule, sets: ClassSets, verdicts: Verdicts): void {
  const { classes, addresses, entities } = matchesOf(rule, sets, verdicts);
  for (const { set, verdict } of classes) add(bySet, set, verdict, verdicts);
  for (const { addresses: set, verdict } of addresses) add(byAddresses, set, verdict, verdicts);
  for (const entity of ENTITIES) add(byEntity, entity, entities[entity], verdicts);
}

export function isolatedClasses(isolations: readonly Isolation[], count: number, sets: ClassSets): Uint8Array {
  const isolated = new Uint8Array(count);
  const subjects = new Set(isolations.map(({ subject }) => sets.ofPods(subject)));
  for (const subject of subjects) for (const id of sets.members(subject)) isolated[id] = 1;
  return isolated;
}

/** One profile for all classes that the same bundles are about. */
function profileMaker(direction: Direction, bundles: ReadonlyMap<SetId, Bundle>, verdicts: Verdicts) {
  const byKey = new Map<string, Profile>();
  const naming = new Map([...bundles].map(([subject, bundle]) => [subject, hasNames(bundle, verdicts)]));
  return (podClass: PodClass, subjects: readonly SetId[], isIsolated: boolean): Profile => {
    const resolves = isIsolated && direction === 'ingress' && subjects.some((subject) => naming.get(subject));
    const key = isIsolated ? `${subjects.join()}/${resolves ? podClass.portsKey : ''}` : 'open';
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const { bySet, byAddresses, byEntity } = isIsolated
      ? merged(
          subjects.flatMap((it) => bundles.get(it) ?? []),
          verdicts,
        )
      : open(verdicts);
    // An address has no names for its ports, so that a rule by name lets nothing out to it.
    const own = (verdict: VerdictId) =>
      resolves ? verdicts.resolve(verdict, podClass.portsKey, podClass.ports) : verdict;
    const outside = (verdict: VerdictId) =>
      direction === 'ingress' ? own(verdict) : verdicts.resolve(verdict, NO_PORTS_KEY, []);
    const profile: Profile = {
      id: byKey.size,
      admissions: [...bySet].map(([set, verdict]) => ({ set, verdict: own(verdict) })).filter(hasVerdict),
      addresses: [...byAddresses]
        .map(([addresses, verdict]) => ({ addresses, verdict: outside(verdict) }))
        .filter(hasVerdict),
      entities: {
        'api-server': outside(byEntity.get('api-server') ?? NOTHING),
        nodes: outside(byEntity.get('nodes') ?? NOTHING),
      },
    };
    byKey.set(key, profile);
    return profile;
  };
}

/** No class has it: their keys count from 0. */
export const NO_PORTS_KEY = 2 ** 26 - 1;

export function hasVerdict({ verdict }: { readonly verdict: VerdictId }): boolean {
  return verdict !== NOTHING;
}

function hasNames({ bySet, byAddresses }: Bundle, verdicts: Verdicts): boolean {
  return [...bySet.values(), ...byAddresses.values()].some((verdict) => verdicts.hasNames(verdict));
}

function open({ everything }: Verdicts): Bundle {
  return {
    bySet: new Map([[EVERY_CLASS, everything]]),
    byAddresses: new Map([[ips.all, everything]]),
    byEntity: new Map(ENTITIES.map((entity) => [entity, everything])),
  };
}

function merged(bundles: readonly Bundle[], verdicts: Verdicts): Bundle {
  if (bundles.length === 1) return bundles[0];
  const all = noBundle();
  for (const { bySet, byAddresses, byEntity } of bundles) {
    for (const [set, verdict] of bySet) add(all.bySet, set, verdict, verdicts);
    for (const [addresses, verdict] of byAddresses) add(all.byAddresses, addresses, verdict, verdicts);
    for (const [entity, verdict] of byEntity) add(all.byEntity, entity, verdict, verdicts);
  }
  return all;
}

function add<K>(map: Map<K, VerdictId>, key: K, verdict: VerdictId, verdicts: Verdicts): void {
  map.set(key, verdicts.union(map.get(key) ?? NOTHING, verdict));
}
