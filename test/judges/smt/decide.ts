/** What manifests do with one connection, found out rule by rule. */
import { isIn } from '../../naive/addresses';
import { matches } from '../../naive/labels';
import type { ConcretePod, Connection } from './connection';
import { type Decision, decideByNetworkPolicy, isCalled } from './decide-network-policy';
import { decideOnCalico } from './decide-on-calico';
import {
  type ClusterNetworkPolicy,
  clusterNetworkPolicies,
  type Direction,
  inTier,
  isolates,
  type NetworkPolicy,
  networkPolicies,
  type PodsOfCluster,
  type RuleOfCluster,
} from './manifests';
import type { Without } from './network-policy';
import type { World } from './world';

export function decide(world: World, it: Connection, direction: Direction, without: Without = {}): Decision {
  if (world.graph.cluster.engine === 'calico') return decideOnCalico(world, it, direction, without);
  if (without.allows) return decide(withoutAllows(world), it, direction);
  if (without.isolation) return decide(withoutIsolation(world, it, direction), it, direction);
  const ranked = clusterNetworkPolicies(world.manifests);
  return (
    decideInTier(inTier(ranked, 'Admin'), it, direction) ??
    decideByNetworkPolicy(networkPolicies(world.manifests), it, direction) ??
    decideInTier(inTier(ranked, 'Baseline'), it, direction) ??
    'by default'
  );
}

function decideInTier(
  policies: readonly ClusterNetworkPolicy[],
  it: Connection,
  direction: Direction,
): Decision | undefined {
  for (const { spec } of policies) {
    if (!isOneOfCluster(spec.subject, it.subject)) continue;
    for (const rule of (direction === 'ingress' ? spec.ingress : spec.egress) ?? []) {
      if (!isInRule(rule, it, direction)) continue;
      if (rule.action === 'Pass') return undefined;
      return rule.action === 'Accept' ? 'by rule' : 'stopped';
    }
  }
  return undefined;
}

function isInRule(rule: RuleOfCluster, it: Connection, direction: Direction): boolean {
  const { pod, ip } = it.peer;
  const isPeer = ((direction === 'ingress' ? rule.from : rule.to) ?? []).some((peer) =>
    peer.networks === undefined
      ? pod !== undefined && isOneOfCluster(peer, pod)
      : (pod === undefined || it.blocksMeanPods) && peer.networks.some((network) => isIn(network, ip)),
  );
  if (!isPeer || rule.protocols === undefined) return isPeer;
  return rule.protocols.some(({ destinationNamedPort, ...byProtocol }) => {
    if (destinationNamedPort !== undefined) return isCalled(destinationNamedPort, it, direction);
    return Object.entries(byProtocol).some(
      ([
        protocol,
        {
          destinationPort: { number, range },
        },
      ]) => {
        const { start, end } = range ?? { start: number as number, end: number as number };
        return protocol.toUpperCase() === it.protocol && start <= it.port && it.port <= end;
      },
    );
  });
}

function isOneOfCluster({ namespaces, pods }: PodsOfCluster, pod: ConcretePod): boolean {
  if (namespaces !== undefined) return matches(namespaces as never, pod.namespaceLabels);
  return (
    matches((pods?.namespaceSelector ?? {}) as never, pod.namespaceLabels) &&
    matches(pods?.podSelector as never, pod.labels)
  );
}

/** The same without what lets anything through: NetworkPolicies that only isolate, and no Accept. */
function withoutAllows(world: World): World {
  const manifests = world.manifests.map((manifest) => {
    if (manifest.kind === 'NetworkPolicy') {
      const types = (['Ingress', 'Egress'] as const).filter((type) =>
        isolates(manifest as NetworkPolicy, type === 'Ingress' ? 'ingress' : 'egress'),
      );
      return {
        ...manifest,
        spec: { ...(manifest as NetworkPolicy).spec, policyTypes: types, ingress: [], egress: [] },
      };
    }
    if (manifest.kind !== 'ClusterNetworkPolicy') return manifest;
    const { spec } = manifest as ClusterNetworkPolicy;
    const kept = (rules: readonly RuleOfCluster[] = []) => rules.filter(({ action }) => action !== 'Accept');
    return { ...manifest, spec: { ...spec, ingress: kept(spec.ingress), egress: kept(spec.egress) } };
  });
  return { ...world, manifests };
}

/** The same without NetworkPolicies where none of their rules lets the connection through. */
function withoutIsolation(world: World, it: Connection, direction: Direction): World {
  const policies = networkPolicies(world.manifests);
  if (decideByNetworkPolicy(policies, it, direction) === 'by rule') return world;
  return { ...world, manifests: world.manifests.filter((each) => !policies.includes(each as NetworkPolicy)) };
}
