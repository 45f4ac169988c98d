/** How many changes of a sort there are. */
export interface ChangeCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly nodes: number;
}

/** Changes of a graph as Markdown: a sentence, and a block in which sites colour what went and what came. */
export function markdown(counts: ChangeCounts, lines: readonly string[]): string {
  if (lines.length === 0) return 'The policy graph is the same.\n';
  const fence = '`'.repeat(Math.max(3, longestRun(lines) + 1));
  return [summary(counts), '', `${fence}diff`, ...lines, fence, ''].join('\n');
}

function summary({ added, removed, changed, nodes }: ChangeCounts): string {
  const flows = [
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'changed'],
  ] as const;
  const parts = [
    ...flows.filter(([count]) => count > 0).map(([count, what]) => `${counted(count, 'flow')} ${what}`),
    ...(nodes > 0 ? [`${counted(nodes, 'change')} of what flows refer to`] : []),
  ];
  return `Policy graph: ${parts.join(', ')}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Of backticks, so that no reason ends the block. */
function longestRun(lines: readonly string[]): number {
  return lines.flatMap((line) => line.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
}
