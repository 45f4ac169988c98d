import type { AddressVerdict, Connectivity, EntityVerdict } from '../analysis';
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
  readonly to: readonly (Passing & { readonly to: Workload })[];
  readonly outside: readonly OutsidePassing[];
}

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
  const pairs = reach.pairs();
  let next = pairs.next();
  for (const workload of world.workloads) {
    const to: (Passing & { readonly to: Workload })[] = [];
    const isFocus = focus === undefined || focus.workload(workload);
    for (; !next.done && next.value.from === workload; next = pairs.next()) {
      const { to: other, must, may } = next.value;
      if (!(isFocus || focus?.workload(other)) || !(target?.workload(other) ?? true)) continue;
      const passing = narrowed({ must, may });
      if (passing !== undefined) to.push({ to: other, ...passing });
    }
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

function outsideByWorkload(reach: Connectivity): ReadonlyMap<Workload, readonly OutsidePassing[]> {
  const found = new Map<Workload, OutsidePassing[]>();
  const add = ({ workload, ...passing }: AddressVerdict | EntityVerdict) => {
    const own = found.get(workload);
    if (own === undefined) found.set(workload, [passing]);
    else own.push(passing);
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
