import { dirname, join } from 'node:path';
import { SETTINGS_SCHEMA } from '../analysis/files/own-files';
import type { GivenAcknowledgement } from '../findings/acknowledged';
import { reason } from '../findings/reason';
import { RULES_ALLOWED, unknownRule } from '../findings/unknown-rule';
import { type Field, pathText } from '../kinds/field';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { ZeroTrustError } from '../model/problem';
import { choiceOf } from './choice';
import { type ClusterRead, clusterOf } from './cluster-file';
import { type EngineGiven, engineGiven } from './engine-given';
import { fileText, readFields, type SourceOf } from './fields-of-file';

/** What findings a check fails on. */
export const FAIL_ON = ['error', 'warning', 'note', 'none'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Settings of a repository of manifests. */
export interface Settings {
  readonly engine?: EngineGiven;
  readonly cluster?: ClusterRead;
  readonly failOn?: FailOn;
  readonly acknowledge: readonly GivenAcknowledgement[];
  /** A path; in the file it is one from the folder of the settings. */
  readonly baseline?: string;
}

/**
 * Reads settings from a file of YAML or JSON.
 *
 * @param rules every id that an acknowledgement may name, asked for where there is one.
 * @param told the engine that the command line names, which comes before that of the file.
 * @throws with the line of everything that is wrong.
 */
export function readSettingsFile(path: string, rules: () => readonly string[], told?: EngineGiven): Settings {
  return readSettings(fileText(path), path, rules, told);
}

/** The same of text; `file` is what it is called in problems. */
export function readSettings(text: string, file: string, rules: () => readonly string[], told?: EngineGiven): Settings {
  // A file of comments alone, as one begins with, says nothing, and that is no mistake.
  const said = text.replace(/^\s*#.*$/gm, '').trim() === '' ? '{}' : text;
  return readFields(said, file, (top, sourceOf) => settingsOf(top, { file, sourceOf, rules, told }), notSettings);
}

interface Context {
  readonly file: string;
  readonly sourceOf: SourceOf;
  readonly rules: () => readonly string[];
  readonly told: EngineGiven | undefined;
}

const FIELDS = ['schema', 'engine', 'cluster', 'failOn', 'baseline', 'acknowledge'];

function settingsOf(top: Field, context: Context): Settings {
  top.only(FIELDS);
  choiceOf(top.child('schema'), [SETTINGS_SCHEMA], 'settings');
  const name = top.child('engine').text();
  const own = name === undefined ? undefined : top.child('engine').try(() => engineGiven(name));
  const engine = context.told ?? own;
  const about = top.child('cluster');
  about.names();
  const cluster = about.isAbsent ? undefined : clusterOf(about, engine);
  const failOn = choiceOf(top.child('failOn'), FAIL_ON, 'settings');
  const baseline = pathOf(top.child('baseline'), context);
  return {
    ...(engine && { engine }),
    ...(cluster && { cluster }),
    ...(failOn && { failOn }),
    ...(baseline !== undefined && { baseline }),
    acknowledge: top
      .child('acknowledge')
      .items()
      .flatMap((item) => acknowledgementOf(item, context)),
  };
}

function acknowledgementOf(item: Field, context: Context): GivenAcknowledgement[] {
  const before = item.problemCount;
  item.only(['rule', 'because', 'object', 'namespace', 'file']);
  item.names();
  const rule = item.child('rule').text();
  if (rule === undefined && item.child('rule').isAbsent) refuseMissing(item, 'rule', RULES_ALLOWED);
  else if (rule !== undefined && !context.rules().includes(rule))
    item.child('rule').refuse(unknownRule(rule, context.rules(), RULES_ALLOWED));
  const said = item.child('because');
  const because = said.isAbsent ? undefined : said.try((value) => reason(value, 'an acknowledgement'));
  if (said.isAbsent) refuseMissing(item, 'because', 'at least two words that say why');
  const object = filledText(item.child('object'));
  const file = pathOf(item.child('file'), context);
  const namespace = namespaceOf(item.child('namespace'));
  if (item.problemCount > before || rule === undefined || because === undefined) return [];
  const where = [context.sourceOf(item.path), pathText(item.path)].join(': ');
  const line = /, line (\d+)$/.exec(context.sourceOf(item.path))?.[1];
  return [
    {
      rule,
      because,
      ...(object !== undefined && { object }),
      ...(file !== undefined && { file }),
      ...(namespace !== undefined && { namespace }),
      by: 'settings',
      where,
      place: { file: context.file, ...(line !== undefined && { line: Number(line) }), field: pathText(item.path) },
    },
  ];
}

function namespaceOf(field: Field): string | undefined {
  const namespace = filledText(field);
  const what = namespace === undefined ? undefined : namespaceNameProblem(namespace);
  if (what !== undefined)
    field.refuse({
      rule: 'namespace-name',
      what,
      value: namespace,
      allowed: NAMESPACE_NAME_ALLOWED,
      fix: 'Mend the name.',
    });
  return namespace;
}

function pathOf(field: Field, { file }: Context): string | undefined {
  const path = filledText(field);
  return path === undefined ? undefined : join(dirname(file), path);
}

/** Empty text would be about nothing. */
function filledText(field: Field): string | undefined {
  const text = field.text();
  if (text === '')
    field.refuse({
      rule: 'settings',
      what: 'This is empty',
      value: '',
      allowed: 'text',
      fix: 'Leave the field out, or fill it in.',
    });
  return text;
}

function refuseMissing(item: Field, name: string, allowed: string): void {
  item.refuse({ rule: 'field-missing', what: `There is no '${name}' here`, allowed, fix: `Add ${name}.` });
}

function notSettings(file: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'settings',
    where: file,
    what: 'This is not a file of settings',
    allowed: `one object with any of ${FIELDS.join(', ')}`,
    fix: 'failOn: warning',
  });
}
