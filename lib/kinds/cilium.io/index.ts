import type { PolicyReader } from '../policy-reading';
import { objectReader } from '../read-policy';
import { readPolicy } from './policy';

export { podsByCilium } from './labels';

const GROUP = { group: 'cilium.io', apiVersions: ['cilium.io/v2'] };

/** The policies of Cilium, as of 1.17 to 1.20. */
export const CILIUM_READERS: readonly PolicyReader[] = [
  objectReader({ ...GROUP, kind: 'CiliumNetworkPolicy', isClusterWide: false }, ['spec', 'specs'], readPolicy),
  objectReader(
    { ...GROUP, kind: 'CiliumClusterwideNetworkPolicy', isClusterWide: true },
    ['spec', 'specs'],
    readPolicy,
  ),
];
