import { type Check, runChecks, type Seen } from '../checks';
import { acknowledgedInCode } from '../checks/acknowledged-in-code';
import { acknowledgedOnObjects } from '../checks/acknowledged-on-objects';
import { readingFound } from '../checks/reading-found';
import { acknowledging, type GivenAcknowledgement } from '../findings/acknowledged';
import { ACKNOWLEDGEMENT_UNUSED, unusedAcknowledgement } from '../findings/acknowledgement-unused';
import { againstBaseline, type KnownFinding } from '../findings/baseline';
import type { FoundProblem, Level } from '../findings/finding';
import { type MarkedFinding, marked } from '../findings/fingerprint';
import { type FindingsReport, infoOfCheck, infoOfFinding, type RuleInfo, type Tool } from './findings-report';

export interface CheckOptions {
  readonly checks: readonly Check[];
  /** Every id that an acknowledgement may name. */
  readonly rules: readonly string[];
  /** Whether a rule is asked. @default every one is */
  readonly isAsked?: (rule: string) => boolean;
  /** What settings accept. */
  readonly given?: readonly GivenAcknowledgement[];
  /** What was found while settings were read. */
  readonly alsoFound?: readonly FoundProblem[];
  readonly baseline?: readonly KnownFinding[];
  readonly failsFrom?: Level;
  readonly paths: readonly string[];
  /** The folder that the check runs in. */
  readonly folder: string;
  readonly tool: Tool;
  /** Called before each rule is asked. @default nobody is told */
  readonly progress?: (rule: string, asked: number, rules: number) => void;
}

/** Asks every rule of the manifests, and tells what is accepted and what was there before from what is not. */
export function checked(seen: Seen, options: CheckOptions): FindingsReport {
  const { checks, rules, isAsked = () => true, given = [], alsoFound = [], baseline = [] } = options;
  const asked = checks.filter(({ id }) => isAsked(id));
  const onObjects = acknowledgedOnObjects(seen, rules);
  const ofRules = runChecks(seen, asked, ({ id }, position) => options.progress?.(id, position, asked.length));
  const onlyRead = notFoundIn(ofRules, readingFound(seen));
  const all = marked([...onlyRead, ...ofRules, ...onObjects.found, ...alsoFound].filter(({ rule }) => isAsked(rule)));
  const accepting = acknowledging(all, [...acknowledgedInCode(seen), ...onObjects.given, ...given]);
  const idle = isAsked(ACKNOWLEDGEMENT_UNUSED.id) ? accepting.idle.filter(isIdle(isAsked)).map(unused) : [];
  const { fresh, known, gone } = againstBaseline(marked([...accepting.open, ...idle]), baseline);
  return {
    found: fresh,
    acknowledged: accepting.acknowledged,
    acknowledgedInCode: accepting.idle.filter(({ by }) => by === 'code'),
    baselined: known,
    gone: gone.filter(({ rule }) => isAsked(rule)),
    rules: infosOf(asked, [...all, ...fresh, ...known]),
    reading: {
      paths: options.paths,
      files: seen.reading.files,
      objects: seen.reading.objects,
      policies: seen.reading.policies,
    },
    folder: options.folder,
    tool: options.tool,
    ...(options.failsFrom && { failsFrom: options.failsFrom }),
  };
}

/** A rule can look closer at what readers say, under the same id, and knows its place and why it matters. */
function notFoundIn(ofRules: readonly FoundProblem[], ofReading: readonly FoundProblem[]): readonly FoundProblem[] {
  const keyOf = (rule: string, object: string | undefined) => `${rule} ${object ?? ''}`;
  const keys = new Set(ofRules.flatMap(({ rule, place }) => [keyOf(rule, place?.object), keyOf(rule, undefined)]));
  return ofReading.filter(({ rule, place }) => !keys.has(keyOf(rule, place?.object)));
}

/** What code acknowledges may be for rules of the constructs, which find it idle themselves. */
function isIdle(isAsked: (rule: string) => boolean): (given: GivenAcknowledgement) => boolean {
  return ({ rule, by }) => by !== 'code' && isAsked(rule);
}

function unused(given: GivenAcknowledgement): FoundProblem {
  const { id: rule, level, why } = ACKNOWLEDGEMENT_UNUSED;
  return { rule, level, why, ...unusedAcknowledgement(given), where: given.where, place: given.place };
}

function infosOf(asked: readonly Check[], found: readonly MarkedFinding[]): readonly RuleInfo[] {
  const infos = new Map(found.map((one) => [one.rule, infoOfFinding(one)]));
  for (const check of asked) infos.set(check.id, infoOfCheck(check));
  return [...infos.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
