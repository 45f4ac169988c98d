import type { Rule } from '../model/layer';
import { soleNamespace } from '../model/pod-set';
import type { Check, CheckFinding } from './check';
import { hasEveryPort, isEverybody, peersText } from './peers';
import { allowRules, type SeenRule } from './seen-rules';

/** Pods of the same namespace often share every port on purpose, and rules for everybody are the business of others. */
export const portsLeftOpen: Check = {
  id: 'ports-left-open',
  level: 'note',
  title: 'a rule for pods of other namespaces without ports',
  why: 'Every port of the pods is reached, those for administration, metrics and peers among them, and those that a later version opens',
  fix: 'List the ports that these peers use.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } } }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } } }]
      ports: [{ port: 8000 }]
`,
  source: 'kubernetes "Network Policies" (without ports a rule is about all of them)',
  *find(seen) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const rule of allowRules(seen, direction)) yield* found(rule);
    }
  },
};

function* found({ object, path, parts, direction }: SeenRule): Generator<CheckFinding> {
  const open = parts.find((part) => hasEveryPort(part.ports) && isForOthers(part));
  if (open === undefined) return;
  const peers = peersText(open.peers);
  yield {
    object,
    path,
    what: direction === 'ingress' ? `${peers} may come in on every port` : `${peers} may be reached on every port`,
    value: peers,
    allowed: 'ports one by one',
  };
}

/** Pods, of another namespace among them. */
function isForOthers({ peers, policy, subject }: Rule): boolean {
  const own = policy.namespace ?? soleNamespace(subject.namespaces);
  const isPods = peers.every((peer) => peer.kind === 'pods' && !isEverybody(peer));
  return (
    isPods &&
    own !== undefined &&
    peers.some((peer) => peer.kind === 'pods' && soleNamespace(peer.pods.namespaces) !== own)
  );
}
