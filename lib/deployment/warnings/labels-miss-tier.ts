import { isNearMiss } from '../../model/near-miss';
import * as selectors from '../../model/selector';
import type { Warning } from './warning';

/** Asked where pods without a tier are acknowledged; elsewhere they are refused. */
export const labelsMissTier: Warning = {
  id: 'labels-miss-tier',
  level: 'warning',
  why: 'The pods get no flow of the tier, and nothing reaches them',
  fix: 'Write the labels of the tier as the pods have them, or give it the workload: Pods.of(workload).',
  find: ({ lost, seenTiers }) =>
    lost.flatMap(({ object, namespace, pods }) => {
      const near = seenTiers.find(
        ({ record, endpoint, pods: members }) =>
          record.namespace === namespace && members.length === 0 && isNearMiss(endpoint.pods.pods, pods.labels),
      );
      if (near === undefined) return [];
      const asked = selectors.selectorText(near.endpoint.pods.pods);
      const worn = selectors.selectorText(selectors.fromLabels(pods.labels));
      return [
        {
          construct: near.record.construct,
          about: `${object.kind} ${namespace.name}/${object.name}`,
          what: `the tier ${near.key} selects {${asked}}, and the pods of ${object.node.path} have {${worn}}`,
          value: worn,
          fix: "Select the labels that the pods have, or acknowledge it on the tier: acknowledge: [{ rule: 'labels-miss-tier', because: '…' }]",
          acknowledged: [near.record.acknowledged, namespace.acknowledged],
        },
      ];
    }),
};
