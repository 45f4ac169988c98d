import { CILIUM_READERS } from './cilium.io';
import { antreaClusterNetworkPolicyReader, antreaNetworkPolicyReader, tierReader } from './crd.antrea.io';
import { clusterNetworkPolicyReader } from './policy.networking.k8s.io';
import type { PolicyReader } from './policy-reading';
import { CALICO_READERS } from './projectcalico.org';

/** The kinds of engines that are read, beside NetworkPolicy, which every engine shares. */
export const POLICY_READERS: readonly PolicyReader[] = [
  clusterNetworkPolicyReader,
  ...CALICO_READERS,
  ...CILIUM_READERS,
  antreaNetworkPolicyReader,
  antreaClusterNetworkPolicyReader,
  tierReader,
];

const byKind = new Map<string, readonly PolicyReader[]>();
for (const reader of POLICY_READERS) byKind.set(reader.kind, [...(byKind.get(reader.kind) ?? []), reader]);

/** Asked of every object, most of which are no policies. */
export function policyReaderOf(group: string, kind: string): PolicyReader | undefined {
  return byKind.get(kind)?.find((reader) => reader.group === group);
}
