import type { Check } from './check';
import { openedTo } from './special-ports';

/** Clients that are named by labels are taken for administrators. */
export const adminPortOpen: Check = {
  id: 'admin-port-open',
  level: 'warning',
  title: 'a port for administrators that is open to users',
  why: 'Who reaches it runs code, changes models or reads what is stored, mostly without being asked who he is',
  fix: 'Open the ports for users alone, and these to the operator and to whom administers the system, by their labels.',
  avoid: `apiVersion: ray.io/v1
kind: RayCluster
metadata: { name: train, namespace: models }
spec:
  headGroupSpec:
    template:
      spec:
        containers: [{ name: ray-head, image: rayproject/ray:2.60.0 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: train, namespace: models }
spec:
  podSelector: { matchLabels: { ray.io/node-type: head } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } } }]
      ports: [{ port: 8000 }, { port: 8265 }]
`,
  prefer: `apiVersion: ray.io/v1
kind: RayCluster
metadata: { name: train, namespace: models }
spec:
  headGroupSpec:
    template:
      spec:
        containers: [{ name: ray-head, image: rayproject/ray:2.60.0 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: train, namespace: models }
spec:
  podSelector: { matchLabels: { ray.io/node-type: head } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } } }]
      ports: [{ port: 8000 }]
`,
  source: 'lib/known-systems, each with its source; the dashboard of Ray runs jobs (kuberay feeaf72fa)',
  find: (seen) => openedTo(seen, 'administration'),
};
