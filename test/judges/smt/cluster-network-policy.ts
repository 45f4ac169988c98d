import { and, FALSE, type Formula, ite, or, TRUE } from './formula';
import type { ClusterNetworkPolicy, PeerOfCluster, PodsOfCluster, ProtocolOfCluster, RuleOfCluster } from './manifests';
import type { Layer, Without } from './network-policy';
import { type PodTerms, type Situation, selects } from './situation';

/** The first rule that matches decides: Accept, Deny, or Pass, which leaves it to the next layer. */
export function rankedLayer(policies: readonly ClusterNetworkPolicy[], at: Situation, without: Without): Layer {
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
  return and(at.isSeenByAddress(), or(...peer.networks.map(at.peerIsAt)));
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
