import { lineText } from '../../lib/graph/flow-lines';

// Manifests of a small platform, and what may change in them.

export const deployment = (namespace: string, name: string, labels = `{ app: ${name} }`) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: ${labels} }
  template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: c, image: i }] } }
`;

const deny = (namespace: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: ${namespace} }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

export const mesh = `${deployment('ai-agents', 'agent')}${deployment('ai-data', 'weaviate')}${deny('ai-agents')}${deny('ai-data')}`;

const line = (reason: string) =>
  lineText({
    kind: 'out',
    traffic: 'TCP/8080',
    peer: 'ai-data/weaviate',
    because: [reason],
    encrypted: false,
    excepted: [],
    acknowledged: [],
    notes: [],
  });

export const retrieval = (reason = 'retrieval looks up passages') => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: agent
  namespace: ai-agents
  annotations: { cdk8s-zero-trust/flows: ${JSON.stringify(`${line(reason)}\n`)} }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ai-data } }, podSelector: { matchLabels: { app: weaviate } } }], ports: [{ port: 8080 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: ai-data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ai-agents } }, podSelector: { matchLabels: { app: agent } } }], ports: [{ port: 8080 }] }]
`;

export const webhook = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: tools, namespace: ai-agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress: [{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ports: [{ port: 443 }] }]
`;

export const cilium = `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: agent, namespace: ai-agents }
spec:
  endpointSelector: { matchLabels: { app: agent } }
  egress: [{ toEndpoints: [{ matchLabels: { k8s:io.kubernetes.pod.namespace: ai-data, app: weaviate } }], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]
`;

/** Every pair of theirs differs in its ports, so that no two of the changes are alike. */
export function fiveHundred(): string {
  const pods = Array.from({ length: 500 }, (_, i) => deployment('batch', `job-${i}`)).join('');
  const policies = Array.from(
    { length: 500 },
    (_, i) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: in-${i}, namespace: batch }
spec:
  podSelector: { matchLabels: { app: job-${i} } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: job-${(i + 1) % 500} } } }], ports: [{ port: ${1000 + i} }] }]
`,
  ).join('');
  const open = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: in, namespace: batch }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
  return `${pods}${open}${policies}`;
}
