import { isNearMiss } from '../model/near-miss';
import { type PodSet, soleNamespace } from '../model/pod-set';
import * as selectors from '../model/selector';
import type { Check, CheckFinding } from './check';
import { objectOfReading } from './engine-problems';
import { mayBeHomeless } from './homeless-workloads';
import { networkPolicies } from './network-policies';
import { hiddenMaker, makerText, podsSeen, wornText } from './pods-seen';
import type { Seen } from './seen';

export const policySelectsNothing: Check = {
  id: 'policy-selects-nothing',
  level: 'warning',
  title: 'a policy that selects nothing',
  why: 'A policy isolates the pods that it selects, and an empty selection isolates nobody: the pods that were meant stay open',
  fix: 'Write the labels as the pods have them, or take the policy out.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { podSelector: { matchLabels: { app: vlm } }, policyTypes: [Ingress] }
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { podSelector: { matchLabels: { app: vllm } }, policyTypes: [Ingress] }
`,
  source: 'Kubernetes API reference, NetworkPolicySpec: podSelector',
  *find(seen) {
    for (const { object, subject } of networkPolicies(seen)) {
      const found = nobodyIn(seen, subject);
      if (found !== undefined) yield { object, path: ['spec', 'podSelector'], ...found };
    }
    for (const reading of seen.reading.others) {
      const subjects = [...reading.isolations, ...reading.rules].map(({ subject }) => subject);
      if (subjects.length === 0 || reading.otherwise !== undefined) continue;
      const found = subjects.map((subject) => nobodyIn(seen, subject));
      const [first] = found;
      const object = objectOfReading(seen, reading);
      if (object && first !== undefined && !found.includes(undefined)) yield { object, ...first };
    }
  },
};

/** Nothing where the namespace has no workload in the manifests: what runs there is then not known. */
function nobodyIn(seen: Seen, subject: PodSet): Omit<CheckFinding, 'object'> | undefined {
  const { isNobody, inNamespace, onHostNetwork } = podsSeen(seen);
  const namespace = soleNamespace(subject.namespaces);
  if (namespace === undefined || selectors.isAnything(subject.pods) || !isNobody(subject)) return undefined;
  const there = inNamespace(namespace);
  if (there.length === 0 || onHostNetwork(subject).length > 0 || mayBeHomeless(seen, subject.pods)) return undefined;
  const asked = selectors.selectorText(subject.pods);
  const near = there.find(({ labels }) => isNearMiss(subject.pods, labels));
  const maker = hiddenMaker(seen, namespace);
  const what = `no workload of namespace ${namespace} has {${asked}}`;
  if (near !== undefined) return { what: `${what}; ${wornText(near)}`, value: asked };
  if (maker === undefined) return { what, value: asked };
  return { what: `${what}, unless ${makerText(maker)} makes pods that do`, value: asked, level: 'note' };
}
