import type { FoundProblem, Level } from '../findings/finding';
import { fingerprintOf, marked } from '../findings/fingerprint';
import { WHY_UNKNOWN } from '../flow-logs/attribution/known-end';
import type { FlowClass, FlowEntry, NotAttributable, Sample } from '../flow-logs/judging/found';
import type { FindingsReport, RuleInfo } from './findings-report';
import { type FlowsReport, ruleOf } from './flows-report';
import { detailsOf, fixText, flowKeyText, flowText, neverSeenText, seenText, whatText } from './flows-words';

/** The same as findings, for every format that has findings. What fails is an error. */
export function flowsAsFindings(report: FlowsReport): FindingsReport {
  const { found, failing, folder, tool, logs } = report;
  const all = [
    ...found.entries.map((entry) => entryFound(entry, report)),
    ...neverSeenFound(report),
    ...found.notAttributable.map((one) => unattributableFound(one, failing.has('not-attributable'))),
    ...gapsFound(report),
  ];
  return {
    found: marked(all),
    acknowledged: [],
    acknowledgedInCode: [],
    baselined: [],
    gone: [],
    rules: FLOW_RULES.filter(({ id }) => all.some(({ rule }) => rule === id)),
    reading: { paths: logs.map(({ name }) => name), files: logs.length, objects: found.records, policies: 0 },
    folder,
    tool,
    ...(failing.size > 0 && { failsFrom: 'error' }),
  };
}

const USUAL: Readonly<Record<FlowClass, Level>> = {
  undeclared: 'warning',
  'dropped-though-declared': 'warning',
  'would-be-dropped': 'warning',
  'dropped-and-undeclared': 'warning',
};

function levelOf({ class: of, certainty }: FlowEntry, { failing }: FlowsReport): Level {
  if (failing.has(of)) return certainty === 'surely' ? 'error' : 'warning';
  return certainty === 'surely' ? USUAL[of] : 'note';
}

function entryFound(entry: FlowEntry, report: FlowsReport): FoundProblem {
  const about = flowText(entry);
  const details = [seenText(entry), ...detailsOf(entry, report.places)];
  return {
    level: levelOf(entry, report),
    rule: ruleOf(entry),
    about,
    what: `${whatText(entry, report.found)}: ${details.join('. ')}`,
    fix: fixText(entry, report.found),
    ...placed(entry.sample, about),
    fingerprint: fingerprintOf({ rule: ruleOf(entry), on: flowKeyText(entry) }),
  };
}

function neverSeenFound({ found, failing, logs }: FlowsReport): FoundProblem[] {
  return (found.neverSeen ?? []).map((one) => ({
    level: failing.has('never-seen') ? 'error' : 'note',
    rule: 'flow-never-seen',
    about: `${neverSeenText(one)} (${one.because.join('; ')})`,
    what:
      one.certainty === 'surely'
        ? 'it is declared, and the log does not show it'
        : 'it is declared, and the log does not surely show it',
    fix: 'Ask the reason before it is taken out: a log cannot show what is needed once a month, at start or in an emergency.',
    place: { ...(logs.length > 0 && { file: logs[0].name }), object: neverSeenText(one) },
    fingerprint: fingerprintOf({ rule: 'flow-never-seen', on: neverSeenText(one) }),
  }));
}

function unattributableFound({ why, records, sample }: NotAttributable, isFailing: boolean): FoundProblem {
  const { what, help } = WHY_UNKNOWN[why];
  return {
    level: isFailing ? 'error' : 'note',
    rule: 'flow-not-attributable',
    what: `${records} of the records could not be tied to what is declared: ${what}`,
    ...(help !== undefined && { fix: `${help}.` }),
    ...placed(sample, why),
    fingerprint: fingerprintOf({ rule: 'flow-not-attributable', on: why }),
  };
}

function gapsFound({ found: { notes, leftOff }, logs }: FlowsReport): FoundProblem[] {
  const { lost, unreadable } = notes;
  const said = [
    ...(lost.events > 0
      ? [['lost', `the engine says that it lost events (${Math.max(lost.count, lost.events)})`]]
      : []),
    ...(unreadable.lines > 0 ? [['unreadable', `lines could not be read (${unreadable.lines})`]] : []),
    ...(leftOff.records > 0
      ? [['left-off', `there are more flows than can be told apart (${leftOff.records} records are in no finding)`]]
      : []),
  ];
  return said.map(([id, what]) => ({
    level: 'warning',
    rule: 'flow-log-gap',
    what: `${what}, so that something may be there which is not found here`,
    place: { ...(logs.length > 0 && { file: logs[0].name }), object: id },
    fingerprint: fingerprintOf({ rule: 'flow-log-gap', on: id }),
  }));
}

/** The same trouble has one fingerprint in whatever log it is met, so that the next report knows it again. */
function placed({ log, line }: Sample, on: string): Pick<FoundProblem, 'place'> {
  return { place: { file: log, line, object: on } };
}

const PAGE = 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/blob/main/docs/flows.md';

function info(id: string, level: Level, title: string, why: string): RuleInfo {
  return { id, level, title, why, link: `${PAGE}#${id}` };
}

/** Every rule that flows are found by. */
export const FLOW_RULES: readonly RuleInfo[] = [
  ...(['', 'perhaps-'] as const).flatMap((perhaps) => {
    const maybe = perhaps === '' ? '' : 'perhaps ';
    const level = perhaps === '' ? 'error' : 'warning';
    const weaker = perhaps === '' ? 'warning' : 'note';
    return [
      info(
        `flow-${perhaps}undeclared`,
        level,
        `a flow that passed and is ${maybe}not declared`,
        'What nobody declared has no reason, and something lets it through',
      ),
      info(
        `flow-${perhaps}dropped-though-declared`,
        level,
        `a flow that was dropped and is ${maybe}declared`,
        'What was declared is needed, and does not work',
      ),
      info(
        `flow-${perhaps}would-be-dropped`,
        weaker,
        `a flow that passes and ${maybe}would be dropped`,
        'It stops on the day that the policies are enforced',
      ),
      info(
        `flow-${perhaps}dropped-and-undeclared`,
        weaker,
        `a flow that was dropped and is ${maybe}not declared`,
        'Somebody tried: it was forgotten, or it is an intruder',
      ),
    ];
  }),
  info('flow-never-seen', 'note', 'a declared flow that the log does not show', 'What nobody uses need not be open'),
  info(
    'flow-not-attributable',
    'note',
    'records that nothing declared could be tied to',
    'Nothing is found in what cannot be read',
  ),
  info('flow-log-gap', 'warning', 'a log that lacks records', 'Nothing is found in what is not there'),
];
