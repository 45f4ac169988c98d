import type { Change } from '../analysis';
import { isWider } from '../analysis';
import type { WrittenObject } from '../analysis/files/read-files';
import type { FoundProblem } from '../findings/finding';
import { fingerprintOf } from '../findings/fingerprint';
import type { FieldPath } from '../kinds/field';
import { isObject, pathText } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import type { Drift, ForeignPolicy, LabelDrift, Pair } from '../live/drift/drift';
import { changeWords, whyWords } from './change-words';
import { counted } from './counted';
import { endWords } from './end-words';
import type { RuleInfo } from './findings-report';

/** What drift is called, and how much it weighs at most. */
export const DRIFT_RULES: readonly RuleInfo[] = [
  {
    id: 'drift-changed',
    level: 'error',
    title: 'an object of the cluster that says something else than what is rendered',
    why: 'What was reviewed and proved is not what is enforced',
    fix: 'Apply what is rendered, or render what was meant.',
  },
  {
    id: 'drift-connection',
    level: 'error',
    title: 'a path that differs from what is rendered',
    why: 'The cluster allows more, or less, than was declared',
    fix: 'Apply what is rendered, and take out what nobody rendered.',
  },
  {
    id: 'drift-foreign-policy',
    level: 'warning',
    title: 'a policy that nobody rendered, and that binds our pods',
    why: 'Policies add up: it can let in what nobody declared, or isolate what was open',
    fix: 'Take it out, or declare what it is for.',
  },
  {
    id: 'drift-missing',
    level: 'error',
    title: 'an object that is rendered and is not in the cluster',
    why: 'What it isolates is open, and what it allows is closed',
    fix: 'Apply it.',
  },
  {
    id: 'drift-namespace-labels',
    level: 'error',
    title: 'a namespace that rules select otherwise than by the labels that are rendered',
    why: 'Whoever may label a namespace lets its pods in',
    fix: 'Give the namespace the labels that are rendered, and find out who changed them.',
  },
  {
    id: 'drift-text',
    level: 'note',
    title: 'an object that means the same and is written otherwise',
    why: 'Somebody edits it beside the repository',
    fix: 'Apply what is rendered.',
  },
  {
    id: 'drift-unserved',
    level: 'error',
    title: 'a kind that is rendered and that the API server does not have',
    why: 'Nothing of it can be there, so that nothing of it is enforced',
    fix: 'Install the CustomResourceDefinition, or render for the engine that is there.',
  },
];

/** Drift as findings, so that every format of findings has it. */
export function driftFindings(drift: Drift, cluster: string): readonly FoundProblem[] {
  return [
    ...drift.missing.map((one) => ofWritten('drift-missing', one, `is rendered, and is not in the cluster ${cluster}`)),
    ...drift.unserved.map((one) =>
      ofWritten('drift-unserved', one, `is of a kind that the cluster ${cluster} does not have`),
    ),
    ...drift.changed.map((pair) =>
      ofPair('drift-changed', pair, 'says something else in the cluster than what is rendered'),
    ),
    ...drift.rewritten.map((pair) =>
      ofPair('drift-text', pair, 'means the same in the cluster, and is written otherwise'),
    ),
    ...drift.foreign.map((each) => ofForeign(each, cluster)),
    ...drift.labels.map((each) => ofLabels(each, cluster)),
    ...drift.changes.map((change) => ofChange(change, cluster)),
    ...drift.requests.map(({ policy, gone, come }) =>
      found(
        'drift-connection',
        `${objectText(policy)} lets other requests through: ${[...gone.map((it) => `no longer ${it}`), ...come].join('; ')}`,
        {
          place: { object: objectText(policy) },
        },
      ),
    ),
  ];
}

type More = Partial<FoundProblem>;

function found(rule: string, what: string, more: More): FoundProblem {
  const info = DRIFT_RULES.find(({ id }) => id === rule) as RuleInfo;
  return { rule, level: info.level, what, why: info.why, fix: info.fix, ...more };
}

function ofWritten(rule: string, { object, file, lineOf }: WrittenObject, what: string): FoundProblem {
  const name = nameOf(object);
  const line = lineOf(['metadata', 'name']);
  return found(rule, `${name} ${what}`, {
    place: { file, object: name, ...(line !== undefined && { line }) },
    fingerprint: fingerprintOf({ rule, on: name }),
  });
}

function ofPair(
  rule: string,
  { rendered, live, path }: Pair & { readonly path: FieldPath },
  what: string,
): FoundProblem {
  const name = nameOf(rendered.object);
  const line = rendered.lineOf(path);
  return found(rule, `${name} ${what}, first at ${pathText(path)}${nowText(valueAt(live, path))}`, {
    place: { file: rendered.file, object: name, field: pathText(path), ...(line !== undefined && { line }) },
    fingerprint: fingerprintOf({ rule, on: name, about: pathText(path) }),
  });
}

const LONGEST = 120;

function nowText(value: unknown): string {
  const text = value === undefined ? undefined : JSON.stringify(value);
  return text === undefined || text.length > LONGEST ? '' : `, where the cluster has ${text}`;
}

function ofForeign({ policy, namespaces, workloads }: ForeignPolicy, cluster: string): FoundProblem {
  const name = objectText(policy);
  const whom = workloads.length === 0 ? 'no workload that is there' : counted(workloads.length, 'workload');
  return found(
    'drift-foreign-policy',
    `${name} is not rendered, and binds pods of ${namespaces.join(', ')} (${whom})`,
    {
      place: { file: `live cluster ${cluster}`, object: name },
      fingerprint: fingerprintOf({ rule: 'drift-foreign-policy', on: name }),
    },
  );
}

function ofLabels({ namespace, rendered, change, labels, policies }: LabelDrift, cluster: string): FoundProblem {
  const rule = 'drift-namespace-labels';
  const name = objectText({ kind: 'Namespace', name: namespace });
  const line = rendered?.lineOf(['metadata', 'labels']);
  const wears = `${name} wears ${labels.join(', ')}${rendered === undefined ? ', and is not rendered' : ''}`;
  const by = policies.slice(0, MOST_POLICIES).map(objectText).join(', ');
  const what =
    change === 'joined' ? 'so that it is now among the peers of' : 'so that it is no longer among the peers of';
  return found(rule, `${wears}: ${what} ${by}${policies.length > MOST_POLICIES ? ' and others' : ''}`, {
    place: {
      file: rendered?.file ?? `live cluster ${cluster}`,
      object: name,
      ...(line !== undefined && { line }),
    },
    fingerprint: fingerprintOf({ rule, on: name, about: `${change} ${labels.join(' ')}` }),
  });
}

const MOST_POLICIES = 3;

function ofChange(change: Change, cluster: string): FoundProblem {
  const rule = 'drift-connection';
  const path = `${endWords(change.from)} -> ${endWords(change.to)}`;
  const why = whyWords(change);
  const words = isWider(change.kind)
    ? 'the cluster allows more'
    : CERTAINTY.includes(change.kind)
      ? 'the cluster is certain of something else'
      : 'the cluster allows less';
  return found(rule, `${words} than what is rendered: ${changeWords(change)}${why === '' ? '' : ` (${why})`}`, {
    ...(CERTAINTY.includes(change.kind) && { level: 'warning' as const }),
    about: path,
    where: `live cluster ${cluster}`,
    fingerprint: fingerprintOf({ rule, on: path, about: changeWords(change) }),
  });
}

const CERTAINTY: readonly string[] = ['surer', 'less-sure'];

function nameOf(object: unknown): string {
  if (!isObject(object) || !isObject(object.metadata)) return 'an object without a name';
  const { name, namespace } = object.metadata;
  return objectText({
    kind: String(object.kind),
    name: String(name),
    ...(typeof namespace === 'string' && { namespace }),
  });
}

function valueAt(object: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], object);
}
