import { existsSync } from 'node:fs';
import { CHECKS, type Check, seenOf } from '../../checks';
import { ACKNOWLEDGEMENT_UNUSED } from '../../findings/acknowledgement-unused';
import { baselineText, type KnownFinding } from '../../findings/baseline';
import { RULES_ALLOWED } from '../../findings/unknown-rule';
import { UNREAD_RULES } from '../../findings/unread-rules';
import { checked } from '../../report/checked';
import { counted } from '../../report/counted';
import { type FindingsReport, infoOfCheck, isFailed } from '../../report/findings-report';
import { rulesAsText } from '../../report/rules-text';
import { thisTool } from '../../report/this-tool';
import { BASELINE_FILE, readBaselineFile } from '../../settings/baseline-file';
import { knownRules } from '../../settings/known-rules';
import { FAIL_ON, type FailOn, type Settings } from '../../settings/settings';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import { FINDINGS_FORMATS, printedFindings } from '../findings-printed';
import type { Io } from '../io';
import { assumptionsOf, type ManifestsGiven, readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { inFolder } from '../paths';
import { Progress } from '../progress';
import { unknownName, usageError } from '../usage-error';
import { writeFiles } from '../written-files';

export const check: Command = checkOf(CHECKS);

/** The command with these rules. */
export function checkOf(checks: readonly Check[]): Command {
  return {
    name: 'check',
    summary: 'findings of all rules: what is wrong, or allowed and probably not meant',
    usage: 'check [paths...]',
    examples: [
      'cdk8s-zero-trust check dist/',
      'helm template charts/agents | cdk8s-zero-trust check -',
      'cdk8s-zero-trust check dist/ --fail-on warning --format sarif --output findings.sarif --format text',
      'cdk8s-zero-trust check dist/ --write-baseline',
      'cdk8s-zero-trust check --list-rules',
    ],
    options: [
      {
        flags: '--fail-on <level>',
        description: `the least weight that fails: ${FAIL_ON.join(', ')} (default: that of the settings, or error)`,
        choices: FAIL_ON,
      },
      { flags: '--rule <id>', description: 'asks this rule and no other; repeatable', isRepeatable: true },
      { flags: '--skip <id>', description: 'leaves this rule out; repeatable', isRepeatable: true },
      { flags: '--acknowledged', description: 'lists what is acknowledged too, with the reasons' },
      {
        flags: '--baseline <file>',
        description: `what was there before and fails no more (default: that of the settings, or ${BASELINE_FILE} where it is there)`,
      },
      {
        flags: '--write-baseline [file]',
        description: 'writes what is found as the baseline, to the file that --baseline would read, or to this one',
      },
      { flags: '--list-rules', description: 'prints every rule, and reads nothing' },
    ],
    reads: 'arguments',
    formats: FINDINGS_FORMATS,
    notes: [
      'Notes are counted; --verbose and --fail-on note list them, and every format but text has them.',
      'A finding is accepted with a reason: on the object, as the annotation cdk8s-zero-trust/acknowledge with a line for each rule (dns-over-udp-only: the resolver is old), or in zero-trust.yaml.',
    ],
    run: (given, io) => (given.has('list-rules') ? listRules(checks, given, io) : runCheck(checks, given, io)),
  };
}

function listRules(checks: readonly Check[], given: Given, io: Io): ExitCode {
  const infos = checks.map(infoOfCheck);
  const formats = {
    text: () => rulesAsText(infos, columnsOf(io)),
    json: () => `${JSON.stringify({ rules: infos }, undefined, 2)}\n`,
  };
  const other = given.outputs.find(({ format }) => !Object.hasOwn(formats, format));
  if (other !== undefined) throw unknownName('format of rules', other.format, Object.keys(formats));
  printed(given, io, formats);
  return ExitCode.YES;
}

async function runCheck(checks: readonly Check[], given: Given, io: Io): Promise<ExitCode> {
  const rules = [...new Set([...checks.map(({ id }) => id), ...knownRules()])].sort();
  const isAsked = askedRules([...rules, ...OF_ACKNOWLEDGEMENTS], given);
  const progress = new Progress(given, io);
  const manifests = await readManifestsGiven(given, io, { unreliable: 'leave', rules: () => rules, progress });
  const { settings } = manifests;
  const report = checked(seenFrom(manifests, given), {
    checks,
    rules,
    isAsked,
    given: settings?.acknowledge ?? [],
    baseline: baselineGiven(given, settings, io),
    ...failsFrom(given, settings),
    paths: given.paths,
    folder: io.cwd,
    tool: thisTool(),
    progress: (rule, done, of) => progress.show(() => `${done} of ${of} rules asked; next: ${rule}`),
  });
  progress.end();
  if (!given.has('quiet')) for (const assumption of assumptionsOf(manifests.reading)) io.err(`${assumption}\n`);
  printedFindings(report, given, io);
  if (given.has('write-baseline')) return writeBaseline(report, given, settings, io);
  if (report.found.some(({ rule }) => UNREAD_RULES.has(rule))) return ExitCode.UNREADABLE;
  return isFailed(report) ? ExitCode.NO : ExitCode.YES;
}

/** What is found in acknowledgements themselves, and cannot be acknowledged. */
const OF_ACKNOWLEDGEMENTS = ['acknowledgement', ACKNOWLEDGEMENT_UNUSED.id, 'reason'];

function seenFrom({ reading, plane, facts }: ManifestsGiven, given: Given) {
  const defaultNamespace = given.value('namespace');
  return seenOf(reading, plane, {
    ...(facts && { facts }),
    ...(defaultNamespace !== undefined && { defaultNamespace }),
  });
}

/** What could not be read is said whatever is asked. */
function askedRules(rules: readonly string[], given: Given): (rule: string) => boolean {
  const [only, without] = ['rule', 'skip'].map((option) => new Set(given.values(option)));
  for (const id of [...only, ...without]) if (!rules.includes(id)) throw unknownRuleGiven(id, rules);
  const both = [...only].filter((id) => without.has(id));
  if (both.length > 0 && both.length === only.size) {
    throw usageError({
      what: `--rule and --skip leave nothing to look for: ${both.join(', ')}`,
      value: both.join(', '),
      allowed: 'rules that are asked for, less those that are left out',
      fix: 'Leave one of the two options out.',
    });
  }
  return (rule) => UNREAD_RULES.has(rule) || ((only.size === 0 || only.has(rule)) && !without.has(rule));
}

function unknownRuleGiven(id: string, rules: readonly string[]): Error {
  const [problem] = unknownName('rule', id, rules).problems;
  return usageError({ ...problem, allowed: RULES_ALLOWED, fix: '--list-rules prints the rules of manifests' });
}

function failsFrom(given: Given, settings: Settings | undefined): Pick<FindingsReport, 'failsFrom'> {
  const level = (given.value('fail-on') as FailOn | undefined) ?? settings?.failOn ?? 'error';
  return level === 'none' ? {} : { failsFrom: level };
}

/** One that is named has to be there, unless it is about to be written. */
function baselineGiven(given: Given, settings: Settings | undefined, io: Io): readonly KnownFinding[] {
  if (given.has('write-baseline')) return [];
  const named = given.value('baseline');
  if (named !== undefined) return readBaselineFile(inFolder(named, io));
  if (settings?.baseline !== undefined) return readBaselineFile(settings.baseline);
  const usual = inFolder(BASELINE_FILE, io);
  return existsSync(usual) ? readBaselineFile(usual) : [];
}

function writeBaseline(report: FindingsReport, given: Given, settings: Settings | undefined, io: Io): ExitCode {
  const unread = report.found.find(({ rule }) => UNREAD_RULES.has(rule));
  if (unread !== undefined) {
    throw usageError({
      what: 'No baseline is written where something could not be read: what is in it would be unknown',
      allowed: 'manifests that can be read, or an acknowledgement of what cannot',
      fix: 'Mend what the findings say of it, or leave it out.',
    });
  }
  const named = given.value('write-baseline') ?? given.value('baseline');
  const path = named === undefined ? (settings?.baseline ?? inFolder(BASELINE_FILE, io)) : inFolder(named, io);
  writeFiles([{ path, text: baselineText(report.found) }]);
  if (!given.has('quiet'))
    io.err(`${path} holds ${counted(report.found.length, 'finding')}; from now on a check fails on others.\n`);
  return ExitCode.YES;
}

function columnsOf({ isTerminal, columns }: Io): number | undefined {
  return isTerminal ? columns : undefined;
}
