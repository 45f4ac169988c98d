import type { Isolation, Plane, Rule } from '../model/layer';
import type { Selector } from '../model/selector';
import * as selectors from '../model/selector';
import type { Effective } from '../proof/space/effective-relation';
import { keyOf } from '../proof/terms/key-of';
import { casesOf } from './cases';
import { type Bounds, escaping, type Found } from './difference';
import { atEnd, type End, inEffect, type Side, type SideAtEnd, sideOf } from './ends';
import { beyondAsking, boundsAt, type CommonGround, type CompareOptions, commonGround } from './ground';
import { isRule, type Part, partsOf, policyKey } from './parts';

/** What could be taken out of a set of policies without any change in what it allows. */
export interface Redundancy {
  /** Policies, each redundant by itself while all others stay. */
  readonly policies: readonly Part[];
  /** Rules of the other policies, each redundant by itself. */
  readonly rules: readonly Part[];
  /** Of these, a set that can go together; nothing of the others could go as well. */
  readonly together: readonly Part[];
  /** Of which it was not found out. */
  readonly undecided: readonly Part[];
  /** Why nothing could be asked; empty where it could. */
  readonly because: readonly string[];
  /** How many policies and rules were asked about. */
  readonly asked: { readonly policies: number; readonly rules: number };
}

/**
 * The policies and rules of a plane without which it allows the same, for every pod that could exist. What is not certain
 * is taken to be needed, and nothing is taken to be redundant because of it.
 *
 * @throws ZeroTrustError if what is known of the cluster contradicts itself
 */
export function redundantParts(plane: Plane, options: CompareOptions = {}): Redundancy {
  const common = commonGround([plane], options);
  const { policies, rules } = partsOf(plane);
  const asked = { policies: policies.length, rules: rules.length };
  const because = beyondAsking([plane], common);
  if (because.length > 0)
    return { policies: [], rules: [], together: [], undecided: [...policies, ...rules], because, asked };
  const sides = casesOf(plane, plane).map(({ a }) => new WithoutParts(sideOf(plane, a, common.ground), common));
  const answers = new Map<Part, Answer>();
  const ask = (parts: readonly Part[]) => worst(sides.map((side) => side.changes(parts)));
  for (const part of policies) answers.set(part, ask([part]));
  const own = policies.filter((part) => answers.get(part) === 'same');
  // What can go as a whole is not told again by its rules.
  const whole = new Set(own.map(({ policy }) => policyKey(policy)));
  const others = rules.filter(({ policy }) => !whole.has(policyKey(policy)));
  for (const part of others) answers.set(part, ask([part]));
  const candidates = [...others, ...own].filter((part) => answers.get(part) === 'same').reverse();
  return {
    policies: own,
    rules: others.filter((part) => answers.get(part) === 'same'),
    together: maximal(candidates, ask),
    undecided: [...policies, ...others].filter((part) => answers.get(part) === 'undecided'),
    because,
    asked,
  };
}

type Answer = 'same' | 'changed' | 'undecided';

function worst(answers: readonly Answer[]): Answer {
  return answers.find((each) => each === 'changed') ?? answers.find((each) => each === 'undecided') ?? 'same';
}

/** Taken out one after another, as long as nothing changes, until none of those that are left can go as well. */
function maximal(candidates: readonly Part[], ask: (parts: readonly Part[]) => Answer): readonly Part[] {
  let gone: readonly Part[] = [];
  for (;;) {
    const before = gone.length;
    for (const part of candidates) {
      if (!gone.includes(part) && ask([...gone, part]) === 'same') gone = [...gone, part];
    }
    if (gone.length === before) return candidates.filter((part) => gone.includes(part)).reverse();
  }
}

/** A set of policies in one case, asked what it would be without some of its parts. */
class WithoutParts {
  private readonly ends: readonly {
    readonly end: End;
    readonly at: SideAtEnd;
    readonly bounds: Omit<Bounds, 'within'>;
  }[];

  constructor(
    private readonly side: Side,
    common: CommonGround,
  ) {
    this.ends = common.ends
      .map((end) => ({ end, at: atEnd(side, end), bounds: boundsAt(end, common) }))
      .filter(({ at }) => at.layers.some(({ rules, isolations }) => rules.length + isolations.length > 0));
  }

  /** Only the ends are looked at where a part is, and there only its subjects. */
  public changes(parts: readonly Part[]): Answer {
    const isGone = (item: Rule | Isolation) => parts.some((part) => part.has(item));
    for (const { end, at, bounds } of this.ends) {
      const gone = at.layers.flatMap(({ rules, isolations }) => [...rules, ...isolations]).filter(isGone);
      if (gone.length === 0) continue;
      for (const within of subjectsOf(gone, end)) {
        for (const found of this.differences(at, gone, end, { ...bounds, within }))
          return found.kind === 'found' ? 'changed' : 'undecided';
      }
    }
    return 'same';
  }

  private *differences(
    at: SideAtEnd,
    gone: readonly (Rule | Isolation)[],
    { direction }: End,
    bounds: Bounds,
  ): Generator<Found> {
    const isGone = new Set<Rule | Isolation>(gone);
    if (gone.every((item) => isRule(item) && item.action === 'allow')) {
      // An allow decides nothing for other rules: what it admits is all that could change.
      const [own, others] = [part(at.may(), (rule) => isGone.has(rule)), part(at.must(), (rule) => !isGone.has(rule))];
      yield* escaping({ ...own, byDefault: [] }, others, bounds, true);
      return;
    }
    const layers = at.layers.map((layer) => ({
      ...layer,
      rules: layer.rules.filter((rule) => !isGone.has(rule)),
      isolations: layer.isolations.filter((isolation) => !isGone.has(isolation)),
    }));
    const without = inEffect(layers, direction, this.side.ground);
    yield* escaping(at.may(), without.must(), bounds, true);
    yield* escaping(without.may(), at.must(), bounds, true);
  }
}

function part({ admissions, byDefault }: Effective, isMeant: (rule: Rule) => boolean): Effective {
  return { admissions: admissions.filter(({ rule }) => isMeant(rule)), byDefault };
}

/** The pods of the end that rules and isolations bind, each set once. */
function subjectsOf(items: readonly (Rule | Isolation)[], { within }: End): readonly Selector[] {
  const bySubject = new Map(items.map(({ subject }) => [keyOf(subject.pods), subject.pods]));
  return [...bySubject.values()]
    .map((subject) => selectors.both(subject, within))
    .filter((subject) => !selectors.isNothing(subject));
}
