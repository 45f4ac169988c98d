import type { Field, FieldFinding } from './field';

/** A row for each chart: what was read, what was found, what it took. */
export function fieldTable(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ name, version = '', objects, policies, findings, seconds, crashes }) =>
      `| ${[name, version, objects, policies, byRule(findings), seconds.toFixed(1), crashes.length].join(' | ')} |`,
  );
  const total = fields.flatMap(({ findings }) => findings);
  return [
    '| chart | version | objects | policies | findings by rule | seconds of CPU | crashes |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `${fields.length} renders, ${total.length} findings: ${byRule(total)}.`,
    '',
  ].join('\n');
}

/** Each finding in a line, by rule, for who judges them. */
export function findingsText(fields: readonly Field[]): string {
  return fields
    .flatMap(({ name, findings }) => findings.map((finding) => findingLine(name, finding)))
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

function findingLine(name: string, { level, rule, object = '', line, what }: FieldFinding): string {
  return [rule, level, name, line ?? '', object, what.replaceAll('\n', ' ')].join('\t');
}

function byRule(findings: readonly FieldFinding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([rule, count]) => `${rule} ${count}`)
    .join(', ');
}
