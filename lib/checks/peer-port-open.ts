import type { Check } from './check';
import { openedTo } from './special-ports';

export const peerPortOpen: Check = {
  id: 'peer-port-open',
  level: 'warning',
  title: 'a port for replication or gossip that is open to clients',
  why: 'What speaks the protocol of the nodes joins them, and reads or changes everything, as nobody is asked who he is there',
  fix: 'Open the ports for clients alone, and those of the nodes to pods of the system itself.',
  avoid: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: qdrant, namespace: data }
spec:
  template:
    metadata: { labels: { app: qdrant } }
    spec:
      containers: [{ name: qdrant, image: docker.io/qdrant/qdrant:v1.19.0 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: qdrant, namespace: data }
spec:
  podSelector: { matchLabels: { app: qdrant } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
      ports: [{ port: 6333 }, { port: 6335 }]
    - from: [{ podSelector: { matchLabels: { app: qdrant } } }]
      ports: [{ port: 6335 }]
`,
  prefer: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: qdrant, namespace: data }
spec:
  template:
    metadata: { labels: { app: qdrant } }
    spec:
      containers: [{ name: qdrant, image: docker.io/qdrant/qdrant:v1.19.0 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: qdrant, namespace: data }
spec:
  podSelector: { matchLabels: { app: qdrant } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
      ports: [{ port: 6333 }]
    - from: [{ podSelector: { matchLabels: { app: qdrant } } }]
      ports: [{ port: 6335 }]
`,
  source: 'lib/known-systems, each with its source; qdrant-helm fd6321f (its Service offers 6335)',
  find: (seen) => openedTo(seen, 'peers'),
};
