import { NAMESPACE_NAME_LABEL } from '../model/labels';
import { askedLabels } from './asked-labels';
import type { Check } from './check';
import { declaredLabels } from './pods-seen';

export const namespaceNameLabel: Check = {
  id: 'namespace-name-label',
  level: 'warning',
  title: 'a namespace by the label `name`, which Kubernetes does not set',
  why: 'No namespace has the label `name` unless somebody set it, so that the rule may be about no namespace at all',
  fix: `Select it by ${NAMESPACE_NAME_LABEL}, which the API server sets on every namespace.`,
  avoid: `apiVersion: v1
kind: Namespace
metadata: { name: gateway }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { name: gateway } } }]
`,
  prefer: `apiVersion: v1
kind: Namespace
metadata: { name: gateway }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } } }]
`,
  source: 'Kubernetes documentation, "Network Policies": targeting a namespace by its name (1.22 and later)',
  *find(seen) {
    const wearing = new Set(
      seen.reading.world.namespaces.flatMap(({ labels }) => ('name' in labels ? [labels.name] : [])),
    );
    for (const { object, values, path } of askedLabels(seen, 'namespaces', (key) => key === 'name')) {
      const name = values.find((value) => !wearing.has(value));
      if (name === undefined) continue;
      const isDeclared = declaredLabels(seen, name) !== undefined;
      yield {
        object,
        path,
        level: isDeclared ? 'warning' : 'note',
        what: isDeclared
          ? `Namespace ${name} is here without the label name=${name}, so that the selector does not have it`
          : `no Namespace of these manifests has the label name=${name}, and Kubernetes sets none of that key`,
        value: `name=${name}`,
        fix: `Write ${NAMESPACE_NAME_LABEL}: ${name}.`,
      };
    }
  },
};
