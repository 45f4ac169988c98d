import { isNearMiss } from '../model/near-miss';
import { type PodSet, podSetText, soleNamespace } from '../model/pod-set';
import * as selectors from '../model/selector';
import type { Check, CheckFinding } from './check';
import { danglingPeersOfEngines, meantElsewhere } from './dangling-peers-of-engines';
import { mayBeHomeless } from './homeless-workloads';
import { nearNamespace } from './namespace-misspelt';
import { networkPolicies, type SeenPeer, writtenPeers } from './network-policies';
import { listText, makerAmong, podsSeen, unlessText, wornText } from './pods-seen';
import type { Seen } from './seen';
import { WITH_THE_CLUSTER } from './system-namespaces';
import { splitPeers } from './two-peers-for-one';

export const danglingPeer: Check = {
  id: 'dangling-peer',
  level: 'warning',
  title: 'a peer that matches nothing',
  why: 'A rule about a peer that is nobody allows nothing, and who was meant is denied in silence',
  fix: 'Write the labels as the pods and the namespace have them, or take the peer out.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: gateway, namespace: gateway, labels: { app: ai-gateway } }
spec: { containers: [{ name: gateway }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } }
          podSelector: { matchLabels: { app: gateway } }
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: gateway, namespace: gateway, labels: { app: ai-gateway } }
spec: { containers: [{ name: gateway }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } }
          podSelector: { matchLabels: { app: ai-gateway } }
`,
  source:
    'Kubernetes API reference, NetworkPolicyPeer; Cilium documentation, "Layer 3 Policies": a namespaced policy is about endpoints of its namespace unless it names another; Calico documentation, "Network policy": EntityRule',
  *find(seen) {
    yield* danglingPeersOfEngines(seen);
    const { isNobody } = podsSeen(seen);
    const otherwise = new Set(splitPeers(seen).map(({ pods }) => pods.json));
    const told = new Set<string>();
    for (const policy of networkPolicies(seen)) {
      for (const rule of policy.rules) {
        if (!rule.peers.some((peer) => peer.kind === 'pods' && isNobody(peer.pods))) continue;
        for (const written of writtenPeers(policy, rule)) {
          const { peer, json, path } = written;
          if (peer.kind !== 'pods' || !isNobody(peer.pods) || otherwise.has(json)) continue;
          const found = nobody(seen, peer.pods, written);
          // The same of many policies is one trouble, and told where it stands first.
          if (found === undefined || told.has(found.what)) continue;
          told.add(found.what);
          yield { object: policy.object, path, ...found };
        }
      }
    }
  },
};

function nobody(seen: Seen, set: PodSet, { json }: SeenPeer): Omit<CheckFinding, 'object'> | undefined {
  const { inhabited, inNamespace, onHostNetwork } = podsSeen(seen);
  const name = soleNamespace(set.namespaces);
  // Another rule tells of a slip in the name of the namespace, and of pods that no selector has.
  if (name !== undefined && nearNamespace(seen, name) !== undefined) return undefined;
  if (selectors.isNothing(set.namespaces) || selectors.isNothing(set.pods)) return impossible(set);
  if (onHostNetwork(set).length > 0 || mayBeHomeless(seen, set.pods)) return undefined;
  const there = inhabited(set.namespaces).map((namespace) => namespace.name);
  const asked = selectors.selectorText(set.pods);
  const value = podSetText(set);
  if (there.length === 0) return isElsewhere(seen, set, json) ? unseen(set) : undefined;
  const where = `namespace ${listText(there)}`;
  const what = `no pod of ${where} has {${asked}}`;
  const near = there.flatMap(inNamespace).find(({ labels }) => isNearMiss(set.pods, labels));
  if (near !== undefined) return { value, what: `${what}; ${wornText(near)}` };
  const elsewhere = isOfOwnNamespace(json) ? meantElsewhere(seen, set, 'networking.k8s.io') : undefined;
  if (elsewhere !== undefined) return { value, what: `${what}; ${elsewhere.what}`, fix: elsewhere.fix };
  if (isInvitation(set)) return { level: 'note', value, what: `${what}; whoever is given the label gets through` };
  const maker = makerAmong(seen, there);
  if (there.length > 1 || maker !== undefined || name === undefined) {
    return { level: 'note', value, what: `${what} in these manifests; ${unlessText(maker)}` };
  }
  return { value, what };
}

function unseen({ namespaces }: PodSet): Omit<CheckFinding, 'object'> {
  const name = soleNamespace(namespaces);
  const value = name ?? selectors.selectorText(namespaces);
  const where = name === undefined ? `of a namespace {${value}}` : `of namespace ${name}`;
  return {
    level: 'note',
    value,
    what: `these manifests have nothing ${where}, so whether the peer matches is not known`,
  };
}

/** Nothing of the namespace is here: it is in another repository, or nowhere. Where no pod is here at all, pods are kept apart. */
function isElsewhere(seen: Seen, { namespaces }: PodSet, json: unknown): boolean {
  if (isOfOwnNamespace(json) || podsSeen(seen).classes.length === 0) return false;
  const name = soleNamespace(namespaces);
  if (name !== undefined && WITH_THE_CLUSTER.test(name)) return false;
  // Of the label `name` another rule tells.
  if (namespaces.constraints.some(({ key }) => key === 'name')) return false;
  return !seen.reading.world.namespaces.some(({ labels }) => selectors.matches(namespaces, labels));
}

function impossible(set: PodSet): Omit<CheckFinding, 'object'> {
  return { value: podSetText(set), what: 'the selector asks for what excludes itself, so that no pod can have it' };
}

/** A pod selector without namespaces: about the namespace of the policy, in which nothing is seen. */
function isOfOwnNamespace(json: unknown): boolean {
  return !(typeof json === 'object' && json !== null && 'namespaceSelector' in json);
}

/** Labels that clients are given to get in, as charts ask for them: `postgresql-client: "true"`. */
function isInvitation({ pods }: PodSet): boolean {
  return pods.constraints.some(({ key, values }) => values.includes('true') && /client|access|allow/.test(key));
}
