import type { HostPattern } from '../../model/host-pattern';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Entity, Plane } from '../../model/layer';
import * as ports from '../../model/port-set';
import type { World } from '../../model/world';
import { type ByClass, connectivity, unknownWorkload } from '../connectivity/connectivity';
import { NOTHING, type Verdict } from '../connectivity/verdicts';
import { passingByName, standIns, withoutNames } from '../hosts-by-name';
import { type Arrival, START, spread } from './spread';

export interface ReachOptions {
  /** A path has at most so many connections. @default any number */
  readonly hops?: number;
  /** Every address that a pod can have. @default all addresses */
  readonly podAddresses?: IpSet;
}

/** One connection of a path, from a workload to another or out of the cluster. */
export interface Step {
  readonly from: string;
  readonly to: ReachEnd;
  readonly verdict: Verdict;
}

/** Where a path leads to. */
export type ReachEnd =
  | { readonly kind: 'workload'; readonly id: string }
  | { readonly kind: 'addresses'; readonly addresses: IpSet }
  | { readonly kind: 'entity'; readonly entity: Entity }
  | { readonly kind: 'host'; readonly host: HostPattern };

/** Workloads that are reached alike: no policy tells them apart. */
export interface Reached {
  /** Sorted by the order of the world. */
  readonly workloads: readonly string[];
  /** Every connection of the path surely passes. Where none such is, the path is one that perhaps passes. */
  readonly isSure: boolean;
  /** A shortest one, to the first of the workloads. */
  readonly path: readonly Step[];
}

/** A way out of the workloads that are reached: to addresses, an entity or a name. What is behind it is not followed. */
export interface Exit {
  readonly end: Exclude<ReachEnd, { kind: 'workload' }>;
  /** Those that it is open to, all of which are reached in the same way. */
  readonly workloads: readonly string[];
  readonly isSure: boolean;
  /** A shortest one, by the first of the workloads. */
  readonly path: readonly Step[];
}

/** Everything that is reached from some workloads, once each is taken over. */
export interface Reach {
  readonly from: readonly string[];
  /** Nearest first. */
  readonly reached: readonly Reached[];
  /** Nearest first. */
  readonly exits: readonly Exit[];
  /** All direct ways to a workload from what is reached, nearest first: the paths on which it is got to. */
  waysTo(workload: string): readonly Reached[];
}

/**
 * Who gets where, hop by hop, where every workload that is reached is taken to open whatever it may: how far an intruder
 * gets, and where data can leave. Worked out by classes of workloads that no policy tells apart.
 *
 * @throws ZeroTrustError for a workload that is not in the world.
 */
export function reach(
  world: World,
  plane: Plane,
  from: string | readonly string[],
  { hops = Number.POSITIVE_INFINITY, podAddresses }: ReachOptions = {},
): Reach {
  const starts = typeof from === 'string' ? [from] : [...from];
  const { byClass } = connectivity(world, withoutNames(plane), podAddresses && { podAddresses });
  const classOf = new Map(world.workloads.map(({ id }, position) => [id, byClass.ofWorkload[position]]));
  const startClasses = [...new Set(starts.map((id) => knownClass(id, classOf)))];
  const isSure = (id: number) => !ports.isEmpty(byClass.verdict(id).must);
  const arrivals = {
    surely: spread(byClass, startClasses, isSure, hops),
    perhaps: spread(byClass, startClasses, () => true, hops),
  };
  const paths = pathsOf(byClass, starts, classOf, arrivals);
  return {
    from: starts,
    reached: [...arrivals.perhaps.keys()].flatMap((of) => paths.reached(of)).sort(nearestFirst),
    exits: exitsOf(world, plane, byClass, paths, [...startClasses, ...arrivals.perhaps.keys()], hops),
    waysTo: (workload) => paths.waysTo(workload, knownClass(workload, classOf), hops),
  };
}

function knownClass(id: string, classOf: ReadonlyMap<string, number>): number {
  const known = classOf.get(id);
  if (known === undefined) throw unknownWorkload(id);
  return known;
}

interface Arrivals {
  readonly surely: ReadonlyMap<number, Arrival>;
  readonly perhaps: ReadonlyMap<number, Arrival>;
}

/** A place that a path has come to: the workloads there, and how. */
interface Place {
  readonly workloads: readonly string[];
  readonly isSure: boolean;
  readonly path: readonly Step[];
}

interface Paths {
  /** What is reached of a class; nothing where that is only where it starts. */
  reached(of: number): readonly Reached[];
  /** The same, and where it starts. */
  places(of: number): readonly Place[];
  waysTo(workload: string, of: number, hops: number): readonly Reached[];
}

function pathsOf(
  byClass: ByClass,
  starts: readonly string[],
  classOf: ReadonlyMap<string, number>,
  { surely, perhaps }: Arrivals,
): Paths {
  const isStart = new Set(starts);
  const startOf = new Map(starts.map((id) => [classOf.get(id), id] as const).reverse());
  const others = (of: number) =>
    byClass
      .members(of)
      .map(({ id }) => id)
      .filter((id) => !isStart.has(id));

  /** The workloads that a path to one of this class goes by, and the class of each. */
  function chainTo(of: number, arrivals: ReadonlyMap<number, Arrival>): readonly [string, number][] {
    const chain: [string, number][] = [];
    for (let at = of; at !== START; ) {
      const [first] = others(at);
      chain.unshift([first, at]);
      at = arrivals.get(at)?.before ?? START;
    }
    const [, second] = chain[0];
    const start = [...startOf].find(([own]) => own !== undefined && passes(own, second, arrivals === surely));
    return [[start?.[1] ?? starts[0], start?.[0] ?? second], ...chain];
  }

  function passes(from: number, to: number, isSure: boolean): boolean {
    const { must, may } = verdictBetween(from, to);
    return !ports.isEmpty(isSure ? must : may);
  }

  function verdictBetween(from: number, to: number): Verdict {
    return byClass.verdict(byClass.between(from, to));
  }

  function stepsOf(chain: readonly [string, number][]): readonly Step[] {
    return chain.slice(1).map(([id, of], i) => {
      const [from, ofFrom] = chain[i];
      return { from, to: { kind: 'workload', id }, verdict: verdictBetween(ofFrom, of) };
    });
  }

  function reached(of: number): readonly Reached[] {
    const workloads = others(of);
    if (workloads.length === 0 || !perhaps.has(of)) return [];
    const isSure = surely.has(of);
    return [{ workloads, isSure, path: stepsOf(chainTo(of, isSure ? surely : perhaps)) }];
  }

  function places(of: number): readonly Place[] {
    const own = starts.filter((id) => classOf.get(id) === of);
    return [...(own.length > 0 ? [{ workloads: own, isSure: true, path: [] }] : []), ...reached(of)];
  }

  return {
    reached,
    places,
    waysTo(workload, of, hops) {
      const all = new Set([...startOf.keys(), ...perhaps.keys()]);
      return [...all]
        .flatMap((source) => (source === undefined ? [] : places(source)))
        .flatMap((place): Reached[] => {
          const [via] = place.workloads.filter((id) => id !== workload);
          if (via === undefined || place.path.length >= hops) return [];
          if (place.path.some((step) => step.from === workload)) return [];
          const verdict = verdictBetween(classOf.get(via) ?? of, of);
          if (ports.isEmpty(verdict.may)) return [];
          const isSure = place.isSure && !ports.isEmpty(verdict.must);
          const last: Step = { from: via, to: { kind: 'workload', id: workload }, verdict };
          return [{ workloads: [workload], isSure, path: [...endingAt(via, place.path), last] }];
        })
        .sort(nearestFirst);
    },
  };
}

function exitsOf(
  world: World,
  plane: Plane,
  byClass: ByClass,
  paths: Paths,
  classes: readonly number[],
  hops: number,
): readonly Exit[] {
  const hosts = standIns([plane]);
  const named = hosts.length > 0 ? passingByName(world, plane, hosts, byClass) : undefined;
  const open = (of: number): readonly (readonly [Exit['end'], Verdict])[] => [
    ...[...byClass.addresses('egress', of)].map(
      ([verdict, addresses]) => [{ kind: 'addresses', addresses }, byClass.verdict(verdict)] as const,
    ),
    ...byClass.entities.flatMap((entity) => {
      const verdict = byClass.entity('egress', of, entity);
      return verdict === NOTHING ? [] : [[{ kind: 'entity', entity }, byClass.verdict(verdict)] as const];
    }),
    ...hosts.flatMap((host) => {
      const verdict = named?.verdictOf(host, of) ?? NOTHING;
      if (named === undefined || verdict === NOTHING) return [];
      return [[{ kind: 'host', host: host.pattern }, named.verdict(verdict)] as const];
    }),
  ];
  const exits = [...new Set(classes)].flatMap((of) => {
    const ends = open(of);
    return paths.places(of).flatMap((place): Exit[] => {
      if (place.path.length >= hops) return [];
      return ends.map(([end, verdict]) => ({
        end,
        workloads: place.workloads,
        isSure: place.isSure && !ports.isEmpty(verdict.must),
        path: [...place.path, { from: place.workloads[0], to: end, verdict }],
      }));
    });
  });
  return exits.sort(nearestFirst);
}

/** The same path to another workload of the class that it leads to. */
function endingAt(id: string, path: readonly Step[]): readonly Step[] {
  const last = path.at(-1);
  return last === undefined ? [] : [...path.slice(0, -1), { ...last, to: { kind: 'workload', id } }];
}

/** What surely passes before what perhaps does, at the same distance. */
function nearestFirst(a: Pick<Reached, 'path' | 'isSure'>, b: Pick<Reached, 'path' | 'isSure'>): number {
  return a.path.length - b.path.length || Number(b.isSure) - Number(a.isSure);
}

/** Whether an exit leads to the internet, or to a part of it. A name does. */
export function leadsTo(exit: Pick<Exit, 'end'>, addresses: IpSet): boolean {
  return exit.end.kind === 'host' || (exit.end.kind === 'addresses' && ips.intersects(exit.end.addresses, addresses));
}
