import { WHY_UNKNOWN } from '../flow-logs/attribution/known-end';
import { FLOW_CLASSES, type FlowEntry, SET_ASIDE, saysNothing } from '../flow-logs/judging/found';
import { printable } from '../model/printable';
import { counted } from './counted';
import { classTitle, countedAs, countOfAll, type FlowsReport } from './flows-report';
import {
  detailsOf,
  fixText,
  flowText,
  lengthText,
  neverSeenText,
  sampleText,
  seenText,
  spanText,
  whatText,
} from './flows-words';
import { type Painter, painterOf } from './paint';
import { wrapped } from './wrapped';

export interface FlowsTextOptions {
  readonly colour?: boolean;
  /** Width of the terminal; lines are as long as they are where it is not known. */
  readonly columns?: number;
  /** Whether everything is listed that else is only counted. @default false */
  readonly verbose?: boolean;
}

/** Entries of a class that are listed unless all are asked for. */
const MOST_LISTED = 50;

/** For people at a terminal: class by class, then what is not known, and what was read. */
export function flowsAsText(
  report: FlowsReport,
  { colour = false, columns, verbose = false }: FlowsTextOptions = {},
): string {
  const paint = painterOf(colour);
  const most = verbose ? Number.POSITIVE_INFINITY : MOST_LISTED;
  const parts: (readonly string[])[] = [
    ...FLOW_CLASSES.flatMap((of) => classPart(report, of, most, paint)),
    ...neverSeenPart(report, most, paint),
    ...notAttributablePart(report, paint),
    ...gapsPart(report, paint),
    ...(verbose ? [...asidePart(report, paint), ...limitsPart(report, paint)] : []),
    summaryPart(report, verbose),
  ];
  return `${parts.map((lines) => lines.flatMap((line) => wrapped(printableLine(line), columns, '')).join('\n')).join('\n\n')}\n`;
}

/** What is painted has codes of ours in it: texts of others were made printable before. */
function printableLine(line: string): string {
  return line.includes('\u001b') ? line : printable(line);
}

function classPart(
  { found, places }: FlowsReport,
  of: FlowEntry['class'],
  most: number,
  paint: Painter,
): (readonly string[])[] {
  const entries = found.entries.filter((entry) => entry.class === of);
  if (entries.length === 0) return [];
  const shown = entries.slice(0, most);
  return [
    [
      paint.bold(`${classTitle(of, found)} (${countOfAll(entries)})`),
      ...shown.flatMap((entry) => [
        `  ${entry.certainty === 'perhaps' ? 'perhaps: ' : ''}${flowText(entry)}`,
        `    ${seenText(entry)}`,
        `    ${capital(whatText(entry, found))}.`,
        ...detailsOf(entry, places).map((line) => `    ${line}.`),
        ...(entry.sample.text === undefined ? [] : [`    ${entry.sample.text}`]),
      ]),
      ...(shown.length < entries.length ? [`  ${entries.length - shown.length} more; --verbose lists all.`] : []),
      `  ${fixText(shown[0], found)}`,
    ],
  ];
}

function neverSeenPart({ found }: FlowsReport, most: number, paint: Painter): (readonly string[])[] {
  const { neverSeen = [], first, last } = found;
  if (neverSeen.length === 0) return [];
  const shown = neverSeen.slice(0, most);
  const length = first === undefined || last === undefined ? undefined : last - first;
  const window = length === undefined || length < 1000 ? 'A log' : `A log of ${lengthText(0, length)}`;
  return [
    [
      paint.bold(`declared and never seen (${countOfAll(neverSeen)})`),
      ...shown.map(
        (one) => `  ${one.certainty === 'perhaps' ? 'perhaps: ' : ''}${neverSeenText(one)}: ${one.because.join('; ')}`,
      ),
      ...(shown.length < neverSeen.length ? [`  ${neverSeen.length - shown.length} more; --verbose lists all.`] : []),
      `  ${window} cannot show what is needed once a month, at start, in an emergency, or on a node whose log is not here. Ask the reason before a flow is taken out.`,
    ],
  ];
}

function notAttributablePart({ found }: FlowsReport, paint: Painter): (readonly string[])[] {
  const { notAttributable } = found;
  if (notAttributable.length === 0) return [];
  const records = notAttributable.reduce((sum, one) => sum + one.records, 0);
  return [
    [
      paint.bold(`not attributable: ${counted(records, 'record')}`),
      ...notAttributable.flatMap(({ why, sample, ...one }) => {
        const { what, help } = WHY_UNKNOWN[why];
        return [
          `  ${counted(one.records, 'record')} (${sampleText(sample)}): ${what}.`,
          ...(help === undefined ? [] : [`    ${help}.`]),
        ];
      }),
    ],
  ];
}

/** What the log does not have, so that what is missing may be there all the same. */
function gapsPart({ found: { notes, leftOff } }: FlowsReport, paint: Painter): (readonly string[])[] {
  const { lost, unreadable, clocks } = notes;
  const lines = [
    ...(lost.events === 0
      ? []
      : [
          `  ${counted(lost.events, 'gap')}${lost.count === 0 ? '' : ` of ${counted(lost.count, 'event')}`} that the engine says were lost.`,
        ]),
    ...(unreadable.lines === 0 ? [] : [`  ${counted(unreadable.lines, 'line')} could not be read:`]),
    ...unreadable.samples.map(({ log, line, what }) => `    ${log}:${line}: ${what}`),
    ...clocks.map(({ log, line, from, to }) => `  ${log}:${line}: the clock went back${spanText(from, to)}.`),
    ...(leftOff.records === 0
      ? []
      : [
          `  ${counted(leftOff.records, 'record')} of flows beyond those that can be told apart, in no list above: ${leftOff.undeclared} passed undeclared, ${leftOff.dropped} dropped.`,
        ]),
  ];
  return lines.length === 0 ? [] : [[paint.bold('gaps'), ...lines]];
}

function asidePart({ found: { setAside } }: FlowsReport, paint: Painter): (readonly string[])[] {
  if (setAside.length === 0) return [];
  return [
    [
      paint.bold('set aside'),
      ...setAside.map(
        ({ what, records, sample }) => `  ${counted(records, 'record')} (${sampleText(sample)}): ${SET_ASIDE[what]}.`,
      ),
    ],
  ];
}

function limitsPart({ formats }: FlowsReport, paint: Painter): (readonly string[])[] {
  return formats.flatMap(({ title, limits }) =>
    limits.length === 0 ? [] : [[paint.bold(`what ${title} cannot tell`), ...limits.map((limit) => `  ${limit}`)]],
  );
}

function summaryPart(report: FlowsReport, verbose: boolean): readonly string[] {
  const { found, logs, isPartial } = report;
  const said = FLOW_CLASSES.map((of) => ({ of, entries: found.entries.filter((entry) => entry.class === of) }))
    .filter(({ entries }) => entries.length > 0)
    .map(({ of, entries }) => countedAs(entries, SHORT[of]));
  const verdict =
    said.length > 0 ? said.join(', ') : saysNothing(found) ? NOTHING_TIED : 'Nothing against what is declared';
  const { flows, declared, records } = found.asDeclared;
  const aside = found.setAside.reduce((sum, one) => sum + one.records, 0);
  return [
    `${verdict}.${isPartial === true ? ' The log goes on.' : ''}`,
    `Read: ${counted(found.records, 'flow')} in ${counted(sumOf(logs), 'line')} of ${logs.map((log) => logText(log, isPartial)).join(', ')}${spanText(found.first, found.last)}.${
      found.against.graph
        ? ` ${counted(records, 'record')} passed as declared; ${flows} of ${counted(declared, 'declared flow')} seen.`
        : ''
    }`,
    ...(verbose || aside === 0
      ? []
      : [
          `${counted(aside, 'record')} set aside, as replies are; --verbose says which, and what these logs cannot tell.`,
        ]),
  ];
}

const NOTHING_TIED = 'Nothing of the logs could be tied to what is declared, so that they say nothing of it';

const SHORT: Readonly<Record<FlowEntry['class'], string>> = {
  undeclared: 'undeclared',
  'dropped-though-declared': 'dropped though declared',
  'would-be-dropped': 'would be dropped',
  'dropped-and-undeclared': 'dropped and undeclared',
};

/** Of a log that goes on the formats are not told yet. */
function logText({ name, formats }: FlowsReport['logs'][number], isPartial: boolean | undefined): string {
  if (formats.length === 0 && isPartial) return name;
  return `${name} (${formats.length === 0 ? 'no format recognised' : formats.join(', ')})`;
}

function sumOf(logs: FlowsReport['logs']): number {
  return logs.reduce((sum, { lines }) => sum + lines, 0);
}

function capital(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}
