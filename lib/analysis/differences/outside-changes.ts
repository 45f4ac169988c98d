import type { IpSet } from '../../model/ip-set';
import type { Direction, Entity } from '../../model/layer';
import type { ByClass } from '../connectivity/connectivity';
import { NOTHING } from '../connectivity/verdicts';
import { type AddressesByVerdict, addressChanges } from './address-changes';
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
  const changesOf = memoizedByPair((was: AddressesByVerdict, is: AddressesByVerdict) =>
    addressChanges(was, is, changes),
  );
  for (const id of touched) {
    const joint = classes[id];
    for (const direction of DIRECTIONS) {
      const was = joint.before === undefined ? NO_ADDRESSES : before.addresses(direction, joint.before);
      const is = joint.after === undefined ? NO_ADDRESSES : after.addresses(direction, joint.after);
      for (const { change, addresses, text } of changesOf(was, is))
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

const NO_ADDRESSES: AddressesByVerdict = new Map();

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
