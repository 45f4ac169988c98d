import { printable } from '../model/printable';
import { type Problem, printableProblem, withLine } from '../model/problem';

/** How much a finding weighs: an error stops the synthesis, a warning is printed, a note is kept for who asks. */
export type Level = 'error' | 'warning' | 'note';

/** What a rule found: a problem with its weight, the flow or workload that it is about, and why it matters. */
export interface FoundProblem extends Problem {
  readonly level: Level;
  /** The flow or workload concerned: `ai-agents/agent -> ai-data/weaviate TCP/80 ("looks up passages")`. */
  readonly about?: string;
  /** What goes wrong where nothing is done: a sentence without its full stop. */
  readonly why?: string;
  /** The place in the manifests, in parts, for reports that link to it. `where` says the same in words. */
  readonly place?: FoundPlace;
  /** What the same trouble is known by from one report to the next, wherever it stands. */
  readonly fingerprint?: string;
}

/** A place in manifests. */
export interface FoundPlace {
  /** As it was given: a path, or what standard input is called. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** As a person names it: `NetworkPolicy models/vllm`. */
  readonly object?: string;
  /** Path in the object: `spec.ingress[0].ports`. */
  readonly field?: string;
}

const WEIGHTS: readonly Level[] = ['error', 'warning', 'note'];

/** A refusal as a finding. */
export function refusalFound(problem: Problem): FoundProblem {
  const { flow } = problem;
  return { level: 'error', ...problem, ...(flow !== undefined && { about: flow }) };
}

/** A finding as the problem that a refusal is: whom it concerns and why it matters are in its sentence. */
export function findingProblem({ level: _, about, why, what, ...problem }: FoundProblem): Problem {
  const sentence = about === undefined ? what : `${about}: ${what}`;
  return { ...problem, what: why === undefined ? sentence : `${sentence}. ${why}` };
}

/** In the one order: what weighs more first, then by place, rule and text; the same thing found twice is there once. */
export function inOrder(found: readonly FoundProblem[]): readonly FoundProblem[] {
  const byKey = new Map(found.map((one) => [keyOf(one), one]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function keyOf({ level, where = '', rule, about = '', what }: FoundProblem): string {
  return [WEIGHTS.indexOf(level), byNumbers(where), rule, about, what].join('\u0000');
}

/** Text that comes in the order of the numbers in it: line 9 before line 20. */
function byNumbers(text: string): string {
  return text.replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

/** The finding as a person reads it: weight, rule and place; whom it concerns; what is wrong and why it matters; what to do. */
export function findingText(found: FoundProblem): string {
  const { level, rule, where } = printableFinding(found);
  return [[level, rule, ...(where === undefined ? [] : [where])].join('  '), ...findingLines(found)].join('\n  ');
}

/** What is below the first line: whom it concerns, what is wrong and why it matters, what is allowed, what to do. */
export function findingLines(found: FoundProblem): readonly string[] {
  const { about, declaredAt, what, why, allowed, fix } = printableFinding(found);
  return [
    ...(about === undefined ? [] : [withLine(about, declaredAt)]),
    [`${capital(what)}.`, ...(why === undefined ? [] : [`${why}.`])].join(' '),
    ...(allowed === undefined ? [] : [`Allowed: ${allowed}.`]),
    ...(fix === undefined ? [] : fix.split('\n')),
  ];
}

/** All of them, with a blank line between; the empty text where there are none. */
export function findingsText(found: readonly FoundProblem[]): string {
  return inOrder(found)
    .map((one) => `${findingText(one)}\n`)
    .join('\n');
}

/** For programs: a list in the one order, one finding an object, without the fields that it lacks. */
export function findingsJson(found: readonly FoundProblem[]): string {
  return `${JSON.stringify({ schema: FINDINGS_SCHEMA, findings: inOrder(found).map(findingFields) }, undefined, 2)}\n`;
}

/**
 * The fields of a finding as programs get them, its place among them. The line of the user's code is for people alone: it
 * moves with every edit above it, and the file is committed.
 */
export function findingFields(found: FoundProblem): Readonly<Record<string, unknown>> {
  const { level, rule, where, about, what, why, value, allowed, fix, place, fingerprint } = found;
  return { level, rule, where, about, what, why, value, allowed, fix, ...place, fingerprint };
}

/** What the JSON of findings says that it is. */
export const FINDINGS_SCHEMA = 'cdk8s-zero-trust/findings/v1';

function printableFinding(found: FoundProblem): FoundProblem {
  const { about, why } = found;
  return {
    ...printableProblem(found),
    ...(about !== undefined && { about: printable(about) }),
    ...(why !== undefined && { why: printable(why) }),
  };
}

/** Names and paths at the start of a sentence keep their case. */
function capital(sentence: string): string {
  const [word = ''] = sentence.split(' ', 1);
  return /^[a-z]+$/.test(word) ? sentence[0].toUpperCase() + sentence.slice(1) : sentence;
}
