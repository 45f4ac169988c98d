import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { type Direction, ENTITIES, type Entity, type Isolation, type Layer, type Rule } from '../../model/layer';
import * as ports from '../../model/port-set';
import { type ClassSets, EVERY_CLASS, type SetId } from './class-sets';
import type { Match } from './match';
import { matchesOf, type WithAddresses, type WithClasses, type WithEntities } from './matches';
import type { PodClass } from './pod-classes';
import { NO_NAMES, NOTHING, type VerdictId, type Verdicts } from './verdicts';

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
  const profileOf = profileMaker(direction, bundles, sets, verdicts);
  return classes.map((podClass, id) => profileOf(podClass, subjectsOf[id], isolated(id)));
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
    for (const { subject, rule: own } of bySubject(rule, sets)) {
      const known = bundles.get(subject);
      const bundle = known ?? noBundle();
      if (known === undefined) bundles.set(subject, bundle);
      addRule(bundle, own, sets, verdicts);
    }
  }
  return bundles;
}

/** For pods that are perhaps its subject, a rule is perhaps there. */
export function bySubject(rule: Rule, sets: ClassSets): readonly { readonly subject: SetId; readonly rule: Rule }[] {
  const { surely, perhaps } = sets.ofPods(rule.subject);
  const certain = { subject: surely, rule };
  return perhaps === undefined ? [certain] : [certain, { subject: perhaps, rule: { ...rule, isUncertain: true } }];
}

function noBundle(): Bundle {
  return { bySet: new Map(), byAddresses: new Map(), byEntity: new Map() };
}

function addRule({ bySet, byAddresses, byEntity }: Bundle, rule: Rule, sets: ClassSets, verdicts: Verdicts): void {
  const { classes, addresses, entities } = matchesOf(rule, sets, verdicts);
  for (const { set, verdict } of classes) add(bySet, set, verdict, verdicts);
  for (const { addresses: set, verdict } of addresses) add(byAddresses, set, verdict, verdicts);
  for (const entity of ENTITIES) if (entities[entity] !== NOTHING) add(byEntity, entity, entities[entity], verdicts);
}

/** Whether each class is isolated by one of these. */
export function isolatedClasses(
  isolations: readonly Isolation[],
  count: number,
  sets: ClassSets,
): (id: number) => Match {
  const certain = new Set<SetId>();
  const possible = new Set<SetId>();
  for (const { subject, isUncertain } of isolations) {
    const { surely, perhaps } = sets.ofPods(subject);
    (isUncertain ? possible : certain).add(surely);
    if (perhaps !== undefined) possible.add(perhaps);
  }
  const isolated = new Uint8Array(count);
  for (const subject of possible) for (const id of sets.members(subject)) isolated[id] = 1;
  for (const subject of certain) for (const id of sets.members(subject)) isolated[id] = 2;
  return (id) => (isolated[id] === 0 ? 'no' : isolated[id] === 1 ? 'perhaps' : 'surely');
}

/** One profile for all classes that the same bundles are about. */
function profileMaker(direction: Direction, bundles: ReadonlyMap<SetId, Bundle>, sets: ClassSets, verdicts: Verdicts) {
  const byKey = new Map<string, Profile>();
  const naming = new Map([...bundles].map(([subject, bundle]) => [subject, hasNames(bundle, verdicts)]));
  return (podClass: PodClass, subjects: readonly SetId[], isolated: Match): Profile => {
    const isIsolated = isolated !== 'no';
    const resolves = isIsolated && direction === 'ingress' && subjects.some((subject) => naming.get(subject));
    const key = isIsolated ? `${isolated}/${subjects.join()}/${resolves ? podClass.portsKey : ''}` : 'open';
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const about = isIsolated ? subjects.flatMap((it) => bundles.get(it) ?? []) : [open(verdicts.everything)];
    if (isolated === 'perhaps') about.push(open(verdicts.perhaps(ports.everything)));
    const bySet = merged(about, (bundle) => bundle.bySet, verdicts);
    const byEntity = merged(about, (bundle) => bundle.byEntity, verdicts);
    // An address has no names for its ports, so that a rule by name lets nothing out to it.
    const own = (verdict: VerdictId) => (resolves ? verdicts.resolve(verdict, podClass) : verdict);
    const outside = (verdict: VerdictId) =>
      direction === 'ingress' ? own(verdict) : verdicts.resolve(verdict, NO_NAMES);
    // Who counts pairs asks for none.
    let addresses: readonly WithAddresses[] | undefined;
    const profile: Profile = {
      id: byKey.size,
      admissions: [
        ...[...bySet].map(([set, verdict]) => ({ set, verdict: own(verdict) })).filter(hasVerdict),
        ...(isIsolated ? onOwnNode(sets, verdicts) : []),
      ],
      get addresses() {
        addresses ??= [...merged(about, (bundle) => bundle.byAddresses, verdicts)]
          .map(([set, verdict]) => ({ addresses: set, verdict: outside(verdict) }))
          .filter(hasVerdict);
        return addresses;
      },
      entities: {
        'api-server': outside(byEntity.get('api-server') ?? NOTHING),
        nodes: outside(byEntity.get('nodes') ?? NOTHING),
        ingress: outside(byEntity.get('ingress') ?? NOTHING),
      },
    };
    byKey.set(key, profile);
    return profile;
  };
}

/**
 * A node always reaches the pods that it runs, and they it (Kubernetes, "Network Policies"), and which pods run on the same
 * node as one on the host network is not known. OpenShift also has it in a namespaceSelector without a podSelector.
 */
export function onOwnNode(sets: ClassSets, verdicts: Verdicts): readonly WithClasses[] {
  if (sets.members(sets.onNodes).length === 0) return [];
  return [{ set: sets.onNodes, verdict: verdicts.perhaps(ports.everything) }];
}

function hasVerdict({ verdict }: { readonly verdict: VerdictId }): boolean {
  return verdict !== NOTHING;
}

function hasNames({ bySet, byAddresses }: Bundle, verdicts: Verdicts): boolean {
  return [...bySet.values(), ...byAddresses.values()].some((verdict) => verdicts.hasNames(verdict));
}

function open(verdict: VerdictId): Bundle {
  return {
    bySet: new Map([[EVERY_CLASS, verdict]]),
    byAddresses: new Map([[ips.all, verdict]]),
    byEntity: new Map(ENTITIES.map((entity) => [entity, verdict])),
  };
}

/** One part of all bundles together. */
function merged<K>(
  bundles: readonly Bundle[],
  part: (bundle: Bundle) => ReadonlyMap<K, VerdictId>,
  verdicts: Verdicts,
): ReadonlyMap<K, VerdictId> {
  if (bundles.length === 1) return part(bundles[0]);
  const all = new Map<K, VerdictId>();
  for (const bundle of bundles) for (const [key, verdict] of part(bundle)) add(all, key, verdict, verdicts);
  return all;
}

function add<K>(map: Map<K, VerdictId>, key: K, verdict: VerdictId, verdicts: Verdicts): void {
  map.set(key, verdicts.union(map.get(key) ?? NOTHING, verdict));
}
