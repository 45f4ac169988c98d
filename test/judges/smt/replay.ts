/**
 * What a solver found, put to evaluators of single connections: NetworkPolicy to the naive evaluator, ClusterNetworkPolicy
 * and the flows of the graph to the few lines here, which decide for given labels, one address and one port.
 */
import { isIn } from '../../naive/addresses';
import { egressAllowed, ingressAllowed } from '../../naive/evaluator';
import { matches } from '../../naive/labels';
import type { NetworkPolicy as NaivePolicy, Protocol } from '../../naive/world';
import type { ConcretePod, Connection } from './connection';
import { acceptsPods, type End, type Half, type Pods, podsOf, type Traffic } from './graph';
import {
  type Block,
  type ClusterNetworkPolicy,
  clusterNetworkPolicies,
  inTier,
  isolates,
  type NetworkPolicy,
  networkPolicies,
  type PodsOfCluster,
  type Port,
  type RuleOfCluster,
} from './manifests';
import type { Asked } from './questions';
import type { World } from './world';

/** Whether the connection breaks the statement that it was found for. */
export function isBorneOut(asked: Asked, it: Connection, world: World): boolean {
  const { statement, halves, direction } = asked;
  const decision = decide(world, it, direction);
  switch (statement) {
    case 'undeclared':
      return decision === 'by rule' && !halves.some((half) => isDeclaredBy(half, it, world));
    case 'open':
      return decide(withoutAllows(world), it, direction) === 'by default';
    case 'missing':
      return decision === 'stopped' && halves.some((half) => isDemandedBy(half, it, world));
    case 'promise':
      return (
        decision === 'by rule' &&
        it.peer.pod === undefined &&
        (asked.forbids ?? []).some((block) => isIn(block, it.peer.ip)) &&
        !halves.some((half) => isDeclaredBy(half, it, world))
      );
    case 'guardrail': {
      const { deny, isolates: pods } = asked;
      if (pods) return isOneOf(pods, it.subject) && decide(withoutAllows(world), it, direction) === 'by default';
      return (
        deny !== undefined &&
        isOneOf(deny.pods, it.subject) &&
        isPeer(deny.peer, it, world) &&
        isSent(deny.traffic, it, direction) &&
        decide(withoutIsolation(world, it, direction), it, direction) !== 'stopped'
      );
    }
  }
}

type Decision = 'by rule' | 'by default' | 'stopped';

function decide(world: World, it: Connection, direction: Asked['direction']): Decision {
  const ranked = clusterNetworkPolicies(world.manifests);
  return (
    decideInTier(inTier(ranked, 'Admin'), it, direction) ??
    decideByNetworkPolicy(networkPolicies(world.manifests), it, direction) ??
    decideInTier(inTier(ranked, 'Baseline'), it, direction) ??
    'by default'
  );
}

/** The naive evaluator is asked twice, since what no policy isolates it lets through without saying why. */
function decideByNetworkPolicy(
  policies: readonly NetworkPolicy[],
  it: Connection,
  direction: Asked['direction'],
): Decision | undefined {
  const bare = policies
    .filter((policy) => isolates(policy, direction))
    .map((policy) => ({
      ...policy,
      spec: { ...policy.spec, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] },
    }));
  if (passes(bare, it, direction)) return undefined;
  return passes(policies, it, direction) ? 'by rule' : 'stopped';
}

function passes(policies: readonly NetworkPolicy[], it: Connection, direction: Asked['direction']): boolean {
  const { subject, peer, protocol, port, names, blocksMeanPods } = it;
  const ports = names.map((name) => ({ name, protocol: protocol as Protocol, number: port }));
  const own = { ...subject, name: 'subject', ips: [], ports: direction === 'ingress' ? ports : [] };
  const other = peer.pod === undefined ? { ip: peer.ip } : { ...peer.pod, name: 'peer', ips: [peer.ip], ports };
  const world = {
    namespaces: [subject, ...(peer.pod === undefined ? [] : [peer.pod])].map(({ namespace, namespaceLabels }) => ({
      name: namespace,
      labels: namespaceLabels,
    })),
    pods: [],
    policies: policies as readonly NaivePolicy[],
    ipBlockMode: blocksMeanPods ? ('pods' as const) : ('external-only' as const),
  };
  return direction === 'ingress'
    ? ingressAllowed(world, other, own, protocol as Protocol, port)
    : egressAllowed(world, own, other, protocol as Protocol, port);
}

function decideInTier(
  policies: readonly ClusterNetworkPolicy[],
  it: Connection,
  direction: Asked['direction'],
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

function isInRule(rule: RuleOfCluster, it: Connection, direction: Asked['direction']): boolean {
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

/** A container that is reached on a port with a name: containers name no ports of other protocols. */
function isCalled(name: string, { names, peer, protocol }: Connection, direction: Asked['direction']): boolean {
  return protocol !== 'ICMP' && (direction === 'ingress' || peer.pod !== undefined) && names.includes(name);
}

function isDemandedBy(half: Half, it: Connection, world: World): boolean {
  const direction = directionOf(half);
  return isOneOf(half.own, it.subject) && isPeer(half.other, it, world) && isSent(half.flow.traffic, it, direction);
}

function isDeclaredBy(half: Half, it: Connection, world: World): boolean {
  if (isDemandedBy(half, it, world)) return true;
  const { own, other, flow } = half;
  return (
    world.facts.mode !== 'external-only' &&
    acceptsPods(flow) &&
    other.kind === 'addresses' &&
    it.peer.pod !== undefined &&
    isAt(other.blocks, it.peer.ip) &&
    isOneOf(own, it.subject) &&
    isSent(flow.traffic, it, directionOf(half))
  );
}

function directionOf({ flow, other }: Half): Asked['direction'] {
  return flow.to === other ? 'egress' : 'ingress';
}

function isOneOf({ namespaceSelector, podSelector }: Pods, pod: ConcretePod): boolean {
  return matches(namespaceSelector as never, pod.namespaceLabels) && matches(podSelector as never, pod.labels);
}

function isPeer(end: End, { peer }: Connection, { graph }: World): boolean {
  if (end.kind === 'addresses') return peer.pod === undefined && isAt(end.blocks, peer.ip);
  if (end.kind !== 'tier' && end.kind !== 'pods') throw new Error(`not read: an end of the kind ${end.kind}`);
  return peer.pod !== undefined && isOneOf(podsOf(graph, end), peer.pod);
}

function isAt(blocks: readonly Block[], ip: string): boolean {
  return blocks.some(({ cidr, except }) => isIn(cidr, ip) && !(except ?? []).some((each) => isIn(each, ip)));
}

function isSent(traffic: Traffic, it: Connection, direction: Asked['direction']): boolean {
  return traffic.kind === 'everything' || traffic.ports.some((port) => isOn(port, it, direction));
}

function isOn({ protocol, port, endPort }: Port, it: Connection, direction: Asked['direction']): boolean {
  if ((protocol ?? 'TCP') !== it.protocol) return false;
  if (port === undefined || port === null) return true;
  if (typeof port === 'string') return isCalled(port, it, direction);
  return port <= it.port && it.port <= (endPort ?? port);
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
function withoutIsolation(world: World, it: Connection, direction: Asked['direction']): World {
  const policies = networkPolicies(world.manifests);
  if (decideByNetworkPolicy(policies, it, direction) === 'by rule') return world;
  return { ...world, manifests: world.manifests.filter((each) => !policies.includes(each as NetworkPolicy)) };
}
