import type { Change, Manifest } from './behaviour';

type Json = Readonly<Record<string, unknown>>;

/** Selects pods of this name: upstream's only label of a pod. */
export function pods(...names: readonly string[]): Json {
  return names.length === 1
    ? { matchLabels: { pod: names[0] } }
    : { matchExpressions: [{ key: 'pod', operator: 'In', values: names }] };
}

export function namespaceNamed(name: string): Json {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

export function namespaces(operator: 'In' | 'NotIn', ...names: readonly string[]): Json {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: names }] };
}

/** A policy of this namespace for ingress alone. Without rules it denies. */
export function ingress(namespace: string, name: string, podSelector: Json, ...rules: readonly Json[]): Manifest {
  return policy(namespace, name, { podSelector, policyTypes: ['Ingress'], ingress: rules });
}

/** A policy of this namespace for egress alone. Without rules it denies. */
export function egress(namespace: string, name: string, podSelector: Json, ...rules: readonly Json[]): Manifest {
  return policy(namespace, name, { podSelector, policyTypes: ['Egress'], egress: rules });
}

export function policy(namespace: string, name: string, spec: Json): Manifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name }, spec };
}

export function apply(...policies: readonly Manifest[]): Change[] {
  return policies.map((it) => ({ kind: 'apply', policy: it }));
}
