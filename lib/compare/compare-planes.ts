import type { Plane } from '../model/layer';
import type { Connection } from '../proof/space/cell';
import { decide, passesByDefault } from '../proof/space/decision';
import { blocksText, type Case, casesOf } from './cases';
import type { Answer, Comparison, Relation } from './comparison';
import { escaping, type Found, sharing } from './difference';
import { atEnd, type End, type Side, type SideAtEnd, sideOf } from './ends';
import { beyondAsking, boundsAt, type CommonGround, type CompareOptions, commonGround } from './ground';
import { Inquiry, type Sides } from './inquiry';
import { saySame } from './same-layers';

/**
 * How two sets of policies relate, for every pod that could exist: of any labels, in a namespace of any labels, with any
 * peer, port and request. A set means what its policies admit at the pods that they bind, in and out; the two ends of a
 * connection are compared apart, each by the policies that stand there.
 *
 * What is known of the cluster holds for both. Namespaces that are not known may have any labels.
 *
 * @throws ZeroTrustError if what is known of the cluster contradicts itself
 */
export function comparePlanes(a: Plane, b: Plane, options: CompareOptions = {}): Comparison {
  const common = commonGround([a, b], options);
  const { names = { a: 'A', b: 'B' } } = options;
  const notes = [...blocksText(names.a, a), ...blocksText(names.b, b)];
  const beyond = beyondAsking([a, b], common);
  if (beyond.length > 0) {
    const undecided: Answer = { holds: 'undecided', because: beyond };
    return { relation: 'undecided', implies: undecided, impliedBy: undecided, disjoint: undecided, notes };
  }
  const cases = casesOf(a, b).map((each) => sidesOf(a, b, each, common));
  const implies = new Inquiry(cases, BREAKS.implies, common).ask((sides) => differences(sides.a, sides.b, common));
  const impliedBy = new Inquiry(cases, BREAKS.impliedBy, common).ask((sides) => differences(sides.b, sides.a, common));
  const disjoint = new Inquiry(cases, BREAKS.disjoint, common).ask((sides) => overlapping(sides, common));
  return { relation: relationOf(implies, impliedBy, disjoint), implies, impliedBy, disjoint, notes };
}

function relationOf(implies: Answer, impliedBy: Answer, disjoint: Answer): Relation {
  switch (`${implies.holds} ${impliedBy.holds}`) {
    case 'yes yes':
      return 'equivalent';
    case 'yes no':
      return 'a-implies-b';
    case 'no yes':
      return 'b-implies-a';
    case 'no no':
      return disjoint.holds === 'yes' ? 'disjoint' : 'incomparable';
    default:
      return 'undecided';
  }
}

function sidesOf(a: Plane, b: Plane, modes: Case, { ground }: CommonGround): Sides {
  return { a: sideOf(a, modes.a, ground), b: sideOf(b, modes.b, ground) };
}

/** Whether a connection breaks a property, by plain evaluation: perhaps (`may`), or surely (`must`). */
const BREAKS = {
  implies: (sides: Sides, connection: Connection, bound: 'may' | 'must') =>
    admits(sides.a, connection, bound) && !admits(sides.b, connection, bound === 'may' ? 'must' : 'may'),
  impliedBy: (sides: Sides, connection: Connection, bound: 'may' | 'must') =>
    admits(sides.b, connection, bound) && !admits(sides.a, connection, bound === 'may' ? 'must' : 'may'),
  disjoint: ({ a, b }: Sides, connection: Connection, bound: 'may' | 'must') =>
    admits(a, connection, bound) &&
    admits(b, connection, bound) &&
    (bound === 'may' || !(passesByDefault(a.plane, connection) && passesByDefault(b.plane, connection))),
};

function admits({ plane }: Side, connection: Connection, bound: 'may' | 'must'): boolean {
  return decide(plane, connection, bound).admitted;
}

/** Where one side may admit something that the other need not; after that, what it surely admits and the other does not. */
function* differences(of: Side, other: Side, common: CommonGround): Generator<Asked> {
  for (const end of common.ends) {
    const [own, others] = [atEnd(of, end), atEnd(other, end)];
    if (saySame(own, others)) continue;
    const bounds = boundsAt(end, common);
    const isSame = own.mode === others.mode;
    for (const found of escaping(own.may(), others.must(), bounds, isSame)) yield { found, end };
    if (own.isKnown && others.isKnown) continue;
    for (const found of escaping(own.must(), others.may(), bounds, isSame)) yield { found, end };
  }
}

function* overlapping({ a, b }: Sides, common: CommonGround): Generator<Asked> {
  for (const end of common.ends) {
    const [own, others] = [atEnd(a, end), atEnd(b, end)];
    if (passes(own) && passes(others)) continue;
    const bounds = boundsAt(end, common);
    const defaults = { a: own.must().byDefault, b: others.must().byDefault };
    for (const found of sharing(own.may(), others.may(), defaults, bounds)) yield { found, end };
    if (own.isKnown && others.isKnown) continue;
    const surely = { a: own.may().byDefault, b: others.may().byDefault };
    for (const found of sharing(own.must(), others.must(), surely, bounds)) yield { found, end };
  }
}

/** Nothing there is about any pod. */
function passes({ layers }: SideAtEnd): boolean {
  return layers.every(({ rules, isolations }) => rules.length + isolations.length === 0);
}

interface Asked {
  readonly found: Found;
  readonly end: End;
}
