import '@microsoft/jest-sarif';
import { ACKNOWLEDGEMENT_UNUSED } from '../../lib/findings/acknowledgement-unused';
import type { FoundProblem } from '../../lib/findings/finding';
import { marked } from '../../lib/findings/fingerprint';
import { findingsAsGithub } from '../../lib/report/findings-github';
import { findingsAsGitlab } from '../../lib/report/findings-gitlab';
import { findingsAsJson } from '../../lib/report/findings-json';
import { findingsAsJunit } from '../../lib/report/findings-junit';
import { findingsAsMarkdown } from '../../lib/report/findings-markdown';
import type { FindingsReport } from '../../lib/report/findings-report';
import { findingsAsSarif } from '../../lib/report/findings-sarif';
import { findingsAsText } from '../../lib/report/findings-text';
import { HOSTILE } from './hostile';
import { TOOL } from './made-up';

/** A report in which every text that comes from manifests is the same one. */
function reportWith(text: string): FindingsReport {
  const words: FoundProblem = {
    rule: 'some-rule',
    level: 'error',
    what: text,
    why: text,
    about: text,
    value: text,
    allowed: text,
    fix: text,
    where: text,
    place: { file: `a/${text}.yaml`, line: 7, object: `NetworkPolicy ns/${text}`, field: `spec['${text}']` },
  };
  const [finding] = marked([words]);
  return {
    found: [finding],
    acknowledged: [{ finding, because: text, by: 'settings', acknowledgedAt: text }],
    acknowledgedInCode: [
      { rule: 'some-rule', because: text, by: 'code', object: text, file: text, where: text, place: { file: text } },
    ],
    baselined: [finding],
    gone: [{ rule: 'some-rule', object: text, fingerprint: text }],
    rules: [{ title: 'some rule', ...ACKNOWLEDGEMENT_UNUSED, id: 'some-rule', link: 'https://example.com/#some-rule' }],
    reading: { paths: [text], files: 1, objects: 1, policies: 1 },
    folder: '/work',
    tool: TOOL,
    failsFrom: 'error',
  };
}

const PLAIN = reportWith('plain words');

/** Control characters, separators and marks of direction, but for lines of our own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202e]/;

describe.each(Object.entries(HOSTILE))('%s in names, reasons and paths', (_, text) => {
  const report = reportWith(text);

  it('gives a terminal nothing to obey, and no line of its own', () => {
    const said = findingsAsText(report, { acknowledged: true });
    expect(said).not.toMatch(OBEYED);
    // A fix may have lines; they are indented.
    const begin = said.split('\n').filter((line) => /^\S/.test(line));
    expect(begin).toHaveLength(
      findingsAsText(PLAIN, { acknowledged: true })
        .split('\n')
        .filter((line) => /^\S/.test(line)).length,
    );
  });

  it('stays inside the values of JSON', () => {
    const { findings } = JSON.parse(findingsAsJson(report));
    expect(findings[0]).toMatchObject({ rule: 'some-rule', what: text });
    const [issue] = JSON.parse(findingsAsGitlab(report));
    expect(Object.keys(issue)).toEqual(['description', 'check_name', 'fingerprint', 'severity', 'location']);
    expect(issue.location.path).not.toMatch(OBEYED);
  });

  it('is SARIF by its schema, with an address that can be read', () => {
    const log = JSON.parse(findingsAsSarif(report));
    expect(log).toBeValidSarifLog();
    for (const { locations } of log.runs[0].results) {
      const { uri } = locations[0].physicalLocation.artifactLocation;
      expect(uri).toMatch(/^[\w.~!*'()/%-]+$/);
      expect(decodeURIComponent(uri)).toMatch(/^a\//);
    }
  });

  it('is text in XML', () => {
    const xml = findingsAsJunit(report);
    expect(xml).not.toMatch(OBEYED);
    expect(xml).not.toMatch(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
    expect(tagsOf(xml)).toEqual(tagsOf(findingsAsJunit(PLAIN)));
  });

  it('is one command of a runner, with the properties that are ours', () => {
    const lines = findingsAsGithub(report).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^::error file=[^:,]*,line=7,title=[^:,]*::[^\r\n]*$/);
  });

  it('begins nothing in Markdown', () => {
    // A fix may have lines, and the verdict is of our words.
    const parts = (of: FindingsReport) => findingsAsMarkdown(of).replaceAll('<br>', '').split('\n').slice(1);
    const [markdown, plain] = [parts(report), parts(PLAIN)];
    expect(markdown.map((line) => line.match(/<[^>]*>/g))).toEqual(plain.map((line) => line.match(/<[^>]*>/g)));
    expect(markdown.map(cellsOf)).toEqual(plain.map(cellsOf));
    expect(markdown.map((line) => line.match(/(?<!\\)(?:\\\\)*\]\(/g))).toEqual(
      plain.map((line) => line.match(/\]\(/g)),
    );
    expect(markdown.join('\n').replaceAll('https://example.com/#some-rule', '')).not.toMatch(ACTIVE);
  });
});

/** What makes links, mentions, code, emphasis and formulas, unless a backslash stands before it. */
const ACTIVE = /:\/\/|@|www\.|(?<!\\)(?:\\\\)*[`*_~$]/;

/** Tags without what is in their attributes; all `<` must be those of tags. */
function tagsOf(xml: string): string[] {
  const tag = /<[/?]?[\w-]+(?: [\w-]+="[^"<]*")*[/?]?>/g;
  expect(xml.replace(tag, '')).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
  return (xml.match(tag) ?? []).map((each) => each.replace(/"[^"]*"/g, '""'));
}

/** How many cells a line of a table has. */
function cellsOf(line: string): number {
  return line.split(/(?<!\\)(?:\\\\)*\|/).length;
}
