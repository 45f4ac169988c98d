import type { MarkedFinding } from '../findings/fingerprint';
import { printable, printableLines } from '../model/printable';
import { type FindingsReport, fails } from './findings-report';
import { placeText } from './findings-text';
import { inOneLine, sentences } from './sentences';

/**
 * For reports of tests: a suite a rule, a case a finding, and one that passes for a rule that found nothing. What fails the
 * check is a failure; the other findings are said in the output of a case that passes, the acknowledged ones are skipped.
 * Valid by the schemas that Jenkins publishes (`jenkins-junit.xsd`, `junit-10.xsd`): `npm run test:schemas`.
 */
export function findingsAsJunit(report: FindingsReport): string {
  const suites = report.rules.map(({ id, title }) => suite(id, title, report));
  const total = (kind: keyof Counts) => suites.reduce((sum, { counts }) => sum + counts[kind], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: report.tool.name, tests: total('tests'), failures: total('failures') })}>`,
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
        `<failure${attributes({ type: finding.level, message: inOneLine(finding) })}>${words(finding)}</failure>`,
      ),
    ),
    ...said.map((finding) => testCase(finding, `<system-out>${finding.level}: ${words(finding)}</system-out>`)),
    ...skipped.map(({ finding, because }) => testCase(finding, `<skipped>${escaped(because)}</skipped>`)),
  ];
  if (cases.length === 0) cases.push(`    <testcase${attributes({ classname: rule, name: title })}/>`);
  const counts = { tests: cases.length, failures: failing.length, skipped: skipped.length };
  // Some of the schemas want the number of errors, which are what went wrong in a test itself.
  const text = [`  <testsuite${attributes({ name: rule, ...counts, errors: 0 })}>`, ...cases, '  </testsuite>'].join(
    '\n',
  );
  return { text, counts };
}

/** The place is in the name: readers that hold reports against the schema refuse attributes for file and line. */
function testCase(finding: MarkedFinding, result: string): string {
  const at = attributes({ classname: finding.rule, name: placeText(finding) || finding.what });
  return [`    <testcase${at}>`, `      ${result}`, '    </testcase>'].join('\n');
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
