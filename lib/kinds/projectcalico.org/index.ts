import type { PolicyReader } from '../policy-reading';
import { policyReader } from '../read-policy';
import { globalNetworkSetReader, hostEndpointReader, networkSetReader } from './endpoints';
import { GLOBAL_POLICY_FIELDS, POLICY_FIELDS, readPolicySpec } from './policy';
import { STAGED_READERS } from './staged';
import { tierReader } from './tier';

export { podsByCalico } from './selectors';

const GROUP = { group: 'projectcalico.org', apiVersions: ['projectcalico.org/v3'] };

/** The kinds of Calico, open source, as of 3.29 to 3.32. */
export const CALICO_READERS: readonly PolicyReader[] = [
  policyReader({ ...GROUP, kind: 'NetworkPolicy', isClusterWide: false }, (spec, policy, beside) =>
    readPolicySpec(spec.only(POLICY_FIELDS), policy, beside),
  ),
  policyReader({ ...GROUP, kind: 'GlobalNetworkPolicy', isClusterWide: true }, (spec, policy, beside) =>
    readPolicySpec(spec.only(GLOBAL_POLICY_FIELDS), policy, beside),
  ),
  ...STAGED_READERS,
  tierReader,
  networkSetReader,
  globalNetworkSetReader,
  hostEndpointReader,
];
