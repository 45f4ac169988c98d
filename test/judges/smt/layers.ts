import { and, FALSE, type Formula, ite, not, or, TRUE } from './formula';
import {
  type ClusterNetworkPolicy,
  clusterNetworkPolicies,
  inTier,
  isolates,
  NAME_LABEL,
  type NetworkPolicy,
  namespaceOf,
  networkPolicies,
  type Peer,
  type PeerOfCluster,
  type PodsOfCluster,
  type ProtocolOfCluster,
  type Rule,
  type RuleOfCluster,
} from './manifests';
import { isInBlock, type PodTerms, type Situation, selects } from './situation';
import type { World } from './world';

/** Of what reaches a layer: what it lets through, and what it stops. The rest goes on to the next. */
interface Layer {
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

/** The connection is let through; by a rule, or also for want of one. */
export function admitted(world: World, at: Situation, by: 'rule' | 'rule or default', without: Without = {}): Formula {
  return layersOf(world, at, without).reduceRight(
    (rest, { allows, denies }) => ite(allows, TRUE, ite(denies, FALSE, rest)),
    by === 'rule' ? FALSE : TRUE,
  );
}

/** Admin first, then NetworkPolicy for the pods that one selects, then Baseline for the others. */
function layersOf({ manifests }: World, at: Situation, without: Without): Layer[] {
  const ranked = clusterNetworkPolicies(manifests);
  return [
    rankedLayer(inTier(ranked, 'Admin'), at, without),
    networkPolicyLayer(networkPolicies(manifests), at, without),
    rankedLayer(inTier(ranked, 'Baseline'), at, without),
  ];
}

/** Whoever a policy selects has what some rule of some policy allows, and nothing else. */
function networkPolicyLayer(policies: readonly NetworkPolicy[], at: Situation, without: Without): Layer {
  const binding = policies
    .filter((policy) => isolates(policy, at.direction))
    .map((policy) => ({ policy, binds: bindsSubject(policy, at) }))
    .filter(({ binds }) => binds !== FALSE);
  const allows = without.allows
    ? FALSE
    : or(
        ...binding.map(({ policy, binds }) =>
          and(binds, or(...rulesOf(policy, at).map((rule) => isIn(rule, policy, at)))),
        ),
      );
  const isolated = without.isolation ? FALSE : or(...binding.map(({ binds }) => binds));
  return { allows, denies: and(isolated, not(allows)) };
}

function bindsSubject(policy: NetworkPolicy, { subject }: Situation): Formula {
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
  if (ipBlock) return and(or(not(at.peerIsPod), at.blocksMeanPods), isInBlock(ipBlock, at));
  return and(
    at.peerIsPod,
    namespaceSelector
      ? selects(namespaceSelector, at.peer.namespace)
      : at.peer.namespace(NAME_LABEL).is(namespaceOf(policy)),
    selects(podSelector ?? {}, at.peer.label),
  );
}

/** The first rule that matches decides: Accept, Deny, or Pass, which leaves it to the next layer. */
function rankedLayer(policies: readonly ClusterNetworkPolicy[], at: Situation, without: Without): Layer {
  const rules = policies
    .flatMap(({ spec }) =>
      ((at.direction === 'ingress' ? spec.ingress : spec.egress) ?? []).map((rule) => ({
        action: rule.action,
        matches: and(isOneOf(spec.subject, at.subject), isInRule(rule, at)),
      })),
    )
    .filter(({ action }) => !(without.allows && action === 'Accept'));
  const first = (wanted: string): Formula =>
    rules.reduceRight((rest, { action, matches }) => ite(matches, action === wanted ? TRUE : FALSE, rest), FALSE);
  return { allows: first('Accept'), denies: first('Deny') };
}

function isInRule(rule: RuleOfCluster, at: Situation): Formula {
  const peers = (at.direction === 'ingress' ? rule.from : rule.to) ?? [];
  return and(
    or(...peers.map((peer) => isPeerOfCluster(peer, at))),
    rule.protocols === undefined ? TRUE : or(...rule.protocols.map((each) => isOn(each, at))),
  );
}

function isPeerOfCluster(peer: PeerOfCluster, at: Situation): Formula {
  if (peer.networks === undefined) return and(at.peerIsPod, isOneOf(peer, at.peer));
  return and(or(not(at.peerIsPod), at.blocksMeanPods), or(...peer.networks.map(at.peerIsAt)));
}

/** Without a selector of namespaces, pods of all of them. */
function isOneOf({ namespaces, pods }: PodsOfCluster, pod: PodTerms): Formula {
  if (namespaces !== undefined) return selects(namespaces, pod.namespace);
  if (pods === undefined) throw new Error('neither namespaces nor pods');
  return and(selects(pods.namespaceSelector ?? {}, pod.namespace), selects(pods.podSelector, pod.label));
}

/** A name is what the container port is called, whatever its protocol. */
function isOn({ destinationNamedPort, ...byProtocol }: ProtocolOfCluster, at: Situation): Formula {
  if (destinationNamedPort !== undefined) return at.isNamed(destinationNamedPort);
  return or(
    ...Object.entries(byProtocol).map(
      ([
        protocol,
        {
          destinationPort: { number, range },
        },
      ]) => at.isOn({ protocol: protocol.toUpperCase(), port: number ?? range?.start, endPort: number ?? range?.end }),
    ),
  );
}
