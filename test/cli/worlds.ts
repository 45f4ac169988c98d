import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Around, type Ended, run } from './run';

/** A folder of its own for a test, and command lines that run in it. */
export interface Folder {
  readonly path: string;
  write(name: string, text: string): void;
  run(argv: readonly string[], around?: Around): Promise<Ended>;
  remove(): void;
}

export function folder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'cli-'));
  return {
    path,
    write: (name, text) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    },
    run: (argv, around) => run(argv, { cwd: path, ...around }),
    remove: () => rmSync(path, { recursive: true }),
  };
}

export function workload(name: string, kind = 'Deployment', port = 8080): string {
  const [namespace, app] = name.split('/');
  return `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${app}, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: main, ports: [{ containerPort: ${port}, name: http }] }] }
`;
}

export function denyAll(namespace: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: ${namespace} }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;
}

/** Agents look things up in Weaviate, where nothing else may come in; a notebook is in a namespace without policies. */
export const RETRIEVAL = [
  workload('agents/agent'),
  workload('agents/planner'),
  workload('data/weaviate', 'StatefulSet'),
  workload('lab/notebook'),
  denyAll('agents'),
  denyAll('data'),
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: agent
  namespace: agents
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } }
          podSelector: { matchLabels: { app: weaviate } }
      ports: [{ port: 8080 }]
`,
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: weaviate
  namespace: data
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } }
          podSelector: { matchLabels: { app: agent } }
      ports: [{ port: http }]
`,
].join('---\n');
