import type { Change, ChangeKind, Differences } from '../analysis';
import { objectText } from '../kinds/manifest';
import { printable } from '../model/printable';
import { changeWords, verdictLine, whyWords } from './change-words';
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

/** Differences for a person: the verdict, then what opens, then the rest; one line for paths that are alike. */
export function differencesText(found: Differences): string {
  const sections = [
    ...engineLines(found),
    ...sectionsOf(found.changes, 'stayed', (kind) => HEADINGS[kind]),
    ...sectionsOf(found.changes, 'came', () => 'paths of new workloads'),
    ...sectionsOf(found.changes, 'went', () => 'paths of workloads that are gone'),
    ...requestLines(found),
    ...policyLines(found),
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
  headingOf: (kind: ChangeKind) => string,
): Section[] {
  const lines = new Map<string, string[]>();
  for (const change of changes) {
    if (change.presence !== presence) continue;
    const heading = headingOf(change.kind);
    const known = lines.get(heading) ?? [];
    lines.set(heading, known);
    known.push(...changeLines(change));
  }
  return [...lines].map(([heading, own]) => ({ heading, lines: own }));
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
function policyLines({ policies, changes, requests }: Differences): Section[] {
  const told = new Set([
    ...changes.flatMap(({ causes }) => causes.flatMap((it) => (it.kind === 'policy' ? [objectText(it.policy)] : []))),
    ...requests.map(({ policy }) => objectText(policy)),
  ]);
  const lines = policies
    .filter(({ policy }) => !told.has(objectText(policy)))
    .map(({ policy, change }) => `${objectText(policy)} ${change}`);
  return lines.length === 0 ? [] : [{ heading: 'policies that change no path', lines }];
}

function workloadLines({ workloads: { added, removed } }: Differences): Section[] {
  const lines = [
    ...(added.length > 0 ? [`+ ${workloadsWords(added)}`] : []),
    ...(removed.length > 0 ? [`- ${workloadsWords(removed)}`] : []),
  ];
  return lines.length === 0 ? [] : [{ heading: 'workloads', lines }];
}
