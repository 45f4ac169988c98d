import { isHelmTest } from '../kinds/helm-test';
import { objectText } from '../kinds/manifest';
import * as selectors from '../model/selector';
import type { Workload } from '../model/world';
import type { Check } from './check';
import { objectOf, podsSeen, workloadsText, workloadText } from './pods-seen';
import type { Seen } from './seen';

export const testPodsSelected: Check = {
  id: 'test-pods-selected',
  level: 'note',
  title: 'a policy of an application that its test gets as well',
  why: 'The test may do what the application may, whatever runs in it, while what it asks of the application mostly stays closed',
  fix: 'Leave the tests of the chart out of what is applied, or give them a label that tells them apart.',
  avoid: release('app: qdrant'),
  prefer: release('app: qdrant-test'),
  source: 'Helm documentation, "Chart Tests"; the charts of Ollama, Qdrant, Open WebUI, n8n and Dify',
  *find(seen) {
    const told = new Set<string>();
    const { find, of } = podsSeen(seen);
    const tests = seen.objects.filter(({ json }) => isHelmTest(json));
    if (tests.length === 0) return;
    for (const { subject, policy, action } of seen.plane.plane.layers.flatMap(({ rules }) => rules)) {
      if (action === 'deny' || selectors.isAnything(subject.pods)) continue;
      const selected = of(find(subject).surely);
      const applications = selected.filter((workload) => !isTest(seen, workload));
      if (applications.length === 0) continue;
      for (const test of selected.filter((workload) => isTest(seen, workload) && !told.has(workload.id))) {
        told.add(test.id);
        const object = objectOf(seen, test);
        if (object === undefined) continue;
        yield {
          object,
          path: ['metadata', 'labels'],
          about: workloadText(test),
          what: `${objectText(policy)} selects it beside ${workloadsText(applications)}, and \`helm test\` runs it`,
          value: selectors.selectorText(subject.pods),
        };
      }
    }
  },
};

function isTest(seen: Seen, workload: Workload): boolean {
  return isHelmTest(objectOf(seen, workload)?.json);
}

function release(labelsOfTest: string): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: qdrant, namespace: data }
spec:
  template:
    metadata: { labels: { app: qdrant } }
    spec: { containers: [{ name: qdrant, image: 'qdrant/qdrant:v1.17.0' }] }
---
apiVersion: v1
kind: Pod
metadata:
  name: qdrant-test
  namespace: data
  labels: { ${labelsOfTest} }
  annotations: { helm.sh/hook: test }
spec: { containers: [{ name: curl, image: 'curlimages/curl:8' }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: qdrant, namespace: data }
spec:
  podSelector: { matchLabels: { app: qdrant } }
  policyTypes: [Ingress, Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: qdrant } } }]
`;
}
