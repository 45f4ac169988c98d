/** The values of a line of CSV as RFC 4180 has it, or with another separator; undefined where a quote is not closed. */
export function csvValues(line: string, separator: string): readonly string[] | undefined {
  const values: string[] = [];
  let at = 0;
  for (;;) {
    if (line.charCodeAt(at) === 0x22) {
      const end = closingQuote(line, at + 1);
      if (end === undefined || (end + 1 < line.length && line[end + 1] !== separator)) return undefined;
      values.push(line.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const end = line.indexOf(separator, at);
      values.push(line.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? line.length : end;
    }
    if (at >= line.length) return values;
    at++;
    if (at === line.length) return [...values, ''];
  }
}

function closingQuote(line: string, start: number): number | undefined {
  let at = line.indexOf('"', start);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at < 0 ? undefined : at;
}
