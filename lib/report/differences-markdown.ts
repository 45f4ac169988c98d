import { type Change, type ChangeKind, type Differences, isWider } from '../analysis';
import { objectText } from '../kinds/manifest';
import { changeWords, isPath, verdictLine, whyWords } from './change-words';
import { counted } from './counted';
import { endWords } from './end-words';
import { Budget, type Fold, foldBlock, tableBlock } from './folded-markdown';
import { codeMarkdown, plainMarkdown } from './markdown-escape';

/** How sites that keep one comment for each pull request find it again. */
export const COMMENT_MARK = '<!-- cdk8s-zero-trust: differences -->';

/** A comment of GitHub takes 65,536 characters; what is put around this one has room as well. */
const MOST_CHARACTERS = 58_000;
/** Rows that are seen without a click. */
const SHOWN_ROWS = 15;

const NAMES: Readonly<Record<ChangeKind, string>> = {
  added: 'new',
  widened: 'wider',
  changed: 'other ports',
  surer: 'more certain',
  'less-sure': 'less certain',
  narrowed: 'narrower',
  removed: 'lost',
};

/** What stands in a comment beside differences. */
export interface Beside {
  /** Further parts of the verdict. */
  readonly verdict: readonly string[];
  /** Blocks at the end, which have their room first. */
  readonly end: readonly string[];
}

/**
 * Differences as a comment on a pull request: the verdict, a small table of what opens, and the rest folded. Always under
 * 60,000 characters: rows that have no room are counted.
 */
export function differencesMarkdown(found: Differences, { verdict, end }: Beside = { verdict: [], end: [] }): string {
  const opening = found.changes.filter(isSeen);
  const rest = [...opening.slice(SHOWN_ROWS), ...found.changes.filter((change) => !isSeen(change))];
  const head = [COMMENT_MARK, `**${[verdictLine(found), ...verdict].join('; ')}**`, ...engineLine(found)];
  const folds: Fold[] = [
    { title: counted(rest.length, 'further change'), head: TABLE_HEAD, rows: rest.map(row) },
    {
      title: `Requests that ${counted(found.requests.length, 'policy lets', 'policies let')} through`,
      rows: requestRows(found),
    },
    { title: counted(found.policies.length, 'policy changed', 'policies changed'), rows: policyRows(found) },
  ];
  const budget = new Budget(MOST_CHARACTERS - [...head, ...end].join('\n\n').length);
  const blocks = [
    ...tableBlock(TABLE_HEAD, opening.slice(0, SHOWN_ROWS).map(row), budget),
    ...folds.flatMap((fold) => foldBlock(fold, budget)),
  ];
  return `${[...head, ...blocks, ...end].join('\n\n')}\n`;
}

/** What opens among workloads that stayed, and to or from the internet whoever it is; the rest is folded. */
function isSeen(change: Change): boolean {
  return isWider(change.kind) && isPath(change) && (change.presence === 'stayed' || change.internet !== undefined);
}

function engineLine({ engine }: Differences): string[] {
  return engine === undefined ? [] : [`The engine is ${code(engine.after)}, and was ${code(engine.before)}.`];
}

const TABLE_HEAD = ['| | From | To | What passes | Why |', '|---|---|---|---|---|'];

function row(change: Change): string {
  const { kind, from, to, presence, paths } = change;
  const who = presence === 'came' ? 'new workload' : presence === 'went' ? 'workload gone' : NAMES[kind];
  const many = paths > 1 ? ` (${paths} paths)` : '';
  const cells = [
    who,
    code(endWords(from)),
    code(endWords(to)),
    `${code(changeWords(change))}${many}`,
    plainMarkdown(shortened(whyWords(change))),
  ];
  return `| ${cells.join(' | ')} |`;
}

function requestRows({ requests }: Differences): string[] {
  return requests.flatMap(({ policy, gone, come }) => [
    `- ${code(objectText(policy))}`,
    ...gone.map((text) => `  - removed ${code(text)}`),
    ...come.map((text) => `  - added ${code(text)}`),
  ]);
}

function policyRows({ policies }: Differences): string[] {
  return policies.map(({ change, policy }) => `- ${code(objectText(policy))} ${change}`);
}

function code(text: string): string {
  return codeMarkdown(shortened(text));
}

/** A cell of a table has at most this much of a text. */
const LONGEST = 300;

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
