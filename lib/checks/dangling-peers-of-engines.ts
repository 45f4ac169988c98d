import { isNearMiss } from '../model/near-miss';
import { type PodSet, podSetText, soleNamespace } from '../model/pod-set';
import * as selectors from '../model/selector';
import type { CheckFinding } from './check';
import { mayBeHomeless } from './homeless-workloads';
import { nearNamespace } from './namespace-misspelt';
import { listText, makerAmong, podsSeen, unlessText, workloadText, wornText } from './pods-seen';
import type { Seen } from './seen';
import { type SeenRule, seenRules } from './seen-rules';

/** Labels that an engine gives pods and that no manifest shows. */
const GIVEN_BY_ENGINES = /^(io\.cilium|io\.kubernetes|projectcalico\.org|reserved|cidr|fqdn|pcsa\.|pcns\.)/;

/** Peers of the engines' own kinds that are pods and match none of those in the manifests. */
export function* danglingPeersOfEngines(seen: Seen): Generator<CheckFinding> {
  const { isNobody } = podsSeen(seen);
  const told = new Set<string>();
  for (const rule of seenRules(seen)) {
    if (rule.object.group === 'networking.k8s.io' || !rule.isEnforced) continue;
    for (const set of peersOf(rule)) {
      const found = isNobody(set) ? nobody(seen, rule, set) : undefined;
      // The same of many policies is one trouble, and told where it stands first.
      if (found === undefined || told.has(found.what)) continue;
      told.add(found.what);
      const why =
        rule.action === 'deny' && 'A denial of a peer that is nobody denies nothing, and who was meant gets through';
      yield { object: rule.object, path: rule.path, ...found, ...(why && { why }) };
    }
  }
}

/** None where it may be about addresses as well: a selector of Calico also selects sets of networks. */
function peersOf({ parts }: SeenRule): readonly PodSet[] {
  const peers = parts.flatMap((part) => part.peers);
  if (peers.some(({ kind }) => kind === 'addresses')) return [];
  return peers.flatMap((peer) => (peer.kind === 'pods' ? [peer.pods] : []));
}

function nobody(seen: Seen, { object }: SeenRule, set: PodSet): Omit<CheckFinding, 'object'> | undefined {
  const { inhabited, inNamespace, onHostNetwork } = podsSeen(seen);
  const name = soleNamespace(set.namespaces);
  if (name !== undefined && nearNamespace(seen, name) !== undefined) return undefined;
  if (selectors.isNothing(set.namespaces) || selectors.isNothing(set.pods) || selectors.isAnything(set.pods)) {
    return undefined;
  }
  if (set.pods.constraints.some(({ key }) => GIVEN_BY_ENGINES.test(key)) || onHostNetwork(set).length > 0) {
    return undefined;
  }
  if (mayBeHomeless(seen, set.pods)) return undefined;
  const there = inhabited(set.namespaces).map((namespace) => namespace.name);
  if (there.length === 0) return undefined;
  const asked = selectors.selectorText(set.pods);
  const value = podSetText(set);
  const what = `no pod of ${there.length === 1 ? 'namespace' : 'namespaces'} ${listText(there)} has {${asked}}`;
  const near = there.flatMap(inNamespace).find(({ labels }) => isNearMiss(set.pods, labels));
  if (near !== undefined) return { value, what: `${what}; ${wornText(near)}` };
  const isOfOwn = name !== undefined && name === object.ref.namespace;
  const elsewhere = isOfOwn ? meantElsewhere(seen, set, object.group) : undefined;
  if (elsewhere !== undefined) return { value, what: `${what}; ${elsewhere.what}`, fix: elsewhere.fix };
  return { level: 'note', value, what: `${what} in these manifests; ${unlessText(makerAmong(seen, there))}` };
}

/** Of a peer that is pods of the policy's own namespace: the workload of another that has the labels, and how to name it. */
export function meantElsewhere(
  seen: Seen,
  { pods }: PodSet,
  group: string,
): { readonly what: string; readonly fix: string } | undefined {
  const { find, of } = podsSeen(seen);
  const [found] = of(find({ namespaces: selectors.anything, pods }).surely);
  if (found === undefined) return undefined;
  return {
    what: `${workloadText(found)} has, and the rule is about pods of its own namespace`,
    fix: withNamespace(group, found.namespace),
  };
}

/** How each engine names another namespace in a peer. */
function withNamespace(group: string, namespace: string): string {
  if (group === 'cilium.io') {
    return `Add the namespace to its labels: matchLabels: { k8s:io.kubernetes.pod.namespace: ${namespace}, … }.`;
  }
  if (group === 'projectcalico.org' || group === 'crd.projectcalico.org') {
    return `Add namespaceSelector: projectcalico.org/name == '${namespace}' beside the selector.`;
  }
  return `Add namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${namespace} } } beside the podSelector.`;
}
