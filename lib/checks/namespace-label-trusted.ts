import type { Level } from '../findings/finding';
import { NAMESPACE_NAME_LABEL } from '../model/labels';
import type { PodSet } from '../model/pod-set';
import { remembered } from '../model/remembered';
import * as selectors from '../model/selector';
import type { Check } from './check';
import { networkPolicies, writtenPeers } from './network-policies';

export const namespaceLabelTrusted: Check = {
  id: 'namespace-label-trusted',
  level: 'warning',
  title: 'a namespace that is let in by a label that anyone may set',
  why: 'Whoever may label a namespace, or run a pod in any of them, gets in: the label is no secret, and only the name of a namespace is fixed',
  fix: `Name the namespace by ${NAMESPACE_NAME_LABEL}, and its pods by a podSelector.`,
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-from-gateway, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { purpose: gateway } } }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-from-gateway, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } }
          podSelector: { matchLabels: { app: ai-gateway } }
`,
  source:
    'Kubernetes documentation, "Network Policies"; the API server sets kubernetes.io/metadata.name and refuses another value (NamespaceDefaultLabelName)',
  *find(seen) {
    // Of one that nobody has another rule says what is wrong.
    const isWorn = seen.reading.world.namespaces.some(({ labels }) => Object.hasOwn(labels, 'name'));
    const trustedIn = remembered((pods: PodSet) => ({ found: trusted(pods, isWorn) }));
    for (const policy of networkPolicies(seen)) {
      for (const rule of policy.rules) {
        if (rule.direction !== 'ingress') continue;
        // Most peers name their namespace, and no place of theirs is looked for.
        if (!rule.peers.some((peer) => peer.kind === 'pods' && trustedIn(peer.pods).found !== undefined)) continue;
        for (const { peer, path } of writtenPeers(policy, rule)) {
          const found = peer.kind === 'pods' ? trustedIn(peer.pods).found : undefined;
          if (found !== undefined) yield { object: policy.object, path: [...path, 'namespaceSelector'], ...found };
        }
      }
    }
  },
};

interface Trusted {
  readonly level: Level;
  readonly what: string;
  readonly value: string;
}

/** Labels that a platform keeps for itself: tenants cannot set them where it does. */
const OF_PLATFORMS = /(^|\.)(kubernetes\.io|k8s\.io|openshift\.io)\//;

function trusted({ namespaces, pods }: PodSet, isNameWorn: boolean): Trusted | undefined {
  if (selectors.isAnything(namespaces)) {
    // Pods of every kind in every namespace: that is open to all, and trusts no label.
    if (selectors.isAnything(pods) || pods.impossible) return undefined;
    const asked = selectors.selectorText(pods);
    return { level: 'note', value: asked, what: `a pod of any namespace that has {${asked}} gets in` };
  }
  const demanded = namespaces.constraints.filter(({ excluded, mayBeAbsent }) => !excluded && !mayBeAbsent);
  const isNamed = demanded.some(({ key }) => key === NAMESPACE_NAME_LABEL);
  if (isNamed || demanded.length === 0 || demanded.some(({ key }) => OF_PLATFORMS.test(key))) return undefined;
  if (!isNameWorn && demanded.every(({ key }) => key === 'name')) return undefined;
  const label = selectors.selectorText(namespaces);
  if (!selectors.isAnything(pods)) {
    const asked = selectors.selectorText(pods);
    return { level: 'note', value: label, what: `pods with {${asked}} of any namespace that has {${label}} get in` };
  }
  return { level: 'warning', value: label, what: `every pod of any namespace that has {${label}} gets in` };
}
