import type { Direction, Isolation, PolicyRef, Rule } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { said } from '../../model/said';
import type { UnreadPolicy } from '../../model/unread-policy';
import { Field, type FieldPath, type FieldProblem, isObject } from '../field';
import { doubtOf, type IsThere, inDoubt } from '../lasting';
import { DEFAULT_NAMESPACE, objectText, placed } from '../manifest';
import { labelsOf, METADATA_FIELDS, nameOf, namespaceOf } from '../metadata';
import { standInsOf } from '../whom-it-binds';
import { readPeers } from './peers';
import { memoizing, type Values } from './values';

export const NETWORK_POLICY_API_VERSION = 'networking.k8s.io/v1';

export interface NetworkPolicyReading {
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
  /** Rules of directions that policyTypes leaves out: by the API they mean nothing. Absent where there are none. */
  readonly leftOut?: readonly Rule[];
  /** Each says where it stands, down to the field. */
  readonly problems: readonly (Problem & Pick<FieldProblem, 'path'>)[];
  /** Present where there are problems, with each of them: whom the policy would bind if it were put right. */
  readonly refused?: readonly UnreadPolicy[];
}

export interface ReadingOptions {
  /** File and document, for problems and explanations. */
  readonly source?: string;
  /** The source of one field, where its line is known. @default source */
  readonly sourceOf?: (path: FieldPath) => string | undefined;
  /** Where an object without a namespace goes. @default 'default' */
  readonly defaultNamespace?: string;
  /** Selectors and blocks that were read before, shared among policies. */
  readonly values?: Values;
  /** Whether what a policy belongs to is there. @default of nothing */
  readonly isThere?: IsThere;
}

interface DirectionOfPolicy {
  readonly direction: Direction;
  readonly type: string;
  readonly rules: 'ingress' | 'egress';
  readonly peers: 'from' | 'to';
}

const INGRESS: DirectionOfPolicy = { direction: 'ingress', type: 'Ingress', rules: 'ingress', peers: 'from' };
const EGRESS: DirectionOfPolicy = { direction: 'egress', type: 'Egress', rules: 'egress', peers: 'to' };
const DIRECTIONS = [INGRESS, EGRESS];
const TOP_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
const SPEC_FIELDS = ['podSelector', 'policyTypes', 'ingress', 'egress'];

/**
 * Reads a NetworkPolicy as the API server defaults and validates it (kubernetes, `pkg/apis/networking`).
 *
 * A policy with a problem gives neither rules nor isolation. The API server would not take it, so that on the cluster
 * it isolates nothing: to reckon with its isolation would be the false confidence that reading back is there to prevent.
 */
export function readNetworkPolicy(object: unknown, options: ReadingOptions = {}): NetworkPolicyReading {
  const found: FieldProblem[] = [];
  // A status was a field of 1.24 to 1.27, and exports have it, mostly empty; it decides nothing (KEP-2943).
  const top = Field.top(object, found).only(TOP_FIELDS);
  const policy = readIdentity(top, options);
  const read = readSpec(top.child('spec'), policy, options.values ?? memoizing());
  const { source, sourceOf = () => source, isThere = () => false } = options;
  const inPlace = (problem: FieldProblem) => placed(problem, objectText(policy), sourceOf(problem.path));
  const problems = found.map(inPlace);
  if (problems.length > 0) {
    const [isolation] = read.isolations;
    const troubled = {
      kind: 'networking.k8s.io/NetworkPolicy',
      policy,
      mayBind: isolation && [isolation.subject],
      directions: read.isolations.map(({ direction }) => direction),
      problems,
    };
    return { rules: [], isolations: [], problems, ...standInsOf(troubled) };
  }
  const doubt = doubtOf(top.child('metadata'), policy.namespace, isThere);
  const { rules, isolations, leftOut } = doubt === undefined ? read : doubtful(read, inPlace(doubt));
  return { rules, isolations, problems, ...(leftOut !== undefined && { leftOut }) };
}

function doubtful(
  { rules, isolations, leftOut }: Omit<NetworkPolicyReading, 'problems'>,
  doubt: Problem,
): Omit<NetworkPolicyReading, 'problems'> {
  return {
    rules: inDoubt(rules, doubt),
    isolations: inDoubt(isolations, doubt),
    ...(leftOut !== undefined && { leftOut: inDoubt(leftOut, doubt) }),
  };
}

function readIdentity(top: Field, { source, defaultNamespace = DEFAULT_NAMESPACE }: ReadingOptions): PolicyRef {
  if (!isObject(top.value)) {
    top.refuse({ rule: 'field-type', what: 'This is not a NetworkPolicy object', allowed: 'an object' });
  }
  requireText(top.child('apiVersion'), NETWORK_POLICY_API_VERSION);
  requireText(top.child('kind'), 'NetworkPolicy');
  const metadata = top.child('metadata').only(METADATA_FIELDS);
  labelsOf(metadata);
  metadata.child('annotations').texts();
  return {
    kind: 'NetworkPolicy',
    namespace: namespaceOf(metadata, defaultNamespace),
    name: nameOf(metadata),
    ...(source !== undefined && { source }),
  };
}

function requireText(field: Field, expected: string): void {
  if (field.value === expected) return;
  const given = said(field.value);
  field.refuse({
    rule: 'unknown-api',
    what: `'${given}' is not what NetworkPolicies are read from`,
    value: given,
    allowed: expected,
    fix: `Write '${expected}'.`,
  });
}

function readSpec(spec: Field, policy: PolicyRef, values: Values): Omit<NetworkPolicyReading, 'problems'> {
  spec.only(SPEC_FIELDS);
  const namespace = policy.namespace ?? DEFAULT_NAMESPACE;
  const subject = values.peerOf(values.namespace(namespace), values.pods(spec.child('podSelector'))).pods;
  const directions = readDirections(spec);
  // Also the rules of a direction that is not asked for are validated, as the API server does; they mean nothing.
  const rules: Rule[] = [];
  for (const { direction, rules: list, peers: ends } of DIRECTIONS) {
    let index = 0;
    for (const rule of spec.child(list).items()) {
      rule.only([ends, 'ports']);
      const peers = readPeers(rule.child(ends), namespace, values);
      rules.push({
        policy,
        direction,
        index,
        subject,
        peers,
        ports: values.ports(rule.child('ports')),
        action: 'allow',
      });
      index += 1;
    }
  }
  const leftOut = rules.filter(({ direction }) => !directions.includes(direction));
  return {
    rules: leftOut.length === 0 ? rules : rules.filter(({ direction }) => directions.includes(direction)),
    isolations: directions.map((direction) => ({ policy, direction, subject })),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

/** Ingress always, egress where it has a rule, unless it is said (SetDefaults_NetworkPolicy). */
function readDirections(spec: Field): Direction[] {
  const types = spec.child('policyTypes').items();
  if (types.length === 0) {
    const egress = spec.child('egress').value;
    return Array.isArray(egress) && egress.length > 0 ? ['ingress', 'egress'] : ['ingress'];
  }
  if (types.length > 2) {
    spec.child('policyTypes').refuse({
      rule: 'policy-types',
      what: `policyTypes has ${types.length} entries, which the API server refuses`,
      value: String(types.length),
      allowed: 'Ingress, Egress, or both',
      fix: 'Name each direction once: policyTypes: [Ingress, Egress].',
    });
  }
  for (const type of types)
    if (type.value !== 'Ingress' && type.value !== 'Egress') type.refuse(typeProblem(type.value));
  return DIRECTIONS.filter(({ type }) => types.some(({ value }) => value === type)).map((it) => it.direction);
}

function typeProblem(value: unknown): Problem {
  return {
    rule: 'policy-types',
    what: `'${said(value)}' is not a type of policy`,
    value: said(value),
    allowed: 'Ingress, Egress',
    fix: 'Use one of the two; their case matters.',
  };
}
