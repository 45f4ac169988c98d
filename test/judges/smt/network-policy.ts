import { and, FALSE, type Formula, not, or, TRUE } from './formula';
import { isolates, NAME_LABEL, type NetworkPolicy, namespaceOf, type Peer, type Rule } from './manifests';
import { isInBlock, type Situation, selects } from './situation';

/** Of what reaches a layer: what it lets through, and what it stops. The rest goes on to the next. */
export interface Layer {
  readonly allows: Formula;
  readonly denies: Formula;
}

/** What is left out of the policies, to ask what the rest does. */
export interface Without {
  /** Rules that let something through. */
  readonly allows?: true;
  /** That a NetworkPolicy stops what none of its rules has. */
  readonly isolation?: true;
}

/** Whoever a policy selects has what some rule of some policy allows, and nothing else. */
export function networkPolicyLayer(policies: readonly NetworkPolicy[], at: Situation, without: Without): Layer {
  const binding = policies
    .filter((policy) => isolates(policy, at.direction))
    .map((policy) => ({ policy, binds: bindsSubject(policy, at) }))
    .filter(({ binds }) => binds !== FALSE);
  const allows = without.allows
    ? FALSE
    : or(...binding.map(({ policy, binds }) => and(binds, isAllowedBy(policy, at))));
  const isolated = without.isolation ? FALSE : or(...binding.map(({ binds }) => binds));
  return { allows, denies: and(isolated, not(allows)) };
}

/** Some rule of the policy has the connection. */
export function isAllowedBy(policy: NetworkPolicy, at: Situation): Formula {
  return or(...rulesOf(policy, at).map((rule) => isIn(rule, policy, at)));
}

export function bindsSubject(policy: NetworkPolicy, { subject }: Situation): Formula {
  return and(
    subject.namespace(NAME_LABEL).is(namespaceOf(policy)),
    selects(policy.spec?.podSelector ?? {}, subject.label),
  );
}

function rulesOf({ spec }: NetworkPolicy, { direction }: Situation): readonly Rule[] {
  return (direction === 'ingress' ? spec?.ingress : spec?.egress) ?? [];
}

/** No peers are all, and no ports are all. */
function isIn(rule: Rule, policy: NetworkPolicy, at: Situation): Formula {
  const peers = (at.direction === 'ingress' ? rule.from : rule.to) ?? [];
  const ports = rule.ports ?? [];
  return and(
    peers.length === 0 ? TRUE : or(...peers.map((peer) => isPeer(peer, policy, at))),
    ports.length === 0 ? TRUE : or(...ports.map(at.isOn)),
  );
}

/** Without a selector of namespaces, pods of the namespace of the policy. */
function isPeer({ ipBlock, podSelector, namespaceSelector }: Peer, policy: NetworkPolicy, at: Situation): Formula {
  if (ipBlock) return and(at.isSeenByAddress(), isInBlock(ipBlock, at));
  return and(
    at.peerIsPod,
    namespaceSelector
      ? selects(namespaceSelector, at.peer.namespace)
      : at.peer.namespace(NAME_LABEL).is(namespaceOf(policy)),
    selects(podSelector ?? {}, at.peer.label),
  );
}
