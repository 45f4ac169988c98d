import type { AcknowledgedFinding, GivenAcknowledgement } from '../findings/acknowledged';
import { type FoundProblem, findingLines, type Level } from '../findings/finding';
import { printable } from '../model/printable';
import { counted } from './counted';
import type { FindingsReport } from './findings-report';
import { type Painter, painterOf } from './paint';
import { sentences } from './sentences';
import { verdict } from './verdict';
import { wrapped } from './wrapped';

export interface TextOptions {
  /** Whether the terminal shows colours. @default false */
  readonly colour?: boolean;
  /** Width of the terminal; lines are as long as they are where it is not known. */
  readonly columns?: number;
  /** Whether what is acknowledged is listed, with the reasons, and not only counted. @default false */
  readonly acknowledged?: boolean;
  /** Whether notes are listed, and not only counted. @default true */
  readonly notes?: boolean;
}

/** For people at a terminal: a paragraph a finding, what was there before, and how many there are. */
export function findingsAsText(report: FindingsReport, options: TextOptions = {}): string {
  const { colour = false, columns, acknowledged = false, notes = true } = options;
  const paint = painterOf(colour);
  const links = new Map(report.rules.flatMap(({ id, link }) => (link === undefined ? [] : [[id, link]])));
  const listed = notes ? report.found : report.found.filter(({ level }) => level !== 'note');
  const paragraphs = [
    ...listed.map((found) => paragraph(found, links.get(found.rule), paint, columns)),
    ...(acknowledged ? report.acknowledged.map((one) => acknowledgedText(one, paint, columns)) : []),
    ...(acknowledged ? report.acknowledgedInCode.map((one) => inCodeText(one, paint, columns)) : []),
    ...goneText(report, columns),
    summary(report, listed.length < report.found.length ? 'Notes are listed with --verbose.' : undefined, columns),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function paragraph(found: FoundProblem, link: string | undefined, paint: Painter, columns: number | undefined): string {
  const { level, rule } = found;
  const head = headLines([paint[COLOURS[level]](level), paint.bold(rule)], [level, rule], placeParts(found), columns);
  const lines = findingLines(found).flatMap((line) => wrapped(line, columns, '  '));
  return [...head, ...lines, ...(link === undefined ? [] : [`  ${paint.faint(link)}`])].join('\n');
}

const COLOURS: Readonly<Record<Level, 'red' | 'yellow' | 'blue'>> = { error: 'red', warning: 'yellow', note: 'blue' };

/** All on one line, or below one another where the terminal is too narrow for that. */
function headLines(
  painted: readonly string[],
  plain: readonly string[],
  place: readonly string[],
  columns = Number.POSITIVE_INFINITY,
): readonly string[] {
  const isOneLine = [...plain, ...place].join('  ').length <= columns;
  return isOneLine ? [[...painted, ...place].join('  ')] : [painted.join('  '), ...place.map((part) => `  ${part}`)];
}

/** `manifests.yaml:14  NetworkPolicy models/vllm  spec.ingress[0]`: terminals open what is before the first space. */
export function placeText(found: FoundProblem): string {
  return placeParts(found).join('  ');
}

export function placeParts({ place, where }: Pick<FoundProblem, 'place' | 'where'>): readonly string[] {
  if (place === undefined) return where === undefined ? [] : [printable(where)];
  const { file, line, object, field } = place;
  const at = file === undefined || line === undefined ? file : `${file}:${line}`;
  return [at, object, field].filter((part) => part !== undefined).map(printable);
}

function acknowledgedText(
  { finding, because, acknowledgedAt }: AcknowledgedFinding,
  paint: Painter,
  columns: number | undefined,
): string {
  const words = ['acknowledged', finding.rule];
  const head = headLines([paint.faint(words[0]), paint.bold(words[1])], words, placeParts(finding), columns);
  const lines = [
    ...sentences(finding)
      .split('\n')
      .slice(0, finding.about === undefined ? 1 : 2),
    `Because: ${printable(because)} (${printable(acknowledgedAt)})`,
  ];
  return [...head, ...lines.flatMap((line) => wrapped(line, columns, '  '))].join('\n');
}

function inCodeText(
  { rule, because, place, where }: GivenAcknowledgement,
  paint: Painter,
  columns: number | undefined,
): string {
  const words = ['acknowledged in code', rule];
  const head = headLines([paint.faint(words[0]), paint.bold(words[1])], words, placeParts({ place, where }), columns);
  return [...head, ...wrapped(`Because: ${printable(because)}`, columns, '  ')].join('\n');
}

function goneText({ gone }: FindingsReport, columns: number | undefined): string[] {
  if (gone.length === 0) return [];
  const lines = gone.map(({ rule, object }) => printable(`  ${rule}  ${object}`));
  const head = `${counted(gone.length, 'finding')} of the baseline ${gone.length === 1 ? 'is' : 'are'} there no more. Write it again to keep it that way:`;
  return [[...wrapped(head, columns, ''), ...lines].join('\n')];
}

function summary(report: FindingsReport, more: string | undefined, columns: number | undefined): string {
  const { files, objects, policies } = report.reading;
  const read = [counted(files, 'file'), counted(objects, 'object'), counted(policies, 'policy', 'policies')];
  const sentences = [`${verdict(report)}. Read: ${read.join(', ')}.`, ...(more === undefined ? [] : [more])];
  return wrapped(sentences.join(' '), columns, '').join('\n');
}
