import { groupBy } from '../model/group-by';
import { counted } from '../report/counted';
import { csvRow } from '../report/csv';
import type { LeftKind, LeftOut } from './plan';

/** Up to so many are told one by one; of more, what is alike is counted, and the first of it told. */
const MOST_TOLD = 40;
/** So many policies, or reasons that are the same for many, are told of each kind. */
const MOST_GROUPS = 5;
/** So many of those that are alike are named. */
const MOST_NAMED = 3;

/** In the order in which they are told. */
const HEADINGS: Readonly<Record<LeftKind, string>> = {
  refused: 'refused as a declaration',
  'not-said': 'what no declaration says',
  'half-open': 'half open: one end lets it through by name, and the other does not',
  open: 'open, since no policy isolates that end',
  'no-tier': 'pods that no policy can bind alone',
  'by-address': 'allowed by address, where a name would be narrower',
  unused: 'taken over, and not used in the time of the log',
};

/** What was not taken over, for a person. */
export function leftOutText(left: readonly LeftOut[]): string {
  if (left.length <= MOST_TOLD)
    return `not taken over (${left.length})\n${left.map((each) => leftLines(each)).join('')}`;
  const kinds = groupBy(left, ({ kind }) => kind);
  const sections = (Object.keys(HEADINGS) as LeftKind[]).flatMap((kind) => section(kind, kinds.get(kind) ?? []));
  return `not taken over (${left.length}); every one is in ${LEFT_OUT_FILE} of the project\n${sections.join('')}`;
}

/** The file of an adopted project in which all of it is. */
export const LEFT_OUT_FILE = 'not-taken-over.csv';

/** All of it as CSV (RFC 4180), with a head. */
export function leftOutCsv(left: readonly LeftOut[]): string {
  return [
    csvRow(['kind', 'of', 'policy', 'what', 'to allow it']),
    ...left.map(({ kind, of, policy = '', what, line = '' }) => csvRow([kind, of, policy, what, line])),
  ].join('');
}

function section(kind: LeftKind, left: readonly LeftOut[]): readonly string[] {
  if (left.length === 0) return [];
  const groups = groupBy(left, ({ policy, what }) => policy ?? what);
  // What there is most of is told first; the sort keeps those with as many in their order.
  const largest = [...groups.values()].sort((a, b) => b.length - a.length);
  const rest = largest.slice(MOST_GROUPS);
  const more = rest.reduce((sum, group) => sum + group.length, 0);
  const noun = left[0].policy === undefined ? 'reason' : 'policy';
  return [
    `  ${HEADINGS[kind]} (${left.length})\n`,
    ...largest.slice(0, MOST_GROUPS).map(groupLines),
    ...(rest.length === 0
      ? []
      : [
          `    … and ${more} more, by ${counted(rest.length, `other ${noun}`, noun === 'policy' ? 'other policies' : 'other reasons')}\n`,
        ]),
  ];
}

function groupLines(group: readonly LeftOut[]): string {
  const [first, ...others] = group;
  if (others.length === 0) return leftLines(first, '    ');
  const by = first.policy === undefined ? '' : ` by ${first.policy}`;
  return `${leftLines(first, '    ')}      … and ${counted(others.length, 'more time')}${by}${placesOf(first, others)}\n`;
}

function placesOf(first: LeftOut, others: readonly LeftOut[]): string {
  const names = [...new Set(others.map(({ of }) => of))].filter((of) => of !== first.of);
  if (names.length === 0) return '';
  const named = names.slice(0, MOST_NAMED).join(', ');
  return `: ${named}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`;
}

function leftLines({ of, what, line }: LeftOut, indent = '  '): string {
  return `${indent}${of}: ${what}${line === undefined ? '' : `\n${indent}  to allow it: ${line}`}\n`;
}
