/** The name that comes nearest to a text, where one is near enough to be what was meant. */
export function nearestOf(text: string, others: readonly string[]): string | undefined {
  return nearOnes(text, others)[0];
}

/** All names that are near enough to be what was meant, the nearest first. */
export function nearOnes(text: string, others: readonly string[]): readonly string[] {
  return others
    .filter((other) => isNear(text, other))
    .map((other) => ({ other, distance: edits(text, other) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ other }) => other);
}

/** Whether one may be a slip for the other: few characters differ, or the one holds the other. */
export function isNear(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  return (
    edits(a, b) <= Math.max(1, Math.floor(longest / 3)) ||
    (Math.min(a.length, b.length) > 2 && (a.includes(b) || b.includes(a)))
  );
}

/** How many characters must be put in, taken out, changed, or swapped with their neighbour (optimal string alignment). */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let row = [...Array(b.length + 1).keys()];
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const isSwapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      next.push(
        Math.min(
          next[j] + 1,
          row[j + 1] + 1,
          row[j] + (b[j] === a[i] ? 0 : 1),
          isSwapped ? before[j - 1] + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
