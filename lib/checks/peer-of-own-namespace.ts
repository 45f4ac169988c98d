import { isNearMiss } from '../model/near-miss';
import { type PodSet, podSet, podSetText, soleNamespace } from '../model/pod-set';
import * as selectors from '../model/selector';
import type { CheckFinding } from './check';
import { hiddenMaker, listText, makerText, podsSeen, workloadsText, workloadText } from './pods-seen';
import type { Seen } from './seen';
import { type SeenRule, seenRules } from './seen-rules';

/** How a peer of another namespace is written, by the group of the policy. */
const ELSEWHERE: Readonly<Record<string, (namespace: string) => string>> = {
  'cilium.io': (namespace) => `Add k8s:io.kubernetes.pod.namespace: ${namespace} to the labels of the peer.`,
  'projectcalico.org': (namespace) =>
    `Write namespaceSelector: projectcalico.org/name == '${namespace}' beside the selector.`,
  'crd.antrea.io': (namespace) =>
    `Write namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${namespace} } } beside the podSelector.`,
};

/**
 * Peers in policies of Cilium, Calico and Antrea that are of the policy's own namespace, as a selector without namespaces
 * is, where nobody of that namespace is meant: pods elsewhere have the labels, or pods there have nearly these. Silent where
 * no workload of the namespace is seen, and where neither is so.
 */
export function* danglingInOwnNamespace(seen: Seen): Generator<CheckFinding> {
  const told = new Set<string>();
  for (const rule of seenRules(seen)) {
    const { object, path, action, isEnforced } = rule;
    if (action !== 'allow' || !isEnforced || !Object.hasOwn(ELSEWHERE, object.group)) continue;
    for (const set of ownPeers(rule)) {
      const found = whoIsMeant(seen, set, ELSEWHERE[object.group]);
      // The same of many policies is one trouble, and told where it stands first.
      if (found === undefined || told.has(found.what)) continue;
      told.add(found.what);
      yield { object, path, ...found };
    }
  }
}

function ownPeers({ object, parts }: SeenRule): PodSet[] {
  const { namespace } = object.ref;
  if (namespace === undefined) return [];
  const peers = parts.flatMap((part) => part.peers);
  // A selector of Calico is about sets of addresses with these labels as well.
  if (object.group === 'projectcalico.org' && peers.some(({ kind }) => kind !== 'pods')) return [];
  return peers.flatMap((peer) =>
    peer.kind === 'pods' && soleNamespace(peer.pods.namespaces) === namespace ? [peer.pods] : [],
  );
}

function whoIsMeant(
  seen: Seen,
  set: PodSet,
  written: (namespace: string) => string,
): Omit<CheckFinding, 'object'> | undefined {
  const { isNobody, inNamespace, onHostNetwork, find, of } = podsSeen(seen);
  if (selectors.isAnything(set.pods) || !isNobody(set) || onHostNetwork(set).length > 0) return undefined;
  const namespace = soleNamespace(set.namespaces) ?? '';
  const there = inNamespace(namespace);
  if (there.length === 0 || selectors.isNothing(set.pods)) return undefined;
  const value = podSetText(set);
  const nobody = `no pod of namespace ${namespace} has {${selectors.selectorText(set.pods)}}`;
  const maker = hiddenMaker(seen, namespace);
  const unless = maker === undefined ? '' : `, unless ${makerText(maker)} makes pods that do`;
  const level = maker === undefined ? {} : { level: 'note' as const };
  const elsewhere = of(find(podSet(selectors.anything, set.pods)).surely);
  if (elsewhere.length > 0) {
    const namespaces = [...new Set(elsewhere.map((workload) => workload.namespace))];
    return {
      ...level,
      value,
      what: `without a namespace the peer is of the policy's own, and ${nobody}${unless}; ${workloadsText(elsewhere)} of namespace ${listText(namespaces)} ${elsewhere.length === 1 ? 'has' : 'have'}`,
      ...(namespaces.length === 1 && { fix: written(namespaces[0]) }),
    };
  }
  const near = there.find(({ labels }) => isNearMiss(set.pods, labels));
  if (near === undefined) return undefined;
  const worn = selectors.selectorText(selectors.fromLabels(near.labels));
  return { value, what: `${nobody}; ${workloadText(near)} has {${worn}}` };
}
