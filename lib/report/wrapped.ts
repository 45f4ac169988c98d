/** Narrower than this, breaking lines makes them harder to read. */
const NARROWEST = 24;

/**
 * The lines of a line in that many columns, each behind the indent, the later ones behind what the line begins with. Words
 * stay whole, so that names and code can be copied.
 */
export function wrapped(line: string, columns: number | undefined, indent: string): readonly string[] {
  const own = /^ */.exec(line)?.[0] ?? '';
  const [first = '', ...words] = line.slice(own.length).split(' ');
  const width = columns === undefined || columns < NARROWEST ? Number.POSITIVE_INFINITY : columns;
  const lines = [`${indent}${own}${first}`];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${own}${word}`);
  }
  return lines;
}
