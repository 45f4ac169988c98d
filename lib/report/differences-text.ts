import type { Change, ChangeKind, Differences } from '../analysis';
import { objectText } from '../kinds/manifest';
import { groupBy } from '../model/group-by';
import { printable } from '../model/printable';
import { causeWords, changeWords, verdictLine, whyWords } from './change-words';
import { counted } from './counted';
import { endWords, workloadsWords } from './end-words';

const MARKS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  widened: '>',
  changed: '~',
  surer: '!',
  'less-sure': '?',
  narrowed: '<',
  removed: '-',
};

const HEADINGS: Readonly<Record<ChangeKind, string>> = {
  added: 'new paths',
  widened: 'wider',
  changed: 'other ports',
  surer: 'the same, more certainly',
  'less-sure': 'the same, less certainly',
  narrowed: 'narrower',
  removed: 'lost',
};

/** How much of differences is told. */
export interface DifferencesTold {
  /** Of more changes of one kind, those of a policy are counted, and the first of them told. @default all are told */
  readonly most?: number;
}

/** Differences for a person: the verdict, then what opens, then the rest; one line for paths that are alike. */
export function differencesText(found: Differences, { most = Number.POSITIVE_INFINITY }: DifferencesTold = {}): string {
  const sections = [
    ...engineLines(found),
    ...sectionsOf(found.changes, 'stayed', most, (kind) => HEADINGS[kind]),
    ...sectionsOf(found.changes, 'came', most, () => 'paths of new workloads'),
    ...sectionsOf(found.changes, 'went', most, () => 'paths of workloads that are gone'),
    ...requestLines(found),
    ...policyLines(found, most),
    ...workloadLines(found),
  ];
  return [verdictLine(found), ...sections.map(({ heading, lines }) => [heading, ...lines].join('\n  '))]
    .map((text) => `${text}\n`)
    .join('\n');
}

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

function engineLines({ engine }: Differences): Section[] {
  return engine === undefined ? [] : [{ heading: 'engine', lines: [`${engine.before} -> ${engine.after}`] }];
}

function sectionsOf(
  changes: readonly Change[],
  presence: Change['presence'],
  most: number,
  headingOf: (kind: ChangeKind) => string,
): Section[] {
  const all = changes.filter((change) => change.presence === presence);
  return [...groupBy(all, ({ kind }) => headingOf(kind))].map(([heading, own]) => ({
    heading,
    lines: own.length <= most ? own.flatMap(changeLines) : firstLines(own, most),
  }));
}

/** The first change of the policies behind most of them, and how many more there are by each, and by the others. */
function firstLines(changes: readonly Change[], most: number): readonly string[] {
  // The sort keeps causes of as many changes in the order of their first.
  const largest = [...groupBy(changes, mainCause)].sort(([, a], [, b]) => b.length - a.length);
  const rest = largest.slice(most).flatMap(([, own]) => own);
  return [
    ...largest
      .slice(0, most)
      .flatMap(([cause, [first, ...others]]) => [
        ...changeLines(first),
        ...(others.length === 0
          ? []
          : [`    … and ${counted(others.length, 'more change')} by ${cause}${pathsOf(others)}`]),
      ]),
    ...(rest.length === 0
      ? []
      : [
          `… and ${counted(rest.length, 'more change')} by ${counted(largest.length - most, 'other cause')}${pathsOf(rest)}`,
        ]),
  ];
}

/** What went before what came: that is what a reader knows. */
function mainCause({ causes }: Change): string {
  const main = causes.find((cause) => cause.kind === 'policy' && cause.change === 'removed') ?? causes[0];
  return main === undefined ? 'what is not known' : causeWords(main);
}

function pathsOf(changes: readonly Change[]): string {
  const paths = changes.reduce((sum, change) => sum + change.paths, 0);
  return paths > changes.length ? ` (${paths} paths)` : '';
}

function changeLines(change: Change): string[] {
  const { from, to, kind, paths } = change;
  const many = paths > 1 ? ` (${paths} paths)` : '';
  const why = whyWords(change);
  return [
    `${MARKS[kind]} ${endWords(from)} -> ${endWords(to)} ${changeWords(change)}${many}`,
    ...(why === '' ? [] : [`    ${why}`]),
  ];
}

function requestLines({ requests }: Differences): Section[] {
  const lines = requests.flatMap(({ policy, gone, come }) => [
    objectText(policy),
    ...gone.map((text) => `  - ${printable(text)}`),
    ...come.map((text) => `  + ${printable(text)}`),
  ]);
  return lines.length === 0 ? [] : [{ heading: 'requests', lines }];
}

/** Policies that are behind no path: told, since what they say takes effect once something else changes. */
function policyLines({ policies, changes, requests }: Differences, most: number): Section[] {
  const behind = new Set([
    ...changes.flatMap(({ causes }) => causes.flatMap((it) => (it.kind === 'policy' ? [objectText(it.policy)] : []))),
    ...requests.map(({ policy }) => objectText(policy)),
  ]);
  const lines = policies
    .filter(({ policy }) => !behind.has(objectText(policy)))
    .map(({ policy, change }) => `${objectText(policy)} ${change}`);
  const told = lines.length <= most ? lines : [...lines.slice(0, most), `… and ${lines.length - most} more`];
  return lines.length === 0 ? [] : [{ heading: 'policies that change no path', lines: told }];
}

function workloadLines({ workloads: { added, removed } }: Differences): Section[] {
  const lines = [
    ...(added.length > 0 ? [`+ ${workloadsWords(added)}`] : []),
    ...(removed.length > 0 ? [`- ${workloadsWords(removed)}`] : []),
  ];
  return lines.length === 0 ? [] : [{ heading: 'workloads', lines }];
}
