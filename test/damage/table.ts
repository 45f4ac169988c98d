import { join } from 'node:path';
import type { Row } from './tally';

/** The document that has the table, and where in it. */
export const QUALITY = join(__dirname, '../../docs/quality.md');
const BEGIN = '<!-- begin: written by `npm run test:damage` -->';
const END = '<!-- end: damage -->';

export interface Run {
  readonly seed: number;
  readonly subjects: number;
  /** Sets of manifests, of which no two are the same. */
  readonly different: number;
}

/** The document with its table written anew. */
export function withTable(document: string, rows: readonly Row[], { seed, subjects, different }: Run): string {
  const { begin, end } = placeIn(document);
  const summary = `Seed ${seed}, ${subjects} declarations, ${different} sets of manifests of which no two are the same.`;
  return `${document.slice(0, begin)}\n\n${tableOf(rows)}\n\n${summary}\n\n${document.slice(end)}`;
}

/** The rows of the table in the document: the name of the operator, then times, caught, refused and harmless. */
export function rowsIn(document: string): { readonly name: string; readonly figures: readonly number[] }[] {
  const { begin, end } = placeIn(document);
  const lines = document.slice(begin, end).split('\n');
  return lines
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', ...cells]) => ({ name, figures: cells.slice(0, -1).map(Number) }));
}

function tableOf(rows: readonly Row[]): string {
  return [
    '| operator | times | caught | refused | harmless |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ operator, times, counts: { caught, refused, harmless } }) =>
        `| ${[operator.name, times, caught, refused, harmless].join(' | ')} |`,
    ),
  ].join('\n');
}

function placeIn(document: string): { readonly begin: number; readonly end: number } {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/quality.md has no place for the table of damage');
  return { begin: begin + BEGIN.length, end };
}
