import { type Change, type ChangeKind, type Differences, isWider } from '../analysis';
import { objectText } from '../kinds/manifest';
import { changeWords, isPath, verdictLine, whyWords } from './change-words';
import { counted } from './counted';
import { endWords } from './end-words';
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

/**
 * Differences as a comment on a pull request: the verdict, a small table of what opens, and the rest folded. Always under
 * 60,000 characters: rows that have no room are counted.
 */
export function differencesMarkdown(found: Differences): string {
  const opening = found.changes.filter(isSeen);
  const rest = [...opening.slice(SHOWN_ROWS), ...found.changes.filter((change) => !isSeen(change))];
  const head = [COMMENT_MARK, `**${verdictLine(found)}**`, ...engineLine(found)];
  const folds: Fold[] = [
    { title: counted(rest.length, 'further change'), table: true, rows: rest.map(row) },
    {
      title: `Requests that ${counted(found.requests.length, 'policy lets', 'policies let')} through`,
      rows: requestRows(found),
    },
    { title: counted(found.policies.length, 'policy changed', 'policies changed'), rows: policyRows(found) },
  ];
  const budget = new Budget(MOST_CHARACTERS - head.join('\n\n').length);
  const blocks = [
    ...tableBlock(opening.slice(0, SHOWN_ROWS).map(row), budget),
    ...folds.filter(({ rows }) => rows.length > 0).flatMap((fold) => foldBlock(fold, budget)),
  ];
  return `${[...head, ...blocks].join('\n\n')}\n`;
}

/** What opens among workloads that stayed, and to or from the internet whoever it is; the rest is folded. */
function isSeen(change: Change): boolean {
  return isWider(change.kind) && isPath(change) && (change.presence === 'stayed' || change.internet !== undefined);
}

interface Fold {
  readonly title: string;
  readonly table?: boolean;
  readonly rows: readonly string[];
}

/** Characters that are left. */
class Budget {
  constructor(private left: number) {}

  /** As many of the lines, from the first, as there is room for. */
  taken(lines: readonly string[]): readonly string[] {
    const kept: string[] = [];
    for (const line of lines) {
      if (line.length + 1 > this.left) break;
      this.left -= line.length + 1;
      kept.push(line);
    }
    return kept;
  }
}

/** What surrounds a table or a fold, with room for the sentence about what was left out. */
const FRAME = 400;

function engineLine({ engine }: Differences): string[] {
  return engine === undefined ? [] : [`The engine is ${code(engine.after)}, and was ${code(engine.before)}.`];
}

const TABLE_HEAD = ['| | From | To | What passes | Why |', '|---|---|---|---|---|'];

function tableBlock(rows: readonly string[], budget: Budget): string[] {
  if (rows.length === 0) return [];
  const kept = budget.taken(rows);
  budget.taken([' '.repeat(FRAME)]);
  return [[...TABLE_HEAD, ...kept].join('\n'), ...leftOut(rows.length - kept.length)];
}

function foldBlock({ title, table, rows }: Fold, budget: Budget): string[] {
  if (budget.taken([' '.repeat(FRAME)]).length === 0) return [];
  const kept = budget.taken(rows);
  const body = [...(table ? TABLE_HEAD : []), ...kept].join('\n');
  return [`<details><summary>${title}</summary>`, body, ...leftOut(rows.length - kept.length), '</details>'];
}

function leftOut(count: number): string[] {
  return count === 0
    ? []
    : [`${counted(count, 'more line has', 'more lines have')} no room here; the JSON has all of them.`];
}

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
