import { isObject } from '../kinds/field';
import type { RulePeer } from '../model/layer';
import { podSet } from '../model/pod-set';
import { remembered } from '../model/remembered';
import * as selectors from '../model/selector';
import type { Check } from './check';
import { networkPolicies, type SeenPeer, type SeenPolicy, writtenPeers } from './network-policies';
import { podsSeen } from './pods-seen';
import type { Seen } from './seen';

export const twoPeersForOne: Check = {
  id: 'two-peers-for-one',
  level: 'warning',
  title: 'two items in a list of peers where one was meant',
  why: 'Two items are an OR: every pod of the namespaces, and besides pods of the own namespace; one item with both selectors is the AND',
  fix: 'Put both selectors into one item: take the dash before the second one out.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: gateway, namespace: gateway, labels: { app: gateway } }
spec: { containers: [{ name: gateway }] }
---
apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
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
        - podSelector: { matchLabels: { app: gateway } }
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: gateway, namespace: gateway, labels: { app: gateway } }
spec: { containers: [{ name: gateway }] }
---
apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
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
  source: 'Kubernetes documentation, "Network Policies": behavior of to and from selectors; uds-core issue 528',
  *find(seen) {
    for (const { policy, namespaces, pods, isSwallowed } of splitPeers(seen)) {
      const asked = pods.peer.kind === 'pods' ? selectors.selectorText(pods.peer.pods.pods) : '';
      const other = namespaces.peer.kind === 'pods' ? selectors.selectorText(namespaces.peer.pods.namespaces) : '';
      yield {
        object: policy.object,
        path: pods.path,
        value: asked,
        what: isSwallowed
          ? `the podSelector {${asked}} is an item of its own beside a namespaceSelector that has every pod of namespace ${policy.namespace} already, so that it narrows nothing`
          : `the podSelector {${asked}} is an item of its own: no pod of namespace ${policy.namespace} has it, and pods of the namespaces {${other}} do, all of whose pods the item before lets through`,
      };
    }
  },
};

interface SplitPeer {
  readonly policy: SeenPolicy;
  readonly namespaces: SeenPeer;
  readonly pods: SeenPeer;
  /** The namespaces have the pods already. */
  readonly isSwallowed: boolean;
}

/** Neighbours in a list, one with a selector of namespaces and one with a selector of pods, that were meant as one. */
export const splitPeers = remembered((seen: Seen): readonly SplitPeer[] =>
  networkPolicies(seen).flatMap((policy) =>
    policy.rules.flatMap((rule) => {
      // One of the two is pods of any labels, as few peers are.
      if (rule.peers.length < 2 || !rule.peers.some(isOfAnyLabels)) return [];
      const peers = writtenPeers(policy, rule);
      return peers.flatMap((peer, index) => {
        const next = peers[index + 1];
        if (next === undefined) return [];
        const found = split(seen, policy, peer, next) ?? split(seen, policy, next, peer);
        return found === undefined ? [] : [found];
      });
    }),
  ),
);

function isOfAnyLabels(peer: RulePeer): boolean {
  return peer.kind === 'pods' && selectors.isAnything(peer.pods.pods);
}

function split(seen: Seen, policy: SeenPolicy, namespaces: SeenPeer, pods: SeenPeer): SplitPeer | undefined {
  if (!hasOnly(namespaces, 'namespaceSelector') || !hasOnly(pods, 'podSelector')) return undefined;
  if (namespaces.peer.kind !== 'pods' || pods.peer.kind !== 'pods') return undefined;
  const asked = pods.peer.pods;
  if (selectors.isAnything(asked.pods)) return undefined;
  const there = namespaces.peer.pods.namespaces;
  if (selectors.implies(asked.namespaces, there)) return { policy, namespaces, pods, isSwallowed: true };
  const { isNobody, inNamespace, find } = podsSeen(seen);
  if (inNamespace(policy.namespace).length === 0 || !isNobody(asked)) return undefined;
  const isThere = find(podSet(there, asked.pods)).surely.length > 0;
  return isThere ? { policy, namespaces, pods, isSwallowed: false } : undefined;
}

function hasOnly({ json }: SeenPeer, field: string): boolean {
  return (
    isObject(json) && Object.keys(json).every((key) => key === field || json[key] === null) && isObject(json[field])
  );
}
