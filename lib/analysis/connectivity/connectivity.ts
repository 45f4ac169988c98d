import type { IpInterval, IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { type Direction, ENTITIES, type Entity, type Plane } from '../../model/layer';
import type { Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { ZeroTrustError } from '../../model/problem';
import { remembered } from '../../model/remembered';
import type { Workload, World } from '../../model/world';
import type { Profile } from './admissions';
import { ClassSets } from './class-sets';
import { type ClassesUnder, classesUnder } from './classes-under';
import { entitiesUnder, isEntity } from './matches';
import { type Outside, outside, verdictAt } from './outside';
import { Pairs } from './pairs';
import { profiles } from './profiles';
import { NOTHING, type Verdict, type VerdictId, Verdicts } from './verdicts';

/** One end of a connection: the id of a workload, an address outside, or an entity. */
export type End = string;

/** What passes from one workload to another. */
export interface PairVerdict extends Verdict {
  readonly from: Workload;
  readonly to: Workload;
}

/** What passes between a workload and addresses outside, in its own direction. */
export interface AddressVerdict extends Verdict {
  readonly workload: Workload;
  readonly direction: Direction;
  /** All addresses of this verdict. */
  readonly addresses: IpSet;
}

/** What passes between a workload and an entity, in the workload's own direction. */
export interface EntityVerdict extends Verdict {
  readonly workload: Workload;
  readonly direction: Direction;
  readonly entity: Entity;
}

/** Whether one connection surely passes, and whether it may; equal where everything is known. */
export interface Allowed {
  readonly must: boolean;
  readonly may: boolean;
}

export interface ConnectivityOptions {
  /** Every address that a pod can have, for pods whose own is not known. @default all addresses */
  readonly podAddresses?: IpSet;
  /** Sets of more classes of pods than this are reckoned with in groups; a matter of speed alone. @default 64 */
  readonly mostOfNarrow?: number;
}

/** How much passes: the figures of a whole world, without listing it. */
export interface Counts {
  /** Ordered pairs of different workloads between which something surely passes. */
  readonly must: number;
  /** Ordered pairs between which something may pass. */
  readonly may: number;
}

/** Who reaches whom in a world under a plane; made once, asked often. */
export interface Connectivity {
  /** Whether a connection to this port passes; to an address, to this port there. @throws ZeroTrustError for an end that is neither a workload nor an address. */
  allowed(from: End, to: End, protocol: Protocol, port: number): Allowed;
  /** What passes between two ends; between workloads of one id, from one of its pods to another. */
  between(from: End, to: End): Verdict;
  /** What passes between a workload and these addresses outside, a verdict at a time; all of them are in one of the answers. */
  withAddresses(workload: End, direction: Direction, addresses: IpSet): AddressVerdict[];
  /** Every pair of different workloads between which something may pass, sorted by id. */
  pairs(): Generator<PairVerdict>;
  /** For every workload and direction the addresses with which something may pass, a verdict at a time. */
  addresses(): Generator<AddressVerdict>;
  /** For every workload and direction the entities with which something may pass. */
  entities(): Generator<EntityVerdict>;
  counts(): Counts;
  /** The same a class at a time, for questions about all workloads at once. */
  readonly byClass: ByClass;
}

/** What passes between classes: workloads that no policy tells apart. Verdicts are numbers, equal for equal verdicts. */
export interface ByClass {
  /** How many classes there are: they have the numbers below it. */
  readonly count: number;
  /** The workloads of a class. */
  members(of: number): readonly Workload[];
  /** The class of each workload of the world, by position. */
  readonly ofWorkload: ArrayLike<number>;
  /** What passes from a workload of one class to another one of the other, or to another of its own. */
  between(from: number, to: number): VerdictId;
  /** Puts what passes from a class at the place of each class that something may pass to; the rest stays as it is. */
  fill(source: number, row: Int32Array): void;
  /** What may pass with addresses, a verdict at a time; one object for classes of which the same is admitted. */
  addresses(direction: Direction, of: number): ReadonlyMap<VerdictId, IpSet>;
  entity(direction: Direction, of: number, entity: Entity): VerdictId;
  /** The entities that there are, for who lists them. */
  readonly entities: readonly Entity[];
  verdict(id: VerdictId): Verdict;
}

/**
 * Works out who reaches whom: every pair of workloads and every range of addresses, both ends.
 *
 * Workloads that policy cannot tell apart are one class, each selector is asked once about each, and what rules about
 * the same pods admit is put together before any pair is looked at; the result is kept in factors, and listed on demand.
 * A pod always reaches itself, which is left out, and its node always reaches it. Workloads on the host network are
 * their nodes to policy. A name leads to addresses that are not known, so that a rule about names lets traffic through
 * to every address perhaps, and to none surely; a rule about requests does so on its ports.
 */
export function connectivity(world: World, plane: Plane, options: ConnectivityOptions = {}): Connectivity {
  return connectivityAmong(classesUnder(plane, world, plane.ipBlockMode !== 'external-only'), world, plane, options);
}

/** The same of workloads that somebody has put in classes. */
export function connectivityAmong(
  { classes, ofWorkload, selected }: ClassesUnder,
  world: World,
  plane: Plane,
  { podAddresses = ips.all, mostOfNarrow }: ConnectivityOptions,
): Connectivity {
  const verdicts = new Verdicts();
  const here = entitiesUnder(plane);
  const sets = new ClassSets(classes, plane.ipBlockMode, podAddresses, mostOfNarrow, selected);
  const egress = profiles(plane, 'egress', classes, sets, verdicts);
  const ingress = profiles(plane, 'ingress', classes, sets, verdicts);
  const pairs = new Pairs(classes, egress, ingress, sets, verdicts);
  const outsideOf = remembered((profile: Profile) => outside(profile.addresses, verdicts));
  const groupedOf = remembered(byVerdict);
  const positions = new Map(world.workloads.map(({ id }, position) => [id, position]));
  const verdictOf = (from: End, to: End) => verdictBetween(endOf(from, positions), endOf(to, positions));

  function verdictBetween(from: WorkloadPosition | OutsideEnd, to: WorkloadPosition | OutsideEnd): VerdictId {
    if (typeof from === 'number' && typeof to === 'number') return pairs.between(ofWorkload[from], ofWorkload[to]);
    if (typeof from === 'number') return verdictWith(egress[ofWorkload[from]], to as OutsideEnd);
    if (typeof to === 'number') return verdictWith(ingress[ofWorkload[to]], from);
    return verdicts.everything;
  }

  function verdictWith(profile: Profile, end: OutsideEnd): VerdictId {
    return typeof end === 'string' ? profile.entities[end] : verdictOfAddress(outsideOf(profile), end);
  }

  const sides = [
    ['egress', egress],
    ['ingress', ingress],
  ] as const;

  return {
    allowed: (from, to, protocol, port) => {
      const { must, may } = verdicts.verdict(verdictOf(from, to));
      return { must: ports.hasNumber(must, protocol, port), may: ports.hasNumber(may, protocol, port) };
    },
    between: (from, to) => verdicts.verdict(verdictOf(from, to)),
    withAddresses(id, direction, wanted) {
      const position = positions.get(id);
      if (position === undefined) throw unknownWorkload(id);
      const profile = (direction === 'egress' ? egress : ingress)[ofWorkload[position]];
      const found = [...byVerdict(outsideOf(profile))];
      const others = ips.difference(wanted, ips.unionOf(found.map(([, addresses]) => addresses)));
      return [...found, [NOTHING, others] as const]
        .map(([verdict, addresses]) => ({ verdict, addresses: ips.intersection(addresses, wanted) }))
        .filter(({ addresses }) => !ips.isEmpty(addresses))
        .map(({ verdict, addresses }) => ({
          workload: world.workloads[position],
          direction,
          addresses,
          ...verdicts.verdict(verdict),
        }));
    },
    *pairs() {
      for (const [position, from] of world.workloads.entries()) {
        const reached = pairs
          .from(ofWorkload[position])
          .flatMap(([to, verdict]) => classes[to].workloads.map((other) => ({ other, verdict })))
          .sort((a, b) => a.other - b.other);
        for (const { other, verdict } of reached) {
          if (other !== position) yield { from, to: world.workloads[other], ...verdicts.verdict(verdict) };
        }
      }
    },
    *addresses() {
      for (const [position, workload] of world.workloads.entries()) {
        for (const [direction, profileOf] of sides) {
          for (const [verdict, addresses] of byVerdict(outsideOf(profileOf[ofWorkload[position]]))) {
            yield { workload, direction, addresses, ...verdicts.verdict(verdict) };
          }
        }
      }
    },
    *entities() {
      for (const [position, workload] of world.workloads.entries()) {
        for (const [direction, profileOf] of sides) {
          for (const entity of here) {
            const verdict = profileOf[ofWorkload[position]].entities[entity];
            if (verdict !== NOTHING) yield { workload, direction, entity, ...verdicts.verdict(verdict) };
          }
        }
      }
    },
    counts: () => ({ must: pairs.count((verdict) => verdicts.isCertain(verdict)), may: pairs.count(() => true) }),
    byClass: {
      entities: here,
      members: (of) => classes[of].workloads.map((position) => world.workloads[position]),
      count: classes.length,
      ofWorkload,
      between: (from, to) => pairs.between(from, to),
      fill: (source, row) => pairs.fill(source, row),
      addresses: (direction, of) => groupedOf(outsideOf((direction === 'egress' ? egress : ingress)[of])),
      entity: (direction, of, entity) => (direction === 'egress' ? egress : ingress)[of].entities[entity],
      verdict: (id) => verdicts.verdict(id),
    },
  };
}

type WorkloadPosition = number;
type OutsideEnd = IpSet | Entity;

function endOf(end: End, positions: ReadonlyMap<string, WorkloadPosition>): WorkloadPosition | OutsideEnd {
  const position = positions.get(end);
  if (position !== undefined) return position;
  if (isEntity(end)) return end;
  if (!end.includes('/')) return ips.fromAddress(end);
  throw unknownWorkload(end);
}

export function unknownWorkload(end: End): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'unknown-workload',
    what: `There is no workload '${end}' in these manifests`,
    value: end,
    allowed: `the id of a workload, 'namespace/Kind/name', one address, ${ENTITIES.map((it) => `'${it}'`).join(', ')}`,
    fix: 'Check the namespace and the name, or read the manifests that it is in.',
  });
}

function verdictOfAddress({ v4, v6 }: Outside, address: IpSet): VerdictId {
  return address.v4.length > 0 ? verdictAt(v4, address.v4[0].first) : verdictAt(v6, address.v6[0].first);
}

/** All addresses of each verdict, in the order of their first. */
function byVerdict({ v4, v6 }: Outside): Map<VerdictId, IpSet> {
  const found = new Map<VerdictId, { readonly v4: IpInterval[]; readonly v6: IpInterval[] }>();
  for (const [family, ranges] of [
    ['v4', v4],
    ['v6', v6],
  ] as const) {
    for (const { first, last, verdict } of ranges) {
      const set = found.get(verdict) ?? { v4: [], v6: [] };
      set[family].push({ first, last });
      found.set(verdict, set);
    }
  }
  return found;
}
