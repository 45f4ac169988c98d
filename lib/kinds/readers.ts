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

export function policyReaderOf(group: string, kind: string): PolicyReader | undefined {
  return POLICY_READERS.find((reader) => reader.group === group && reader.kind === kind);
}
