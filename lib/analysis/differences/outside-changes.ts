import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, Entity } from '../../model/layer';
import type { ByClass } from '../connectivity/connectivity';
import { NOTHING, type VerdictId } from '../connectivity/verdicts';
import type { JointClass } from './joint-classes';
import { type Presence, presenceOf } from './presence';
import { type ChangeId, SAME, type VerdictChanges } from './verdict-changes';

/** One change of what passes between workloads and addresses, or an entity. */
export interface OutsideChange {
  readonly change: ChangeId;
  readonly presence: Presence;
  readonly direction: Direction;
  readonly end: IpSet | Entity;
  /** Positions of joint classes, rising. */
  readonly classes: readonly number[];
}

const DIRECTIONS: readonly Direction[] = ['egress', 'ingress'];

/** The changes with what is outside, those alike put together. `touched`: the positions of the classes that may have any. */
export function outsideChanges(
  classes: readonly JointClass[],
  touched: readonly number[],
  before: ByClass,
  after: ByClass,
  changes: VerdictChanges,
): readonly OutsideChange[] {
  const found = new Map<string, OutsideChange & { readonly classes: number[] }>();
  const add = (id: number, key: string, change: Omit<OutsideChange, 'classes' | 'presence'>) => {
    const presence = presenceOf(classes[id]);
    const whole = `${change.direction} ${change.change} ${presence} ${key}`;
    const known = found.get(whole);
    if (known === undefined) found.set(whole, { ...change, presence, classes: [id] });
    else known.classes.push(id);
  };
  const entities = new Set([...before.entities, ...after.entities]);
  const addressChanges = memoizedByPair((was: Addresses, is: Addresses) => changedAddresses(was, is, changes));
  for (const id of touched) {
    const joint = classes[id];
    for (const direction of DIRECTIONS) {
      const was = joint.before === undefined ? NO_ADDRESSES : before.addresses(direction, joint.before);
      const is = joint.after === undefined ? NO_ADDRESSES : after.addresses(direction, joint.after);
      for (const { change, addresses, text } of addressChanges(was, is))
        add(id, text, { change, direction, end: addresses });
      for (const entity of entities) {
        const change = changes.of(
          joint.before === undefined ? NOTHING : before.entity(direction, joint.before, entity),
          joint.after === undefined ? NOTHING : after.entity(direction, joint.after, entity),
        );
        if (change !== SAME) add(id, entity, { change, direction, end: entity });
      }
    }
  }
  return [...found.values()];
}

type Addresses = ReadonlyMap<VerdictId, IpSet>;

const NO_ADDRESSES: Addresses = new Map();

interface AddressChange {
  readonly change: ChangeId;
  readonly addresses: IpSet;
  readonly text: string;
}

/** Every address is in one cell before and in one after; where the two verdicts differ, it changed. */
function changedAddresses(was: Addresses, is: Addresses, changes: VerdictChanges): readonly AddressChange[] {
  const byChange = new Map<ChangeId, IpSet[]>();
  for (const [before, had] of withTheRest(was)) {
    for (const [after, has] of withTheRest(is)) {
      const change = changes.of(before, after);
      if (change === SAME) continue;
      const both = ips.intersection(had, has);
      if (ips.isEmpty(both)) continue;
      const known = byChange.get(change);
      if (known === undefined) byChange.set(change, [both]);
      else known.push(both);
    }
  }
  return [...byChange].map(([change, sets]) => {
    const addresses = ips.unionOf(sets);
    return { change, addresses, text: ips.ipsText(addresses) };
  });
}

function withTheRest(cells: Addresses): readonly (readonly [VerdictId, IpSet])[] {
  return [...cells, [NOTHING, ips.difference(ips.all, ips.unionOf([...cells.values()]))]];
}

function memoizedByPair<K extends object, V>(compute: (a: K, b: K) => V): (a: K, b: K) => V {
  const known = new WeakMap<K, WeakMap<K, { readonly value: V }>>();
  return (a, b) => {
    const ofA = known.get(a) ?? new WeakMap<K, { readonly value: V }>();
    known.set(a, ofA);
    const found = ofA.get(b) ?? { value: compute(a, b) };
    ofA.set(b, found);
    return found.value;
  };
}
