import type { MarkedFinding } from '../findings/fingerprint';
import { printable, printableLines } from '../model/printable';
import { type FindingsReport, fails } from './findings-report';
import { placeText } from './findings-text';
import { relativePath } from './relative-path';
import { inOneLine, sentences } from './sentences';

/**
 * For reports of tests: a suite a rule, a case a finding, and one that passes for a rule that found nothing. What fails the
 * check is a failure; the other findings are said in the output of a case that passes, the acknowledged ones are skipped.
 */
export function findingsAsJunit(report: FindingsReport): string {
  const suites = report.rules.map(({ id, title }) => suite(id, title, report));
  const total = (kind: keyof Counts) => suites.reduce((sum, { counts }) => sum + counts[kind], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: report.tool.name, tests: total('tests'), failures: total('failures'), skipped: total('skipped') })}>`,
    ...suites.map(({ text }) => text),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

function suite(
  rule: string,
  title: string,
  report: FindingsReport,
): { readonly text: string; readonly counts: Counts } {
  const isOf = (finding: MarkedFinding) => finding.rule === rule;
  const { folder } = report;
  const failing = report.found.filter(isOf).filter(({ level }) => fails(level, report.failsFrom));
  const said = [
    ...report.found.filter(isOf).filter(({ level }) => !fails(level, report.failsFrom)),
    ...report.baselined.filter(isOf),
  ];
  const skipped = report.acknowledged.filter(({ finding }) => isOf(finding));
  const cases = [
    ...failing.map((finding) =>
      testCase(
        finding,
        folder,
        `<failure${attributes({ type: finding.level, message: inOneLine(finding) })}>${words(finding)}</failure>`,
      ),
    ),
    ...said.map((finding) => testCase(finding, folder, `<system-out>${finding.level}: ${words(finding)}</system-out>`)),
    ...skipped.map(({ finding, because }) =>
      testCase(finding, folder, `<skipped${attributes({ message: because })}/>`),
    ),
  ];
  if (cases.length === 0) cases.push(`    <testcase${attributes({ classname: rule, name: title })}/>`);
  const counts = { tests: cases.length, failures: failing.length, skipped: skipped.length };
  const text = [`  <testsuite${attributes({ name: rule, ...counts })}>`, ...cases, '  </testsuite>'].join('\n');
  return { text, counts };
}

function testCase(finding: MarkedFinding, folder: string, result: string): string {
  const { rule, place: { file, line } = {}, what } = finding;
  const name = placeText(finding) || what;
  const at = {
    classname: rule,
    name,
    ...(file !== undefined && { file: relativePath(file, folder) }),
    ...(line !== undefined && { line }),
  };
  return [`    <testcase${attributes(at)}>`, `      ${result}`, '    </testcase>'].join('\n');
}

function words(finding: MarkedFinding): string {
  return escaped(sentences(finding));
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(printable(String(value)))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no way to write most control characters, so they are written as escapes before. */
function escaped(text: string): string {
  return printableLines(text)
    .replace(/[&<>"]/g, (character) => ENTITIES[character])
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
