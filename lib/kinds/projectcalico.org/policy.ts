import type { Direction, Isolation, PolicyRef, Rule } from '../../model/layer';
import { said } from '../../model/said';
import type { Beside } from '../beside';
import type { Field } from '../field';
import type { SpecReading } from '../read-policy';
import {
  all,
  inNamespace,
  readAccountSelector,
  readEndpoints,
  readNamespaceSelector,
  readSelector,
} from './read-selector';
import { readRules } from './rule';
import type { Selected } from './selectors';
import { flag, notRead, oneOf, refuseRepeats, textOf } from './shape';
import { readTypes, type TypesRead } from './types';

export const POLICY_FIELDS = [
  'tier',
  'order',
  'ingress',
  'egress',
  'selector',
  'types',
  'serviceAccountSelector',
  'performanceHints',
];
export const GLOBAL_POLICY_FIELDS = [...POLICY_FIELDS, 'namespaceSelector', 'doNotTrack', 'preDNAT', 'applyOnForward'];

/** The spec of a policy of either kind: which pods, which rules, and what it isolates by its types. */
export function readPolicySpec(spec: Field, policy: PolicyRef, beside: Beside): SpecReading {
  refuseName(spec, policy);
  const subjects = readSubjects(spec, policy);
  const types = readTypes(spec);
  readHints(spec.child('performanceHints'));
  // Also the rules of a direction that is not asked for are validated; they mean nothing.
  const rules = (['ingress', 'egress'] as const).flatMap((direction) =>
    readRules(spec.child(direction), direction, { policy, subjects: subjects ?? [], beside }),
  );
  const mayBind = isForHosts(spec) || subjects === undefined ? undefined : subjects.map(({ pods }) => pods);
  const layer = textOf(spec.child('tier'), 63) || 'default';
  return {
    rules: rules.flatMap((rule) => ofType(rule, types)),
    isolations: isolations(policy, subjects ?? [], types),
    rank: { layer, order: readOrder(spec.child('order')) },
    ...(mayBind !== undefined && { mayBind }),
    ...(isTakenOnlyLately(spec, policy, layer) && { since: '3.32' }),
  };
}

function ofType(rule: Rule, { certain, possible }: TypesRead): Rule[] {
  if (certain.includes(rule.direction)) return [rule];
  return possible.includes(rule.direction) ? [{ ...rule, isUncertain: true }] : [];
}

function isolations(policy: PolicyRef, subjects: readonly Selected[], { certain, possible }: TypesRead): Isolation[] {
  const of = (directions: readonly Direction[], isOpen: boolean) =>
    directions.flatMap((direction) =>
      subjects.map(({ pods, isUncertain }): Isolation => {
        const isolation = { policy, direction, subject: pods };
        return isOpen || isUncertain ? { ...isolation, isUncertain: true } : isolation;
      }),
    );
  return [...of(certain, false), ...of(possible, true)];
}

/**
 * Until 3.31, the name of a policy in a tier of its own began with that of the tier, and names of ports stood beside a
 * protocol (`ValidateTieredPolicyName`, libcalico-go/lib/names; `validateRule`, libcalico-go/lib/validator/v3).
 */
function isTakenOnlyLately(spec: Field, { name }: PolicyRef, layer: string): boolean {
  const [prefix, ...rest] = name.split('.');
  const isNamedByTier = rest.length === 0 ? layer === 'default' : prefix === layer;
  const rules = [...spec.child('ingress').items(), ...spec.child('egress').items()];
  return !isNamedByTier || rules.some((rule) => rule.child('protocol').isAbsent && hasPorts(rule));
}

function hasPorts(rule: Field): boolean {
  return ['source', 'destination'].some((end) =>
    ['ports', 'notPorts'].some((name) => rule.child(end).child(name).items().length > 0),
  );
}

/** Hints change nothing that is decided. */
function readHints(field: Field): void {
  const hints = field.items();
  refuseRepeats(hints);
  for (const hint of hints) oneOf(hint, ['AssumeNeededOnEveryNode'] as const);
}

/**
 * A cluster-wide policy also applies to host endpoints, whose traffic is that of nodes: of its subject only the pods are
 * read. With applyOnForward it decides about pods' traffic where it passes nodes, which is not understood. Undefined where the selector is not read.
 */
function readSubjects(spec: Field, { namespace }: PolicyRef): readonly Selected[] | undefined {
  const endpoints = readSelector(spec.child('selector'));
  const within =
    namespace === undefined
      ? readNamespaceSelector(spec.child('namespaceSelector'), 'refused')
      : inNamespace(namespace);
  const accounts = readAccountSelector(spec.child('serviceAccountSelector'));
  for (const name of FOR_HOSTS) {
    const field = spec.child(name);
    if (flag(field)) notRead(field, `${name} lets it decide about traffic where it passes nodes`, 'false');
  }
  const before = spec.problemCount;
  const { pods } = readEndpoints(spec, all(within, accounts, endpoints) ?? { kind: 'all' });
  return spec.problemCount > before ? undefined : pods;
}

const FOR_HOSTS = ['doNotTrack', 'preDNAT', 'applyOnForward'];

function isForHosts(spec: Field): boolean {
  return FOR_HOSTS.some((name) => spec.child(name).value === true);
}

/** Absent is last (felix/calc/policy_sorter.go). */
export function readOrder(field: Field): number {
  if (field.isAbsent) return Number.POSITIVE_INFINITY;
  if (typeof field.value === 'number' && Number.isFinite(field.value)) return field.value;
  field.refuse({
    rule: 'field-type',
    what: `The order '${said(field.value)}' is not a number`,
    value: said(field.value),
    allowed: 'a number, where lower comes first',
    fix: 'Write it without quotes.',
  });
  return Number.POSITIVE_INFINITY;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = new RegExp(`^(${LABEL}[.])?${LABEL}[*]?$`);

/** With the tier, where it has one, and no other dot. */
function withoutDots(name: string): string {
  const [first, ...rest] = name.split('.');
  return `${first}.${rest.join('-')}`;
}

/** A name has no dot but the one behind the tier (libcalico-go/lib/validator/v3, `networkPolicyNameRegex`). */
function refuseName(spec: Field, { name }: PolicyRef): void {
  if (name === '' || NAME.test(name)) return;
  spec.refuse({
    rule: 'object-name',
    what: `The name '${name}' has more than one dot, and Calico refuses it`,
    value: name,
    allowed: 'a name without dots, or the tier, a dot and a name',
    fix: `Write '-' for the dots of the name: ${withoutDots(name)}.`,
  });
}
