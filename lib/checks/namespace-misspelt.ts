import type { RulePeer } from '../model/layer';
import { isOneEditApart } from '../model/one-edit';
import { soleNamespace } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Check, CheckFinding } from './check';
import { networkPolicies, writtenPeers } from './network-policies';
import { namespaceObjects, objectOf, podsSeen, workloadText } from './pods-seen';
import type { Seen } from './seen';
import { policyObjects } from './seen-rules';

export const namespaceMisspelt: Check = {
  id: 'namespace-misspelt',
  level: 'warning',
  title: 'a namespace that nobody declares, one slip away from one that is there',
  why: 'A policy for a namespace that does not exist matches nothing, and nobody says so',
  fix: 'Write the name of the namespace as it is declared.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: gateway, namespace: ai-gateway, labels: { app: gateway } }
spec: { containers: [{ name: gateway }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ai-gatway } } }]
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: gateway, namespace: ai-gateway, labels: { app: gateway } }
spec: { containers: [{ name: gateway }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ai-gateway } } }]
`,
  source: 'Kubernetes documentation, "Network Policies": targeting a namespace by its name',
  *find(seen) {
    yield* misspeltOfWorkloads(seen);
    yield* misspeltOfPolicies(seen);
    for (const policy of networkPolicies(seen)) {
      const { object, namespace } = policy;
      for (const rule of policy.rules) {
        if (!rule.peers.some((peer) => isMisspelt(seen, peer))) continue;
        for (const { peer, path } of writtenPeers(policy, rule)) {
          const name = peer.kind === 'pods' ? soleNamespace(peer.pods.namespaces) : undefined;
          if (name === undefined || name === namespace) continue;
          const near = nearNamespace(seen, name);
          if (near === undefined) continue;
          yield {
            object,
            path: [...path, 'namespaceSelector'],
            what: `no manifest declares namespace ${name}, and one slip makes it ${near}`,
            value: name,
            fix: `Write kubernetes.io/metadata.name: ${near}.`,
          };
        }
      }
    }
  },
};

/** Namespaces of policies, of whichever kind: each once. */
function* misspeltOfPolicies(seen: Seen): Generator<CheckFinding> {
  const told = new Set<string>();
  for (const object of policyObjects(seen)) {
    const { namespace } = object.ref;
    if (namespace === undefined || told.has(namespace)) continue;
    told.add(namespace);
    const near = nearNamespace(seen, namespace);
    if (near === undefined) continue;
    yield {
      object,
      path: ['metadata', 'namespace'],
      what: `namespace ${namespace} has policies and nothing that they are about, and one slip makes it ${near}`,
      value: namespace,
      fix: `Write namespace: ${near}.`,
    };
  }
}

/** Workloads in a namespace that nobody declares, beside a declared one that is one slip away: each namespace once. */
function* misspeltOfWorkloads(seen: Seen): Generator<CheckFinding> {
  const declared = namespaceObjects(seen);
  const told = new Set<string>();
  for (const { namespace, workloads } of podsSeen(seen).classes) {
    if (declared.has(namespace) || told.has(namespace)) continue;
    told.add(namespace);
    const near = [...declared.keys()].find((one) => isOneEditApart(one, namespace));
    const workload = seen.reading.world.workloads[workloads[0]];
    if (near === undefined || workload === undefined) continue;
    const object = objectOf(seen, workload);
    yield {
      ...(object && { object, path: ['metadata', 'namespace'] }),
      what: `${workloadText(workload)} is in namespace ${namespace}, which nobody declares, and one slip makes it ${near}: no policy of ${near} is about it`,
      value: namespace,
      fix: `Write namespace: ${near}.`,
    };
  }
}

/** Whether a slip may be in it: most peers are about namespaces that are there, and get no place. */
function isMisspelt(seen: Seen, peer: RulePeer): boolean {
  const name = peer.kind === 'pods' ? soleNamespace(peer.pods.namespaces) : undefined;
  return name !== undefined && nearNamespace(seen, name) !== undefined;
}

/** The namespace that is there and one slip away from one of which nothing is; nothing for one that is there itself. */
export function nearNamespace(seen: Seen, name: string): string | undefined {
  const known = nearNames(seen);
  if (!known.has(name)) {
    const there = namesThere(seen);
    known.set(name, there.has(name) ? undefined : [...there].find((one) => isOneEditApart(one, name)));
  }
  return known.get(name);
}

const nearNames = remembered((_: Seen) => new Map<string, string | undefined>());

/** Namespaces that are declared, or that something runs in. */
const namesThere = remembered(
  (seen: Seen): ReadonlySet<string> =>
    new Set([
      ...namespaceObjects(seen).keys(),
      ...podsSeen(seen).classes.map(({ namespace }) => namespace),
      ...seen.reading.world.services.map(({ namespace }) => namespace),
    ]),
);
