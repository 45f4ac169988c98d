import { allowAllUndoesDeny } from './allow-all-undoes-deny';
import type { Check } from './check';
import { cidrExcept } from './cidr-except';
import { clusterEnforcesNothing } from './cluster-enforces-nothing';
import { controllerLabel } from './controller-label';
import { danglingPeer } from './dangling-peer';
import { defaultDenyMissing } from './default-deny-missing';
import { denyThatAllows } from './deny-that-allows';
import { dnsMissing } from './dns-missing';
import { dnsOverUdpOnly } from './dns-over-udp-only';
import { duplicateObject } from './duplicate-object';
import { eksServiceSelector } from './eks-service-selector';
import { emptyPeerList } from './empty-peer-list';
import { engineMixed } from './engine-mixed';
import { engineNotEnforced } from './engine-not-enforced';
import { halfOpenFlow } from './half-open-flow';
import { namespaceLabelTrusted } from './namespace-label-trusted';
import { namespaceMisspelt } from './namespace-misspelt';
import { namespaceNameLabel } from './namespace-name-label';
import { nothingAllowed } from './nothing-allowed';
import { policySelectsNothing } from './policy-selects-nothing';
import { policyTypeLeftOut } from './policy-type-left-out';
import { policyTypesMissing } from './policy-types-missing';
import { portNameUnknown } from './port-name-unknown';
import { portNotServed } from './port-not-served';
import { reasonMissing } from './reason-missing';
import { returnPathRule } from './return-path-rule';
import { twoPeersForOne } from './two-peers-for-one';

export type { Check, CheckFinding } from './check';
export { checkLink } from './link';
export { runChecks } from './run-checks';
export { objectsOfKind, type Seen, type SeenObject, type SeenOptions, seenOf } from './seen';

/** Every rule, by id. */
export const CHECKS: readonly Check[] = [
  allowAllUndoesDeny,
  cidrExcept,
  clusterEnforcesNothing,
  controllerLabel,
  danglingPeer,
  defaultDenyMissing,
  denyThatAllows,
  dnsMissing,
  dnsOverUdpOnly,
  duplicateObject,
  eksServiceSelector,
  emptyPeerList,
  engineMixed,
  engineNotEnforced,
  halfOpenFlow,
  namespaceLabelTrusted,
  namespaceMisspelt,
  namespaceNameLabel,
  nothingAllowed,
  policySelectsNothing,
  policyTypeLeftOut,
  policyTypesMissing,
  portNameUnknown,
  portNotServed,
  reasonMissing,
  returnPathRule,
  twoPeersForOne,
];
