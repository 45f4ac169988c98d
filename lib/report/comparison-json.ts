import type { Answer, Counterexample, Part, Verdict } from '../compare';
import type { PolicyRef } from '../model/layer';
import { type Compared, type NamedSet, type RedundancyOf, redundancySentence, relationSentence } from './compared';

/** What the JSON of a comparison says that it is. */
export const COMPARISON_SCHEMA = 'cdk8s-zero-trust/comparison/v1';
/** What the JSON of what is redundant says that it is. */
export const REDUNDANCY_SCHEMA = 'cdk8s-zero-trust/redundancy/v1';

/** A comparison for programs: every property with the connection that shows it. */
export function comparisonJson(compared: Compared): string {
  const { a, b, comparison } = compared;
  const { relation, implies, impliedBy, disjoint, notes } = comparison;
  const answer = (of: Answer) => answerJson(of, a, b);
  return json({
    schema: COMPARISON_SCHEMA,
    verdict: relationSentence(compared),
    relation,
    a: a.name,
    b: b.name,
    implies: answer(implies),
    impliedBy: answer(impliedBy),
    disjoint: answer(disjoint),
    notes,
  });
}

/** What is redundant, for programs. */
export function redundancyJson(given: RedundancyOf): string {
  const { set, found } = given;
  const parts = (all: readonly Part[]) => all.map((part) => partJson(part, set));
  return json({
    schema: REDUNDANCY_SCHEMA,
    verdict: redundancySentence(given),
    of: set.name,
    asked: found.asked,
    policies: parts(found.policies),
    rules: parts(found.rules),
    together: parts(found.together),
    undecided: parts(found.undecided),
    because: found.because,
  });
}

function answerJson(answer: Answer, a: NamedSet, b: NamedSet) {
  if (answer.holds === 'yes') return { holds: 'yes' };
  const { counterexample } = answer;
  return {
    holds: answer.holds,
    ...(answer.holds === 'undecided' && { because: answer.because }),
    ...(counterexample && { counterexample: counterexampleJson(counterexample, a, b) }),
  };
}

function counterexampleJson({ connection, a, b }: Counterexample, setA: NamedSet, setB: NamedSet) {
  const { direction, subject, ...rest } = connection;
  return {
    direction,
    subject: { namespace: subject.namespace, labels: subject.labels },
    ...rest,
    a: verdictJson(a, direction, setA),
    b: verdictJson(b, direction, setB),
  };
}

function verdictJson({ admitted, decidedBy }: Verdict, direction: 'ingress' | 'egress', { places }: NamedSet) {
  return {
    admitted,
    decidedBy: decidedBy.map(({ policy, index }) => ({
      ...policyJson(policy),
      ...(index !== undefined && { rule: index }),
      ...places.of(policy, index === undefined ? undefined : { direction, index }),
    })),
  };
}

function partJson({ policy, rule }: Part, { places }: NamedSet) {
  return { ...policyJson(policy), ...rule, ...places.of(policy, rule) };
}

function policyJson({ kind, namespace, name }: PolicyRef) {
  return { kind, ...(namespace !== undefined && { namespace }), name };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
