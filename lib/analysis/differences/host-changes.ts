import type { HostPattern } from '../../model/host-pattern';
import { NOTHING, type VerdictId } from '../connectivity/verdicts';
import type { ByName, StandIn } from '../hosts-by-name';
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

/** The changes with names. */
export function hostChanges(
  classes: readonly JointClass[],
  hosts: readonly StandIn[],
  before: ByName,
  after: ByName,
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

function sideOf(side: ByName, of: number | undefined): (host: StandIn) => VerdictId {
  return (host) => (of === undefined ? NOTHING : side.verdictOf(host, of));
}
