import { internet } from '../../cluster/special-addresses';
import type { HostPattern } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { ByClass } from '../connectivity/connectivity';
import { NOTHING, type VerdictId } from '../connectivity/verdicts';
import type { StandIn } from './hosts-by-name';
import type { JointClass } from './joint-classes';
import { type Presence, presenceOf } from './presence';
import { type ChangeId, SAME, type VerdictChanges } from './verdict-changes';

/** One change of what passes to a name. */
export interface HostChange {
  readonly change: ChangeId;
  readonly presence: Presence;
  readonly host: HostPattern;
  /** Positions of joint classes, rising. */
  readonly classes: readonly number[];
}

/** A state as names meet it, and as addresses do; its classes have the same numbers in both. */
export interface HostSide {
  readonly named: ByClass;
  readonly addressed: ByClass;
}

/** The changes with names. What passes to every address of the internet passes to its names, and is told there. */
export function hostChanges(
  classes: readonly JointClass[],
  hosts: readonly StandIn[],
  before: HostSide,
  after: HostSide,
  changes: VerdictChanges,
): readonly HostChange[] {
  const found = new Map<string, HostChange & { readonly classes: number[] }>();
  classes.forEach((joint, id) => {
    const [was, is] = [sideOf(before, joint.before), sideOf(after, joint.after)];
    const presence = presenceOf(joint);
    hosts.forEach((host, position) => {
      const change = changes.of(was(host), is(host));
      if (change === SAME) return;
      const key = `${position} ${change} ${presence}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { change, presence, host: host.pattern, classes: [id] });
      else known.classes.push(id);
    });
  });
  return [...found.values()];
}

function sideOf({ named, addressed }: HostSide, of: number | undefined): (host: StandIn) => VerdictId {
  if (of === undefined) return () => NOTHING;
  const open = toAllOfInternet(addressed, of);
  const cells = [...named.addresses('egress', of)];
  return ({ address }) => {
    const verdict = cells.find(([, addresses]) => ips.contains(addresses, address))?.[0] ?? NOTHING;
    return ports.covers(open, named.verdict(verdict).may) ? NOTHING : verdict;
  };
}

/** What surely passes to every address of the internet. */
function toAllOfInternet(byClass: ByClass, of: number): PortSet {
  let rest = internet;
  let open: PortSet = ports.everything;
  for (const [verdict, addresses] of byClass.addresses('egress', of)) {
    if (!ips.intersects(addresses, internet)) continue;
    rest = ips.difference(rest, addresses);
    open = ports.intersection(open, byClass.verdict(verdict).must).certain;
  }
  return ips.isEmpty(rest) ? open : ports.none;
}
