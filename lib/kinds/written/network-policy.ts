import { NETWORK_POLICY_API_VERSION } from '../networking.k8s.io';

/** As a manifest has it. */
export function networkPolicy(namespace: string | undefined, name: string, spec: object): object {
  return { apiVersion: NETWORK_POLICY_API_VERSION, kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** A selector of one requirement: the label has the value, or any where it is not known. */
export function selecting(labels: Readonly<Record<string, string | undefined>>): object {
  return {
    matchExpressions: Object.entries(labels).map(([key, value]) =>
      value === undefined ? { key, operator: 'Exists' } : { key, operator: 'In', values: [value] },
    ),
  };
}

/** The items of what should be a list; whatever else it is, they are for the reader of the policy to refuse. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
