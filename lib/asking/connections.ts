import type { AddressVerdict, Connectivity, EntityVerdict } from '../analysis';
import { into } from '../model/into';
import * as ips from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import type { Workload, World } from '../model/world';
import type { ResolvedEnd } from './resolved-end';

/** What passes to one end of a connection: another workload, addresses or an entity. `may` has all of `must`. */
export interface Passing {
  readonly must: PortSet;
  readonly may: PortSet;
}

/** Everything that passes from one workload, and what comes to it from outside. */
export interface ConnectionsOf {
  readonly workload: Workload;
  /** The other workloads, those to which the same passes together. */
  readonly to: readonly PassingTo[];
  readonly outside: readonly OutsidePassing[];
}

export type PassingTo = Passing & {
  /** Positions in the world, rising. */
  readonly others: readonly number[];
};

/** What passes between a workload and what is no workload, in the workload's own direction. */
export type OutsidePassing = Passing &
  (Pick<AddressVerdict, 'direction' | 'addresses'> | Pick<EntityVerdict, 'direction' | 'entity'>);

/** Which connections are wanted. */
export interface ConnectionsWanted {
  /** With this end, on either side. @default with any */
  readonly focus?: ResolvedEnd;
  /** To this end. @default to any */
  readonly to?: ResolvedEnd;
  /** On these ports, and no other port is shown. @default on any */
  readonly ports?: PortSet;
}

/** Every allowed connection, a workload at a time in the order of the world; those that have none are left out. */
export function* connectionsOf(
  { world, reach }: { readonly world: World; readonly reach: Connectivity },
  wanted: ConnectionsWanted = {},
): Generator<ConnectionsOf> {
  const narrowed = narrowing(wanted.ports);
  const focus = wanted.focus && matching(wanted.focus);
  const target = wanted.to && matching(wanted.to);
  const outside = outsideByWorkload(reach);
  const toOthers = othersReached(reach, narrowed);
  const targets = [...world.workloads.keys()].filter((i) => target?.workload(world.workloads[i]) ?? true);
  const focused = targets.filter((i) => focus?.workload(world.workloads[i]) ?? true);
  for (const [position, workload] of world.workloads.entries()) {
    const isFocus = focus === undefined || focus.workload(workload);
    const to = toOthers(position, isFocus ? targets : focused);
    const isTarget = target?.workload(workload) ?? true;
    const beyond = (outside.get(workload) ?? []).flatMap((each) => {
      const inFocus = isFocus ? each : focus?.outside(each);
      const left =
        each.direction === 'ingress'
          ? isTarget
            ? inFocus
            : undefined
          : inFocus && (target?.outside(inFocus) ?? (target ? undefined : inFocus));
      const passing = left && narrowed(left);
      return left && passing ? [{ ...left, ...passing }] : [];
    });
    if (to.length > 0 || beyond.length > 0) yield { workload, to, outside: beyond };
  }
}

/** What passes from the workload at a position to each of others: by class, since most that are asked about share one. */
function othersReached({ byClass }: Connectivity, narrowed: (passing: Passing) => Passing | undefined) {
  const row = new Int32Array(byClass.count);
  let rowOf = -1;
  const known = new Map<number, { readonly passing?: Passing }>();
  const passingOf = (verdict: number) => {
    const found = known.get(verdict) ?? { passing: narrowed(byClass.verdict(verdict)) };
    known.set(verdict, found);
    return found;
  };
  return (position: number, candidates: readonly number[]): readonly PassingTo[] => {
    if (candidates.length === 0) return [];
    const own = byClass.ofWorkload[position];
    if (rowOf !== own) byClass.fill(own, row.fill(0));
    rowOf = own;
    const byVerdict = new Map<number, number[]>();
    for (const other of candidates) {
      const verdict = row[byClass.ofWorkload[other]];
      if (verdict === 0 || other === position) continue;
      into(byVerdict, verdict, other);
    }
    return [...byVerdict].flatMap(([verdict, others]) => {
      const { passing } = passingOf(verdict);
      return passing === undefined ? [] : [{ ...passing, others }];
    });
  };
}

function outsideByWorkload(reach: Connectivity): ReadonlyMap<Workload, readonly OutsidePassing[]> {
  const found = new Map<Workload, OutsidePassing[]>();
  const add = ({ workload, ...passing }: AddressVerdict | EntityVerdict) => {
    into(found, workload, passing);
  };
  for (const verdict of reach.addresses()) add(verdict);
  for (const verdict of reach.entities()) add(verdict);
  return found;
}

/** Only some ports of what passes; each set is looked at once, since connections share theirs. */
function narrowing(wanted: PortSet | undefined): (passing: Passing) => Passing | undefined {
  if (wanted === undefined) return (passing) => passing;
  const known = new Map<PortSet, PortSet>();
  const narrow = (set: PortSet) => {
    const found = known.get(set) ?? ports.intersection(set, wanted).certain;
    known.set(set, found);
    return found;
  };
  return ({ must, may }) => {
    const left = narrow(may);
    return ports.isEmpty(left) ? undefined : { must: narrow(must), may: left };
  };
}

interface Matching {
  readonly workload: (workload: Workload) => boolean;
  /** What is left of what passes outside: the addresses that are meant. */
  readonly outside: (passing: OutsidePassing) => OutsidePassing | undefined;
}

function matching({ name, endpoint, workloads }: ResolvedEnd): Matching {
  const ids = new Set(workloads.map(({ id }) => id));
  if (endpoint.kind === 'hosts') throw hostUnlisted(name);
  return {
    workload: ({ id }) => ids.has(id),
    outside: (passing) => {
      if (endpoint.kind === 'entity')
        return 'entity' in passing && passing.entity === endpoint.entity ? passing : undefined;
      if (endpoint.kind !== 'addresses' || 'entity' in passing) return undefined;
      const addresses = ips.intersection(passing.addresses, endpoint.addresses);
      return ips.isEmpty(addresses) ? undefined : { ...passing, addresses };
    },
  };
}

/** A list is about everything that may be sent and wherever names lead, so that a name is in no line of its own. */
function hostUnlisted(name: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'unknown-end',
    what: `${name} is the name of a host, and what passes to it depends on who asks`,
    value: name,
    allowed: 'workloads, addresses, internet, nodes, api-server',
    fix: `Ask about one workload: can namespace/name ${name}`,
  });
}
