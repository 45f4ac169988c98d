import '@microsoft/jest-sarif';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from '../../lib/findings/fingerprint';
import { findingsAsGithub } from '../../lib/report/findings-github';
import { findingsAsGitlab } from '../../lib/report/findings-gitlab';
import { findingsAsJson } from '../../lib/report/findings-json';
import { findingsAsJunit } from '../../lib/report/findings-junit';
import { findingsAsMarkdown } from '../../lib/report/findings-markdown';
import type { FindingsReport } from '../../lib/report/findings-report';
import { findingsAsSarif } from '../../lib/report/findings-sarif';
import { findingsAsText } from '../../lib/report/findings-text';
import { MANIFESTS, reportOf } from './made-up';

/** Every part of a report has something in it: one finding was there before, and one that was is gone. */
function wholeReport(): FindingsReport {
  const { found } = reportOf(MANIFESTS);
  const before = found.filter(({ rule }) => rule === 'unknown-field');
  return reportOf(MANIFESTS, {
    baseline: [
      ...before.map(({ rule, place, fingerprint }) => ({ rule, object: place?.object ?? '', fingerprint })),
      { rule: 'made-up-owner', object: 'NetworkPolicy ai/left', fingerprint: 'no longer there' },
    ],
  });
}

/** Read before they are accepted: WRITE_GOLDEN=1 writes them. */
describe.each<readonly [file: string, (report: FindingsReport) => string]>([
  ['findings.txt', (report) => findingsAsText(report)],
  ['findings-40-columns.txt', (report) => findingsAsText(report, { columns: 40 })],
  ['findings.json', findingsAsJson],
  ['findings.sarif', findingsAsSarif],
  ['findings-junit.xml', findingsAsJunit],
  ['findings-github.txt', findingsAsGithub],
  ['findings.md', findingsAsMarkdown],
  ['findings-gitlab.json', findingsAsGitlab],
])('%s', (file, format) => {
  const path = join(__dirname, 'golden', file);

  it('is what the format makes of the report', () => {
    const text = format(wholeReport());
    if (process.env['WRITE_GOLDEN'] !== undefined) writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  it('is the same for findings in any order', () => {
    const report = wholeReport();
    const other = { ...report, found: marked([...report.found].reverse()) };
    expect(format(other)).toBe(format(report));
  });
});

test('SARIF of a whole report is valid by the schema of the standard.', () => {
  expect(JSON.parse(findingsAsSarif(wholeReport()))).toBeValidSarifLog();
});
