import { adminPortOpen } from './admin-port-open';
import { adminRequestsOpen } from './admin-requests-open';
import { allowIsolatesNobody } from './allow-isolates-nobody';
import { ambientMeshPort } from './ambient-mesh-port';
import { apiServer } from './api-server';
import { apiServerSelector } from './api-server-selector';
import type { Check } from './check';
import { ciliumEmptyRule } from './cilium-empty-rule';
import { ciliumHostsWithoutDns } from './cilium-hosts-without-dns';
import { clusterRange } from './cluster-range';
import { dataReachesInternet } from './data-reaches-internet';
import { dnsToAnywhere } from './dns-to-anywhere';
import { hostNamesDenied } from './host-names-denied';
import { hostNetwork } from './host-network';
import { hostWildcardDepth } from './host-wildcard-depth';
import { metadataService } from './metadata-service';
import { metricsPortOpen } from './metrics-port-open';
import { peerPortOpen } from './peer-port-open';
import { policyHook } from './policy-hook';
import { policyLeftOut } from './policy-left-out';
import { policyOwner } from './policy-owner';
import { portsLeftOpen } from './ports-left-open';
import { rangeMissesPods } from './range-misses-pods';
import { requestsUndone } from './requests-undone';
import { ruleRedundant } from './rule-redundant';
import { ruleShadowed } from './rule-shadowed';
import { systemFlowClosed } from './system-flow-closed';
import { unnamedClients } from './unnamed-clients';
import { webhookPort } from './webhook-port';
import { wideEgress } from './wide-egress';

export type { Check, CheckFinding } from './check';
export { runChecks } from './run-checks';
export { objectsOfKind, type Seen, type SeenObject, type SeenOptions, seenOf } from './seen';

/** Every rule, by id. */
export const CHECKS: readonly Check[] = [
  adminPortOpen,
  adminRequestsOpen,
  allowIsolatesNobody,
  ambientMeshPort,
  apiServer,
  apiServerSelector,
  ciliumEmptyRule,
  ciliumHostsWithoutDns,
  clusterRange,
  dataReachesInternet,
  dnsToAnywhere,
  hostNamesDenied,
  hostNetwork,
  hostWildcardDepth,
  metadataService,
  metricsPortOpen,
  peerPortOpen,
  policyHook,
  policyLeftOut,
  policyOwner,
  portsLeftOpen,
  rangeMissesPods,
  requestsUndone,
  ruleRedundant,
  ruleShadowed,
  systemFlowClosed,
  unnamedClients,
  webhookPort,
  wideEgress,
];
