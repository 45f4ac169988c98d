import { FLOWS_ANNOTATION, parsedLine } from '../../graph/flow-lines';
import type { FieldPath } from '../../kinds/field';
import type { FieldDifference } from './json-difference';

/** Longest list of lines in one message: what is beyond is counted. */
const MOST_LINES = 6;

/**
 * What the annotation of a policy says otherwise than it is rendered, a line at a time; undefined for every other field, and
 * where there is no annotation at all.
 */
export function linesDifference({ path, rendered, written }: FieldDifference): string | undefined {
  if (!isFlows(path) || typeof rendered !== 'string' || typeof written !== 'string') return undefined;
  const wanted = rendered.split('\n');
  const there = written.split('\n');
  const strange = without(there, wanted);
  const told = [
    ...strange.map((line) => `${meaning(line)} is there, and is not rendered`),
    ...without(wanted, there).map((line) => `${meaning(line)} is missing, and is rendered`),
  ];
  if (told.length === 0) return `the lines of ${FLOWS_ANNOTATION} are in another order`;
  const rest = told.length - MOST_LINES;
  return [
    `in ${FLOWS_ANNOTATION}, ${told.slice(0, MOST_LINES).join(', ')}`,
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join(', ');
}

function isFlows(path: FieldPath): boolean {
  return path.length === 3 && path[1] === 'annotations' && path[2] === FLOWS_ANNOTATION;
}

/** The line, with what it is: one that nobody of us writes is named so. */
function meaning(line: string): string {
  if (line === '') return 'an empty line';
  const kind = parsedLine(line)?.kind;
  if (kind === undefined) return `${JSON.stringify(line)} (no line of a flow)`;
  return `${kind === 'in' || kind === 'out' ? 'the flow' : 'the remark'} ${JSON.stringify(line)}`;
}

/** The lines of `a` that `b` lacks, each as often as it lacks it. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of b) left.set(line, (left.get(line) ?? 0) + 1);
  return a.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
