import type { Rule } from '../model/layer';
import { type PodSet, podSetImplies, soleNamespace } from '../model/pod-set';
import * as ports from '../model/port-set';
import { byNamespace } from './by-namespace';
import type { Check, CheckFinding } from './check';
import { workloadsOf } from './in-force';
import type { Seen } from './seen';
import { allowRules, type SeenRule } from './seen-rules';
import { labelsOfNamespace } from './seen-workloads';

/** Namespaces that are in the mesh by their label; pods that take themselves out of it are left alone. */
export const ambientMeshPort: Check = {
  id: 'ambient-mesh-port',
  level: 'warning',
  title: 'the port of the ambient mesh forgotten',
  why: 'Pods of an ambient mesh reach each other through TCP 15008, and that is the port that policies see, so that the traffic that the rule means is dropped',
  fix: 'Open TCP 15008 beside the port, and say by an AuthorizationPolicy of Istio which ports are meant, since whoever reaches 15008 reaches them all.',
  avoid: mesh('[{ port: 8000 }]'),
  prefer: mesh('[{ port: 8000 }, { port: 15008 }]'),
  source: 'Istio "Ambient and Kubernetes NetworkPolicy"; ztunnel issue 1229',
  *find(seen) {
    if (!seen.reading.world.namespaces.some(({ labels }) => labels[MESH_LABEL] === AMBIENT)) return;
    const rules = allowRules(seen, 'ingress').filter((rule) => isAmbient(rule, seen));
    const open = byNamespace(
      rules.flatMap(({ parts }) => parts).filter((part) => ports.covers(part.ports, TUNNEL)),
      ({ subject }) => subject,
    );
    for (const rule of rules) yield* found(rule, open, seen);
  },
};

function mesh(open: string): string {
  return `apiVersion: v1
kind: Namespace
metadata: { name: models, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: ${open}
`;
}

const MESH_LABEL = 'istio.io/dataplane-mode';
const AMBIENT = 'ambient';
const TUNNEL = ports.number('TCP', 15008);

function isAmbient({ parts: [{ subject }] }: SeenRule, seen: Seen): boolean {
  const namespace = soleNamespace(subject.namespaces);
  return namespace !== undefined && labelsOfNamespace(seen, namespace)[MESH_LABEL] === AMBIENT;
}

function* found(rule: SeenRule, open: (pods: PodSet) => readonly Rule[], seen: Seen): Generator<CheckFinding> {
  const closed = rule.parts.filter((part) => hasTcp(part) && isFromPods(part));
  if (closed.length === 0) return;
  const [{ subject, ports: meant }] = closed;
  if (open(subject).some((other) => podSetImplies(subject, other.subject))) return;
  const workloads = workloadsOf(seen, rule);
  if (workloads.length > 0 && workloads.every(({ labels }) => labels[MESH_LABEL] === 'none')) return;
  yield {
    object: rule.object,
    path: [...rule.path],
    what: `${ports.portsText(meant)} is let in and TCP/15008 is not, which pods of the mesh come through`,
    value: ports.portsText(meant),
    allowed: 'TCP/15008 beside the ports that are meant',
  };
}

/** The mesh carries TCP alone. */
function hasTcp({ ports: open }: Rule): boolean {
  return open.TCP.ranges.length > 0 || open.TCP.names.length > 0;
}

function isFromPods({ peers }: Rule): boolean {
  return peers.some(({ kind }) => kind === 'pods' || kind === 'anything');
}
