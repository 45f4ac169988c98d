import type { LiveObject } from './fake-cluster';

// Objects as an API server gives them back.

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
  };
}

const CONTAINERS = [
  { name: 'main', image: 'registry.example/main:1', ports: [{ containerPort: 8080, protocol: 'TCP' }] },
];

export function deployment(inNamespace: string, name: string, labels = { app: name }): LiveObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: inNamespace, uid: `deployment-${name}`, managedFields: [{ manager: 'kubectl' }] },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: CONTAINERS } },
    },
  };
}

export function replicaSet(inNamespace: string, of: string, hash = '7d4f9c'): LiveObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${of}-${hash}`,
      namespace: inNamespace,
      uid: `replicaset-${of}`,
      ownerReferences: [owner('apps/v1', 'Deployment', of)],
    },
    spec: {
      template: { metadata: { labels: { app: of, 'pod-template-hash': hash } }, spec: { containers: CONTAINERS } },
    },
  };
}

export interface PodOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly hash?: string;
  readonly phase?: string;
}

/** A Pod of the ReplicaSet of a Deployment. */
export function podOf(inNamespace: string, of: string, ip: string, options: PodOptions = {}): LiveObject {
  const { labels = { app: of }, hash = '7d4f9c', phase = 'Running' } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${of}-${hash}-${ip.replaceAll('.', '')}`,
      namespace: inNamespace,
      labels: { ...labels, 'pod-template-hash': hash },
      ownerReferences: [owner('apps/v1', 'ReplicaSet', `${of}-${hash}`)],
      managedFields: [{ manager: 'kubelet' }],
    },
    spec: { nodeName: 'node-a', containers: CONTAINERS },
    status: { phase, podIP: ip, podIPs: [{ ip }] },
  };
}

function owner(apiVersion: string, kind: string, name: string) {
  return { apiVersion, kind, name, uid: `${kind.toLowerCase()}-${name}`, controller: true };
}

export function networkPolicy(inNamespace: string, name: string, spec: Readonly<Record<string, unknown>>): LiveObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: inNamespace },
    spec,
  };
}

/** Nobody in, nobody out. */
export function denyAll(inNamespace: string): LiveObject {
  return networkPolicy(inNamespace, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
}

/** Two namespaces: agents may open TCP 8080 of the models, and nothing else passes between them. */
export function agentsAndModels(): LiveObject[] {
  return [
    namespace('agents', { purpose: 'agents' }),
    namespace('models', { purpose: 'inference' }),
    deployment('agents', 'agent'),
    replicaSet('agents', 'agent'),
    podOf('agents', 'agent', '10.244.0.5'),
    deployment('models', 'vllm'),
    replicaSet('models', 'vllm'),
    podOf('models', 'vllm', '10.244.1.7'),
    podOf('models', 'vllm', '10.244.1.8'),
    denyAll('models'),
    networkPolicy('models', 'vllm', {
      podSelector: { matchLabels: { app: 'vllm' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { purpose: 'agents' } },
              podSelector: { matchLabels: { app: 'agent' } },
            },
          ],
          ports: [{ protocol: 'TCP', port: 8080 }],
        },
      ],
    }),
  ];
}
