import { knownTiers } from './known-tiers';
import type { Warning } from './warning';

/** Labels that a chart gives and anything else may have. */
export const knownLabelsGeneric: Warning = {
  id: 'known-labels-generic',
  level: 'warning',
  why: 'Pods of somebody else that happen to have them get the flows of the tier',
  fix: 'Take the pods from their workload (`pods: Pods.of(…)`), so that the tier has a label of its own.',
  find: (seen) =>
    knownTiers(seen).flatMap(({ tier, system, genericLabels }) =>
      genericLabels === undefined
        ? []
        : [
            {
              construct: tier.record.construct,
              about: tier.key,
              what: `the labels of ${system.title} (${genericLabels}) say nothing of it alone`,
              value: genericLabels,
              fix: "Give the pods: { pods: Pods.of(workload) }, or acknowledge it: acknowledge: [{ rule: 'known-labels-generic', because: '…' }]",
              acknowledged: [tier.record.acknowledged, tier.record.namespace.acknowledged],
            },
          ],
    ),
};
