import type { Answer, Comparison, Part, Redundancy, Verdict } from '../compare';
import { objectText } from '../kinds/manifest';
import { connectionText, type DecidedBy } from '../proof';
import { type Places, placeText } from './places';

/** One of the sets of policies, as it was called, and where its policies are. */
export interface NamedSet {
  readonly name: string;
  readonly places: Places;
}

/** Two sets of policies compared, for every format. */
export interface Compared {
  readonly a: NamedSet;
  readonly b: NamedSet;
  readonly comparison: Comparison;
}

/** A set of policies with what could go from it. */
export interface RedundancyOf {
  readonly set: NamedSet;
  readonly found: Redundancy;
}

/** The answer as one sentence. */
export function relationSentence({ a, b, comparison: { relation, implies, impliedBy } }: Compared): string {
  switch (relation) {
    case 'equivalent':
      return `Equivalent: ${a.name} and ${b.name} allow the same`;
    case 'a-implies-b':
      return `${a.name} implies ${b.name}: it allows nothing that ${b.name} does not, and ${b.name} allows more`;
    case 'b-implies-a':
      return `${b.name} implies ${a.name}: it allows nothing that ${a.name} does not, and ${a.name} allows more`;
    case 'disjoint':
      return `Disjoint: nothing that either of ${a.name} and ${b.name} restricts is allowed by both`;
    case 'incomparable':
      return `Incomparable: each of ${a.name} and ${b.name} allows something that the other does not`;
    case 'undecided':
      if (implies.holds === 'no' || impliedBy.holds === 'no') return `Not equivalent, and more is undecided`;
      return `Undecided: it could not be told whether ${a.name} and ${b.name} allow the same`;
  }
}

/** A property that does not hold, or is not decided: what it is, why, and what shows it. */
export interface Shown {
  readonly heading: string;
  readonly because: readonly string[];
  readonly connection?: string;
  readonly verdicts: readonly string[];
}

/** What speaks against each property, in the order A to B, B to A, disjoint. */
export function shown({ a, b, comparison }: Compared): readonly Shown[] {
  const { implies, impliedBy, disjoint, relation } = comparison;
  return [
    ...shownOf(implies, `${a.name} allows what ${b.name} does not`, `whether ${b.name} allows all that ${a.name} does`),
    ...shownOf(
      impliedBy,
      `${b.name} allows what ${a.name} does not`,
      `whether ${a.name} allows all that ${b.name} does`,
    ),
    // Of sets of which one is in the other, that they have something in common is no news.
    ...(relation === 'incomparable' || relation === 'undecided'
      ? shownOf(disjoint, `${a.name} and ${b.name} both allow`, `whether there is anything that both allow`)
      : []),
  ];

  function shownOf(answer: Answer, broken: string, open: string): Shown[] {
    if (answer.holds === 'yes') return [];
    const { counterexample } = answer;
    return [
      {
        heading: answer.holds === 'no' ? broken : `undecided: ${open}`,
        because: answer.holds === 'no' ? [] : answer.because,
        ...(counterexample && {
          connection: connectionText(
            counterexample.connection,
            [...counterexample.a.decidedBy, ...counterexample.b.decidedBy],
            true,
          ),
        }),
        verdicts:
          counterexample === undefined
            ? []
            : [
                `${a.name}: ${verdictText(counterexample.a, counterexample.connection.direction, a.places)}`,
                `${b.name}: ${verdictText(counterexample.b, counterexample.connection.direction, b.places)}`,
              ],
      },
    ];
  }
}

function verdictText({ admitted, decidedBy }: Verdict, direction: 'ingress' | 'egress', places: Places): string {
  if (decidedBy.length === 0) return `no policy isolates the pod for ${direction}, so it passes`;
  const rules = decidedBy.filter(({ index }) => index !== undefined);
  if (rules.length > 0)
    return `${admitted ? 'allowed' : 'denied'} by ${rules.map((by) => decidedByText(by, direction, places)).join(', ')}`;
  const policies = decidedBy.map(({ policy }) => withPlace(objectText(policy), placeText(places.of(policy))));
  return `isolated by ${policies.join(', ')}, and no rule allows it`;
}

function decidedByText({ policy, index = 0 }: DecidedBy, direction: 'ingress' | 'egress', places: Places): string {
  return withPlace(
    `${direction} rule ${index} of ${objectText(policy)}`,
    placeText(places.of(policy, { direction, index })),
  );
}

function withPlace(text: string, place: string | undefined): string {
  return place === undefined ? text : `${text} (${place})`;
}

/** A policy or a rule that could go: `ingress rule 2 of NetworkPolicy x/in (m.yaml:12)`. */
export function partText({ policy, rule }: Part, places: Places): string {
  if (rule === undefined) return withPlace(objectText(policy), placeText(places.of(policy)));
  const action = rule.action === 'allow' ? '' : ` that ${rule.action === 'deny' ? 'denies' : 'passes'}`;
  return withPlace(
    `${rule.direction} rule ${rule.index}${action} of ${objectText(policy)}`,
    placeText(places.of(policy, rule)),
  );
}

/** What was found of a set of policies, as one sentence. */
export function redundancySentence({ set, found }: RedundancyOf): string {
  const { policies, rules, undecided, asked } = found;
  const size = `(${asked.policies} policies and ${asked.rules} rules were asked about)`;
  if (policies.length + rules.length > 0)
    return `${policies.length} ${policies.length === 1 ? 'policy' : 'policies'} and ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} of ${set.name} change nothing ${size}`;
  return undecided.length > 0
    ? `Undecided: nothing redundant was found in ${set.name}, and not everything could be told ${size}`
    : `Nothing of ${set.name} is redundant ${size}`;
}
