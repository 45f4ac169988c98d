import type { MarkedFinding } from '../findings/fingerprint';
import type { FindingsReport } from './findings-report';
import { placeParts } from './findings-text';
import { codeMarkdown, plainMarkdown } from './markdown-escape';
import { sentences } from './sentences';
import { verdict } from './verdict';

/** For a pull request or a page: the verdict, a table of what was found, and folded what is accepted or was there before. */
export function findingsAsMarkdown(report: FindingsReport): string {
  const { found, acknowledged, baselined, gone } = report;
  const links = new Map(report.rules.flatMap(({ id, link }) => (link === undefined ? [] : [[id, link]])));
  const parts = [
    `**${verdict(report)}**`,
    ...(found.length === 0
      ? []
      : [
          table(
            ['', 'Rule', 'Where', 'What'],
            found.map((one) => row(one, links)),
          ),
        ]),
    ...folded(`${acknowledged.length} acknowledged`, acknowledged.length, () =>
      table(
        ['Rule', 'Where', 'Because'],
        acknowledged.map(({ finding, because }) => [
          ruleCell(finding.rule, links),
          place(finding),
          plainMarkdown(because),
        ]),
      ),
    ),
    ...folded(`${baselined.length} in the baseline`, baselined.length, () =>
      table(
        ['', 'Rule', 'Where', 'What'],
        baselined.map((one) => row(one, links)),
      ),
    ),
    ...folded(`${gone.length} of the baseline gone`, gone.length, () =>
      table(
        ['Rule', 'Object'],
        gone.map(({ rule, object }) => [plainMarkdown(rule), codeMarkdown(object)]),
      ),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function row(found: MarkedFinding, links: ReadonlyMap<string, string>): readonly string[] {
  return [
    found.level,
    ruleCell(found.rule, links),
    place(found),
    sentences(found).split('\n').map(plainMarkdown).join('<br>'),
  ];
}

function ruleCell(rule: string, links: ReadonlyMap<string, string>): string {
  const link = links.get(rule);
  return link === undefined ? plainMarkdown(rule) : `[${plainMarkdown(rule)}](${link})`;
}

function place(found: MarkedFinding): string {
  return placeParts(found).map(codeMarkdown).join('<br>');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function folded(title: string, count: number, body: () => string): string[] {
  return count === 0 ? [] : [`<details><summary>${title}</summary>\n\n${body()}\n\n</details>`];
}
