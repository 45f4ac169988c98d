import type * as Cilium from './cilium.io';
import type * as Antrea from './crd.antrea.io';
import type * as NetworkPolicyApi from './policy.networking.k8s.io';
import type { PolicyReader } from './policy-reading';
import type * as Calico from './projectcalico.org';

/**
 * The kinds of engines that are read, beside NetworkPolicy, which every engine shares: one line each API group. Most
 * manifests have kinds of one engine, so a group is loaded when it is first met.
 */
const GROUPS: ReadonlyMap<string, () => readonly PolicyReader[]> = new Map([
  [
    'policy.networking.k8s.io',
    () => (require('./policy.networking.k8s.io') as typeof NetworkPolicyApi).NETWORK_POLICY_API_READERS,
  ],
  ['projectcalico.org', () => (require('./projectcalico.org') as typeof Calico).CALICO_READERS],
  ['cilium.io', () => (require('./cilium.io') as typeof Cilium).CILIUM_READERS],
  ['crd.antrea.io', () => (require('./crd.antrea.io') as typeof Antrea).ANTREA_READERS],
]);

/** Asked of every object, most of which are no policies. */
export function policyReaderOf(group: string, kind: string): PolicyReader | undefined {
  return GROUPS.get(group)?.().find((reader) => reader.kind === kind);
}

/** The readers of every group. */
export function policyReaders(): readonly PolicyReader[] {
  return [...GROUPS.values()].flatMap((load) => load());
}
