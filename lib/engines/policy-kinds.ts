import type { EngineName } from '../model/engine-name';

/** Name of the policy that isolates every pod of a namespace; no tier may have it. */
export const DEFAULT_DENY = 'default-deny';

export interface PolicyKind {
  readonly apiVersion: string;
  readonly kind: string;
}

const KUBERNETES: PolicyKind = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };

const KINDS: Readonly<Record<EngineName, PolicyKind>> = {
  kubernetes: KUBERNETES,
  'cluster-network-policy': KUBERNETES,
  cilium: { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' },
  calico: { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy' },
  antrea: { apiVersion: 'crd.antrea.io/v1beta1', kind: 'NetworkPolicy' },
};

const STAGED: Readonly<Partial<Record<EngineName, PolicyKind>>> = {
  calico: { apiVersion: 'projectcalico.org/v3', kind: 'StagedNetworkPolicy' },
};

/** The kind in which an engine's policies of tiers and namespaces are written; staged ones where it has them. */
export function policyKind(engine: EngineName, rollout?: 'audit'): PolicyKind {
  return (rollout === 'audit' ? STAGED[engine] : undefined) ?? KINDS[engine];
}
