import type { AcknowledgedFinding } from '../findings/acknowledged';
import type { KnownFinding } from '../findings/baseline';
import type { MarkedFinding } from '../findings/fingerprint';
import { counted } from './counted';
import type { FindingsReport } from './findings-report';
import { placeParts } from './findings-text';
import { codeMarkdown, plainMarkdown } from './markdown-escape';
import { sentences } from './sentences';
import { verdict } from './verdict';

/** For a pull request or a page: the verdict, a table of errors and warnings, and folded what weighs less. */
export function findingsAsMarkdown(report: FindingsReport): string {
  const { found, acknowledged, baselined, gone } = report;
  const links = new Map(report.rules.flatMap(({ id, link }) => (link === undefined ? [] : [[id, link]])));
  const notes = found.filter(({ level }) => level === 'note');
  const others = found.filter(({ level }) => level !== 'note');
  const parts = [
    `**${verdict(report)}**`,
    ...(others.length === 0 ? [] : [findingsTable(others, links)]),
    ...folded(counted(notes.length, 'note'), notes, () => findingsTable(notes, links)),
    ...folded(`${acknowledged.length} acknowledged`, acknowledged, () => acknowledgedTable(acknowledged, links)),
    ...folded(`${baselined.length} in the baseline`, baselined, () => findingsTable(baselined, links)),
    ...folded(`${gone.length} of the baseline gone`, gone, () => goneTable(gone)),
  ];
  return `${parts.join('\n\n')}\n`;
}

type Links = ReadonlyMap<string, string>;

function findingsTable(found: readonly MarkedFinding[], links: Links): string {
  return table(
    ['', 'Rule', 'Where', 'What'],
    found.map((one) => row(one, links)),
  );
}

function acknowledgedTable(acknowledged: readonly AcknowledgedFinding[], links: Links): string {
  return table(
    ['Rule', 'Where', 'Because'],
    acknowledged.map(({ finding, because }) => [ruleCell(finding.rule, links), place(finding), plainMarkdown(because)]),
  );
}

function goneTable(gone: readonly KnownFinding[]): string {
  return table(
    ['Rule', 'Object'],
    gone.map(({ rule, object }) => [plainMarkdown(rule), codeMarkdown(object)]),
  );
}

function row(found: MarkedFinding, links: Links): readonly string[] {
  return [
    found.level,
    ruleCell(found.rule, links),
    place(found),
    sentences(found).split('\n').map(plainMarkdown).join('<br>'),
  ];
}

function ruleCell(rule: string, links: Links): string {
  const link = links.get(rule);
  return link === undefined ? plainMarkdown(rule) : `[${plainMarkdown(rule)}](${link})`;
}

function place(found: MarkedFinding): string {
  return placeParts(found).map(codeMarkdown).join('<br>');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function folded(title: string, list: readonly unknown[], body: () => string): string[] {
  return list.length === 0 ? [] : [`<details><summary>${title}</summary>\n\n${body()}\n\n</details>`];
}
