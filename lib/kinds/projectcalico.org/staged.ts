import type { PolicyRef } from '../../model/layer';
import type { Beside } from '../beside';
import { type Field, isObject } from '../field';
import { readNetworkPolicy } from '../networking.k8s.io';
import type { PolicyReader } from '../policy-reading';
import { policyReader, type SpecReading } from '../read-policy';
import { GLOBAL_POLICY_FIELDS, POLICY_FIELDS, readPolicySpec } from './policy';
import { oneOf } from './shape';

const GROUP = { group: 'projectcalico.org', apiVersions: ['projectcalico.org/v3'] };
const STAGED_ACTIONS = ['Set', 'Delete', 'Learn', 'Ignore'] as const;

/** Policies that are tried out: Calico reports what they would decide, and decides without them (since 3.30). */
export const STAGED_READERS: readonly PolicyReader[] = [
  staged({ ...GROUP, kind: 'StagedNetworkPolicy', isClusterWide: false }, readStaged(POLICY_FIELDS)),
  staged({ ...GROUP, kind: 'StagedGlobalNetworkPolicy', isClusterWide: true }, readStaged(GLOBAL_POLICY_FIELDS)),
  staged({ ...GROUP, kind: 'StagedKubernetesNetworkPolicy', isClusterWide: false }, readStagedKubernetes),
];

function staged(
  kind: Omit<PolicyReader, 'read'>,
  readSpec: (spec: Field, policy: PolicyRef, beside: Beside) => SpecReading,
): PolicyReader {
  const reader = policyReader(kind, readSpec);
  return { ...reader, read: (object, options) => ({ ...reader.read(object, options), isStaged: true }) };
}

function readStaged(fields: readonly string[]): (spec: Field, policy: PolicyRef, beside: Beside) => SpecReading {
  return (spec, policy, beside) => {
    spec.only(['stagedAction', ...fields]);
    if (!isDeletion(spec, ['tier'])) return readPolicySpec(spec, policy, beside);
    return { rules: [], isolations: [] };
  };
}

/** The spec of a NetworkPolicy, at the order that Kubernetes policies have. */
function readStagedKubernetes(spec: Field, policy: PolicyRef): SpecReading {
  if (isDeletion(spec, [])) return { rules: [], isolations: [] };
  const { stagedAction: _, ...rest } = isObject(spec.value) ? spec.value : {};
  const { name, namespace } = policy;
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: rest,
  };
  const { rules, isolations, problems } = readNetworkPolicy(object);
  for (const { path, where: _where, ...problem } of problems) {
    path
      .slice(1)
      .reduce<Field>((field, key) => below(field, key), spec)
      .refuse(problem);
  }
  return {
    rules: rules.map((rule) => ({ ...rule, policy })),
    isolations: isolations.map((isolation) => ({ ...isolation, policy })),
    rank: { layer: 'default', order: 1000 },
  };
}

function below(field: Field, key: string | number): Field {
  return typeof key === 'string' ? field.child(key) : (field.items()[key] ?? field);
}

/** A deletion that is tried out says nothing else. */
function isDeletion(spec: Field, beside: readonly string[]): boolean {
  if (oneOf(spec.child('stagedAction'), STAGED_ACTIONS) !== 'Delete') return false;
  spec.only(['stagedAction', ...beside]);
  return true;
}
