import type { Direction, Isolation, PolicyRef } from '../../model/layer';
import { isEmptyPodSet, type PodSet, podSet } from '../../model/pod-set';
import type { Field } from '../field';
import type { SpecReading } from '../read-policy';
import { readRules } from './rule';
import { bothSelected, inNamespace, readNamespaceSelector, readSelector } from './selectors';
import { flag, notRead, oneOf, refuseRepeats, textOf } from './shape';

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
export function readPolicySpec(spec: Field, policy: PolicyRef): SpecReading {
  refuseName(spec, policy);
  const subject = readSubject(spec, policy);
  const directions = readTypes(spec);
  readHints(spec.child('performanceHints'));
  const rules = (['ingress', 'egress'] as const)
    // Also the rules of a direction that is not asked for are validated; they mean nothing.
    .flatMap((direction) => readRules(spec.child(direction), direction, policy, subject))
    .filter(({ direction }) => directions.includes(direction));
  const rank = { layer: textOf(spec.child('tier'), 63) || 'default', order: readOrder(spec.child('order')) };
  return { rules, isolations: isEmptyPodSet(subject) ? [] : isolate(policy, subject, directions), rank };
}

/** Hints change nothing that is decided. */
function readHints(field: Field): void {
  const hints = field.items();
  refuseRepeats(hints);
  for (const hint of hints) oneOf(hint, ['AssumeNeededOnEveryNode'] as const);
}

function isolate(policy: PolicyRef, subject: PodSet, directions: readonly Direction[]): Isolation[] {
  return directions.map((direction) => ({ policy, direction, subject }));
}

/**
 * A cluster-wide policy also applies to host endpoints, whose traffic is that of nodes: of its subject only the pods are
 * read. With applyOnForward it decides about pods' traffic where it passes nodes, which is not understood.
 */
function readSubject(spec: Field, { namespace }: PolicyRef): PodSet {
  const endpoints = readSelector(spec.child('selector'));
  const within =
    namespace === undefined ? readNamespaceSelector(spec.child('namespaceSelector')) : inNamespace(namespace);
  const accounts = spec.child('serviceAccountSelector');
  if (textOf(accounts, 1024) !== '') notRead(accounts, 'it is about pods by their service accounts', 'selector');
  for (const name of ['doNotTrack', 'preDNAT', 'applyOnForward']) {
    const field = spec.child(name);
    if (flag(field)) notRead(field, `${name} lets it decide about traffic where it passes nodes`, 'false');
  }
  const { namespaces, pods } = bothSelected(endpoints, within);
  return podSet(namespaces, pods);
}

/** By which rules there are, unless it is said (`defaultPolicyTypesField`, api/pkg/defaults). */
function readTypes(spec: Field): Direction[] {
  const field = spec.child('types');
  const types = field.items();
  refuseRepeats(types);
  const said = types.map((type) => oneOf(type, ['Ingress', 'Egress'] as const));
  if (types.length > 0) {
    const both = [said.includes('Ingress') && 'ingress', said.includes('Egress') && 'egress'];
    return both.filter((it): it is Direction => it !== false);
  }
  // One way of installing Calico asks whether the lists are there, another whether they have a rule (api/admission).
  for (const name of ['ingress', 'egress']) {
    const list = spec.child(name);
    if (!list.isAbsent && list.items().length === 0) {
      notRead(list, 'types is left out beside an empty list, which installations of Calico read differently', 'types');
    }
  }
  if (spec.child('egress').items().length === 0) return ['ingress'];
  return spec.child('ingress').items().length === 0 ? ['egress'] : ['ingress', 'egress'];
}

/** Absent is last (felix/calc/policy_sorter.go). */
export function readOrder(field: Field): number {
  if (field.isAbsent) return Number.POSITIVE_INFINITY;
  if (typeof field.value === 'number' && Number.isFinite(field.value)) return field.value;
  field.refuse({
    rule: 'field-type',
    what: `The order '${String(field.value)}' is not a number`,
    value: String(field.value),
    allowed: 'a number, where lower comes first',
    fix: 'Write it without quotes.',
  });
  return Number.POSITIVE_INFINITY;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const NAME = new RegExp(`^(${LABEL}[.])?${LABEL}[*]?$`);

/** A name has no dot but the one behind the tier (libcalico-go/lib/validator/v3, `networkPolicyNameRegex`). */
function refuseName(spec: Field, { name }: PolicyRef): void {
  if (name === '' || NAME.test(name)) return;
  spec.refuse({
    rule: 'object-name',
    what: `The name '${name}' has more than one dot, and Calico refuses it`,
    value: name,
    allowed: 'a name without dots, or the tier, a dot and a name',
    fix: 'Rename the policy.',
  });
}
