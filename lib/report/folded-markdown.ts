import { counted } from './counted';

/** Something that is read after a click. */
export interface Fold {
  readonly title: string;
  /** The lines above rows that make them a table. @default none */
  readonly head?: readonly string[];
  readonly rows: readonly string[];
}

/** Characters that are left. */
export class Budget {
  public constructor(private left: number) {}

  /** As many of the lines, from the first, as there is room for. */
  public taken(lines: readonly string[]): readonly string[] {
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

/** A table with as many rows as there is room for; the others are counted. */
export function tableBlock(head: readonly string[], rows: readonly string[], budget: Budget): string[] {
  if (rows.length === 0) return [];
  const kept = budget.taken(rows);
  budget.taken([' '.repeat(FRAME)]);
  return [[...head, ...kept].join('\n'), ...leftOut(rows.length - kept.length)];
}

/** The same folded; nothing where there is no room for a fold. */
export function foldBlock({ title, head = [], rows }: Fold, budget: Budget): string[] {
  if (rows.length === 0 || budget.taken([' '.repeat(FRAME)]).length === 0) return [];
  const kept = budget.taken(rows);
  const body = [...head, ...kept].join('\n');
  return [`<details><summary>${title}</summary>`, body, ...leftOut(rows.length - kept.length), '</details>'];
}

function leftOut(count: number): string[] {
  return count === 0
    ? []
    : [`${counted(count, 'more line has', 'more lines have')} no room here; the JSON has all of them.`];
}
