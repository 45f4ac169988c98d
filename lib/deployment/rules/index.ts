import type { Located } from '../records';
import { annotationsTooLarge } from './annotations-too-large';
import { clusterFirst } from './cluster-first';
import { duplicateObjects } from './duplicate-objects';
import { foreignPeers } from './foreign-peers';
import { hostNetworkPeers } from './host-network-peers';
import { oneCluster } from './one-cluster';
import { outputFiles } from './output-files';
import { overlappingTiers } from './overlapping-tiers';
import { podsInNamespaces } from './pods-in-namespaces';
import type { Rule, RuleContext } from './rule';
import { wideEgress } from './wide-egress';

const RULES: readonly Rule[] = [
  clusterFirst,
  oneCluster,
  duplicateObjects,
  outputFiles,
  overlappingTiers,
  podsInNamespaces,
  foreignPeers,
  hostNetworkPeers,
  wideEgress,
  annotationsTooLarge,
];

/** Everything in the deployment that breaks a rule. */
export function brokenRules(context: RuleContext): Located[] {
  return RULES.flatMap((rule) => rule(context));
}
