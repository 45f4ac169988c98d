import { isHelmTest } from '../../kinds/helm-test';
import * as selectors from '../../model/selector';
import { rendering } from '../workloads/rendering';
import type { SeenPods } from './seen';
import type { Warning } from './warning';

/** Tests that charts bring along have the labels of the application, since a helper of the chart writes both. */
export const testPodsSelected: Warning = {
  id: 'test-pods-selected',
  level: 'warning',
  why: 'The test gets every flow of the tier, whatever runs in it, while what it asks of the application stays closed',
  fix: 'Leave the tests of the chart out, or take the pods from their workload (`pods: Pods.of(…)`).',
  find: ({ seenTiers }) =>
    seenTiers.flatMap(({ record, endpoint, key, pods }) => {
      const tests = new Set(pods.filter(isOfTest).map(({ object }) => object));
      // A tier of nothing but tests is meant for them.
      if (pods.every(({ object }) => tests.has(object))) return [];
      return [...tests].map((object) => ({
        construct: record.construct,
        about: `${object.kind} ${record.namespace.name}/${object.name}`,
        what: `the tier ${key} selects {${selectors.selectorText(endpoint.pods.pods)}}, which the pod of ${object.node.path} has as well, and that is a test which \`helm test\` runs`,
        value: object.name,
        fix: "Leave the tests of the chart out, give the tier the workload alone (Pods.of(chart, { kind, name })), or acknowledge it: acknowledge: [{ rule: 'test-pods-selected', because: '…' }]",
        acknowledged: [record.acknowledged, record.namespace.acknowledged],
      }));
    }),
};

function isOfTest({ object }: SeenPods): boolean {
  return isHelmTest(rendering(object));
}
