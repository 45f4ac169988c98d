import { adminPortOpen } from './admin-port-open';
import { adminRequestsOpen } from './admin-requests-open';
import { allowAllUndoesDeny } from './allow-all-undoes-deny';
import { allowIsolatesNobody } from './allow-isolates-nobody';
import { ambientMeshPort } from './ambient-mesh-port';
import { apiServer } from './api-server';
import { apiServerSelector } from './api-server-selector';
import { backendMissing } from './backend-missing';
import type { Check } from './check';
import { cidrExcept } from './cidr-except';
import { ciliumEmptyRule } from './cilium-empty-rule';
import { ciliumHostsWithoutDns } from './cilium-hosts-without-dns';
import { clusterEnforcesNothing } from './cluster-enforces-nothing';
import { clusterRange } from './cluster-range';
import { controllerLabel } from './controller-label';
import { danglingPeer } from './dangling-peer';
import { dataReachesInternet } from './data-reaches-internet';
import { defaultDenyMissing } from './default-deny-missing';
import { denyAloneIsolates } from './deny-alone-isolates';
import { denyThatAllows } from './deny-that-allows';
import { dnsMissing } from './dns-missing';
import { dnsOverTcpOnly } from './dns-over-tcp-only';
import { dnsOverUdpOnly } from './dns-over-udp-only';
import { dnsToAnywhere } from './dns-to-anywhere';
import { duplicateObject } from './duplicate-object';
import { eksServiceSelector } from './eks-service-selector';
import { emptyPeerList } from './empty-peer-list';
import { engineMixed } from './engine-mixed';
import { engineNotEnforced } from './engine-not-enforced';
import { halfOpenFlow } from './half-open-flow';
import { hostNamesDenied } from './host-names-denied';
import { hostNetwork } from './host-network';
import { hostWildcardDepth } from './host-wildcard-depth';
import { kindMisspelt } from './kind-misspelt';
import { metadataService } from './metadata-service';
import { metricsPortOpen } from './metrics-port-open';
import { namespaceLabelTrusted } from './namespace-label-trusted';
import { namespaceMisspelt } from './namespace-misspelt';
import { namespaceNameLabel } from './namespace-name-label';
import { nothingAllowed } from './nothing-allowed';
import { passSkipsPolicies } from './pass-skips-policies';
import { peerPortOpen } from './peer-port-open';
import { podsWithoutLabels } from './pods-without-labels';
import { policyHook } from './policy-hook';
import { policyLeftOut } from './policy-left-out';
import { policyOwner } from './policy-owner';
import { policySelectsNothing } from './policy-selects-nothing';
import { policyTypeLeftOut } from './policy-type-left-out';
import { policyTypesMissing } from './policy-types-missing';
import { portNameUnknown } from './port-name-unknown';
import { portNotServed } from './port-not-served';
import { portsLeftOpen } from './ports-left-open';
import { rangeMissesPods } from './range-misses-pods';
import { reasonMissing } from './reason-missing';
import { requestsUndone } from './requests-undone';
import { returnPathRule } from './return-path-rule';
import { ruleRedundant } from './rule-redundant';
import { ruleShadowed } from './rule-shadowed';
import { serviceSelectsNothing } from './service-selects-nothing';
import { systemFlowClosed } from './system-flow-closed';
import { testPodsSelected } from './test-pods-selected';
import { twoPeersForOne } from './two-peers-for-one';
import { unnamedClients } from './unnamed-clients';
import { webhookPort } from './webhook-port';
import { wideEgress } from './wide-egress';

export type { Check, CheckFinding } from './check';
export { checkLink } from './link';
export { runChecks } from './run-checks';
export { objectsOfKind, type Seen, type SeenObject, type SeenOptions, seenOf } from './seen';

/** Every rule, by id. */
export const CHECKS: readonly Check[] = [
  adminPortOpen,
  adminRequestsOpen,
  allowAllUndoesDeny,
  allowIsolatesNobody,
  ambientMeshPort,
  apiServer,
  apiServerSelector,
  backendMissing,
  cidrExcept,
  ciliumEmptyRule,
  ciliumHostsWithoutDns,
  clusterEnforcesNothing,
  clusterRange,
  controllerLabel,
  danglingPeer,
  dataReachesInternet,
  defaultDenyMissing,
  denyAloneIsolates,
  denyThatAllows,
  dnsMissing,
  dnsOverTcpOnly,
  dnsOverUdpOnly,
  dnsToAnywhere,
  duplicateObject,
  eksServiceSelector,
  emptyPeerList,
  engineMixed,
  engineNotEnforced,
  halfOpenFlow,
  hostNamesDenied,
  hostNetwork,
  hostWildcardDepth,
  kindMisspelt,
  metadataService,
  metricsPortOpen,
  namespaceLabelTrusted,
  namespaceMisspelt,
  namespaceNameLabel,
  nothingAllowed,
  passSkipsPolicies,
  peerPortOpen,
  podsWithoutLabels,
  policyHook,
  policyLeftOut,
  policyOwner,
  policySelectsNothing,
  policyTypeLeftOut,
  policyTypesMissing,
  portNameUnknown,
  portNotServed,
  portsLeftOpen,
  rangeMissesPods,
  reasonMissing,
  requestsUndone,
  returnPathRule,
  ruleRedundant,
  ruleShadowed,
  serviceSelectsNothing,
  systemFlowClosed,
  testPodsSelected,
  twoPeersForOne,
  unnamedClients,
  webhookPort,
  wideEgress,
];
