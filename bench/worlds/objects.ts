/** A manifest as YAML gives it. */
export type Manifest = Readonly<Record<string, unknown>>;

type Labels = Readonly<Record<string, string>>;

export function namespace(name: string, labels: Labels = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A pod with one container, as a cluster shows it, without what no reader of policies looks at. */
export function pod(namespace: string, name: string, labels: Labels, address?: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      containers: [
        { name: 'server', image: 'registry.example/server:1', ports: [{ name: 'http', containerPort: 8080 }] },
      ],
    },
    ...(address !== undefined && { status: { podIPs: [{ ip: address }] } }),
  };
}

export function policy(namespace: string, name: string, spec: Manifest): Manifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

export function matching(labels: Labels): Manifest {
  return { matchLabels: labels };
}

export function inNamespace(name: string, pods: Manifest): Manifest {
  return { namespaceSelector: matching({ 'kubernetes.io/metadata.name': name }), podSelector: pods };
}

export function tcp(port: number): Manifest {
  return { protocol: 'TCP', port };
}

export function udp(port: number): Manifest {
  return { protocol: 'UDP', port };
}
