import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, Isolation, Plane, Rule, RulePeer } from '../../model/layer';
import { type ClassSets, EVERY_CLASS, type SetId } from './class-sets';
import type { PodClass } from './pod-classes';
import { soleLayer } from './sole-layer';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/** Connections with the classes of a set are admitted with this verdict. */
export interface Admission {
  readonly set: SetId;
  readonly verdict: VerdictId;
}

/** Connections with these addresses outside are admitted with this verdict. */
export interface AddressAdmission {
  readonly addresses: IpSet;
  readonly verdict: VerdictId;
}

/** What policy admits at one end of its connections: the union of these. */
export interface Profile {
  /** Equal for ends of which the same is admitted. */
  readonly id: number;
  readonly isIsolated: boolean;
  readonly admissions: readonly Admission[];
  readonly addresses: readonly AddressAdmission[];
}

/** The profile of each class. For ingress its names of ports are resolved; for egress the other end resolves them. */
export function profiles(
  plane: Plane,
  direction: Direction,
  classes: readonly PodClass[],
  sets: ClassSets,
  verdicts: Verdicts,
): readonly Profile[] {
  const { rules, isolations } = soleLayer(plane);
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
  const subjectsOf: SetId[][] = classes.map(() => []);
  for (const subject of [...bundles.keys()].sort((a, b) => a - b)) {
    for (const id of sets.members(subject)) subjectsOf[id].push(subject);
  }
  const profileOf = profileMaker(direction, bundles, verdicts);
  return classes.map((podClass, id) => profileOf(podClass, subjectsOf[id], isolated[id] === 1));
}

/** What the rules about one set of pods admit together, however many policies say it. */
interface Bundle {
  readonly bySet: Map<SetId, VerdictId>;
  readonly byAddresses: Map<IpSet, VerdictId>;
}

function bundlesBySubject(rules: readonly Rule[], sets: ClassSets, verdicts: Verdicts): Map<SetId, Bundle> {
  const bundles = new Map<SetId, Bundle>();
  for (const rule of rules) {
    const subject = sets.ofPods(rule.subject);
    const bundle = bundles.get(subject) ?? { bySet: new Map(), byAddresses: new Map() };
    bundles.set(subject, bundle);
    addRule(bundle, rule, sets, verdicts);
  }
  return bundles;
}

function addRule({ bySet, byAddresses }: Bundle, { peers, ports }: Rule, sets: ClassSets, verdicts: Verdicts): void {
  const certain = verdicts.certainly(ports);
  for (const peer of peers) {
    if (peer.kind === 'pods') {
      add(bySet, sets.ofPods(peer.pods), certain, verdicts);
    } else if (peer.kind === 'anything') {
      add(bySet, EVERY_CLASS, certain, verdicts);
      add(byAddresses, ips.all, certain, verdicts);
    }
  }
  const addresses = addressesOf(peers);
  if (addresses === undefined) return;
  add(byAddresses, addresses, certain, verdicts);
  const { surely, perhaps } = sets.ofAddresses(addresses);
  for (const set of surely) add(bySet, set, certain, verdicts);
  for (const set of perhaps) add(bySet, set, verdicts.perhaps(ports), verdicts);
}

/**
 * The addresses of all blocks of a rule in one set: what one of them has and what another has may be all that a pod can
 * have, as 0.0.0.0/0 and ::/0. Undefined where the rule has none.
 */
export function addressesOf(peers: readonly RulePeer[]): IpSet | undefined {
  const sets = peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : []));
  return sets.length <= 1 ? sets[0] : ips.union(...sets);
}

function isolatedClasses(isolations: readonly Isolation[], count: number, sets: ClassSets): Uint8Array {
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
    const { bySet, byAddresses } = isIsolated
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
      isIsolated,
      admissions: [...bySet].map(([set, verdict]) => ({ set, verdict: own(verdict) })).filter(hasVerdict),
      addresses: [...byAddresses]
        .map(([addresses, verdict]) => ({ addresses, verdict: outside(verdict) }))
        .filter(hasVerdict),
    };
    byKey.set(key, profile);
    return profile;
  };
}

/** No class has it: their keys count from 0. */
const NO_PORTS_KEY = 2 ** 26 - 1;

function hasVerdict({ verdict }: { readonly verdict: VerdictId }): boolean {
  return verdict !== NOTHING;
}

function hasNames({ bySet, byAddresses }: Bundle, verdicts: Verdicts): boolean {
  return [...bySet.values(), ...byAddresses.values()].some((verdict) => verdicts.hasNames(verdict));
}

function open({ everything }: Verdicts): Bundle {
  return { bySet: new Map([[EVERY_CLASS, everything]]), byAddresses: new Map([[ips.all, everything]]) };
}

function merged(bundles: readonly Bundle[], verdicts: Verdicts): Bundle {
  if (bundles.length === 1) return bundles[0];
  const all: Bundle = { bySet: new Map(), byAddresses: new Map() };
  for (const { bySet, byAddresses } of bundles) {
    for (const [set, verdict] of bySet) add(all.bySet, set, verdict, verdicts);
    for (const [addresses, verdict] of byAddresses) add(all.byAddresses, addresses, verdict, verdicts);
  }
  return all;
}

function add<K>(map: Map<K, VerdictId>, key: K, verdict: VerdictId, verdicts: Verdicts): void {
  map.set(key, verdicts.union(map.get(key) ?? NOTHING, verdict));
}
