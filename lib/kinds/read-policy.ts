import type { PolicyRef } from '../model/layer';
import { said } from '../model/said';
import { ALONE, type Beside } from './beside';
import { Field, type FieldProblem, isObject } from './field';
import { doubtOf, inDoubt } from './lasting';
import { DEFAULT_NAMESPACE, objectText, placed } from './manifest';
import { Memory } from './memory';
import { labelsOf, METADATA_FIELDS, nameOf, namespaceOf } from './metadata';
import type { PolicyReader, PolicyReading, ReadOptions } from './policy-reading';
import { standInsOf } from './whom-it-binds';

/** What the spec of an object says. */
export type SpecReading = Pick<PolicyReading, 'rules' | 'isolations' | 'rank' | 'otherwise' | 'since' | 'mayBind'>;

/**
 * A reader of one kind: identity, metadata and the places of problems are the same for every kind, and `readSpec` is what
 * differs. A policy with a problem gives neither rules nor isolation: its engine would not take it, or we do not understand it.
 */
export function policyReader(
  kind: Omit<PolicyReader, 'read'>,
  readSpec: (spec: Field, policy: PolicyRef, beside: Beside) => SpecReading,
): PolicyReader {
  return objectReader(kind, ['spec'], (top, policy, _memory, beside) => {
    const spec = top.child('spec');
    if (spec.isAbsent) spec.refuse({ ...MISSING, what: `A ${kind.kind} without a spec decides nothing` });
    return readSpec(spec, policy, beside);
  });
}

/** The same for a kind whose objects say what they say in other fields than `spec`. */
export function objectReader(
  kind: Omit<PolicyReader, 'read'>,
  fields: readonly string[],
  readFields: (top: Field, policy: PolicyRef, memory: Memory, beside: Beside) => SpecReading,
): PolicyReader {
  return { ...kind, read: (object, options = {}) => readPolicy(object, kind, options, fields, readFields) };
}

function readPolicy(
  object: unknown,
  kind: Omit<PolicyReader, 'read'>,
  options: ReadOptions,
  fields: readonly string[],
  readFields: (top: Field, policy: PolicyRef, memory: Memory, beside: Beside) => SpecReading,
): PolicyReading {
  const found: FieldProblem[] = [];
  // What a cluster says about an object comes along in an export, and decides nothing.
  const top = Field.top(object, found).only(['apiVersion', 'kind', 'metadata', ...fields, 'status']);
  const policy = readIdentity(top, kind, options);
  const { rules, isolations, ...place } = readFields(
    top,
    policy,
    options.memory ?? new Memory(),
    options.beside ?? ALONE,
  );
  const { source, sourceOf = () => source, isThere = () => false } = options;
  const inPlace = (problem: FieldProblem) => placed(problem, objectText(policy), sourceOf(problem.path));
  const problems = found.map(inPlace);
  const what = doubtOf(top.child('metadata'), policy.namespace, isThere);
  const doubt = what === undefined ? undefined : inPlace(what);
  const name = `${kind.group}/${kind.kind}`;
  return {
    kind: name,
    policy,
    ...(problems.length > 0
      ? { rules: [], isolations: [] }
      : { rules: inDoubt(rules, doubt), isolations: inDoubt(isolations, doubt) }),
    ...place,
    problems,
    ...(problems.length > 0 && standInsOf({ kind: name, policy, mayBind: place.mayBind, problems })),
  };
}

function readIdentity(
  top: Field,
  { kind, apiVersions, isClusterWide }: Omit<PolicyReader, 'read'>,
  { source, defaultNamespace = DEFAULT_NAMESPACE }: ReadOptions,
): PolicyRef {
  if (!isObject(top.value)) {
    top.refuse({ rule: 'field-type', what: `This is not a ${kind} object`, allowed: 'an object' });
  }
  requireOneOf(top.child('apiVersion'), apiVersions, kind);
  requireOneOf(top.child('kind'), [kind], kind);
  const metadata = top.child('metadata').only(METADATA_FIELDS);
  labelsOf(metadata);
  metadata.child('annotations').texts();
  const place = isClusterWide ? noNamespace(metadata, kind) : { namespace: namespaceOf(metadata, defaultNamespace) };
  return { kind, ...place, name: nameOf(metadata), ...(source !== undefined && { source }) };
}

function noNamespace(metadata: Field, kind: string): object {
  const namespace = metadata.child('namespace');
  const text = namespace.text();
  if (text !== undefined && text !== '') {
    namespace.refuse({
      rule: 'cluster-wide',
      what: `A ${kind} is of the whole cluster, and is in no namespace`,
      value: text,
      allowed: 'a name without a namespace',
      fix: 'Leave the namespace out.',
    });
  }
  return {};
}

function requireOneOf(field: Field, expected: readonly string[], kind: string): void {
  if (expected.includes(field.value as string)) return;
  const given = said(field.value);
  field.refuse({
    rule: 'unknown-api',
    what: `'${given}' is not what ${kind} objects are read from`,
    value: given,
    allowed: expected.join(', '),
    fix: `Write '${expected[0]}'.`,
  });
}

const MISSING = { rule: 'field-missing', allowed: 'a spec', fix: 'Write what it is about, and its rules.' };
