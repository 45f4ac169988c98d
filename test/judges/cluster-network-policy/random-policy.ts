import {
  egressPeer,
  type Json,
  type Making,
  type OwnPeers,
  podsPeer,
  randomDirections,
  randomPriority,
  randomRange,
} from '../network-policy-api/random-parts';
import type { Random } from '../random';
import * as words from '../vocabulary';
import type { KubernetesObject } from '../world';

const own: OwnPeers = { podsAlone: 1, podsOfNamespaces: 0, nodes: 0 };

/** A ClusterNetworkPolicy that an API server takes, with every way of writing one somewhere among many. */
export function randomClusterPolicy(making: Making, name: string): KubernetesObject {
  const { random } = making;
  const directions = randomDirections(random, (end) => randomRules(making, end));
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: {
      tier: random.oneOf(['Admin', 'Baseline']),
      priority: randomPriority(random),
      subject: podsPeer(making, own),
      ...directions,
    },
  };
}

function randomRules(making: Making, end: 'from' | 'to'): Json[] {
  const { random } = making;
  if (random.happens(0.05)) return [];
  return random.times(random.between(1, 4), () => {
    const isByName = random.happens(0.2);
    const peer = () => (end === 'from' || isByName ? podsPeer(making, own) : egressPeer(making, own));
    const protocol = () => randomProtocol(random, end === 'from' || isByName);
    const protocols = random.weighted<() => Json>([
      [isByName ? 0 : 3, () => ({})],
      [5, () => ({ protocols: random.times(random.between(1, 3), protocol) })],
    ])();
    return {
      ...(random.happens(0.2) ? { name: 'rule' } : {}),
      action: random.oneOf(['Accept', 'Deny', 'Deny', 'Pass']),
      [end]: random.times(random.between(1, 2), peer),
      ...protocols,
    };
  });
}

function randomProtocol(random: Random, mayBeNamed: boolean): Json {
  const protocol = random.oneOf(['tcp', 'udp', 'sctp']);
  return random.weighted<() => Json>([
    [4, () => ({ [protocol]: { destinationPort: { number: random.oneOf(words.portNumbers) } } })],
    [3, () => ({ [protocol]: { destinationPort: { range: randomRange(random, 1) } } })],
    [mayBeNamed ? 5 : 0, () => ({ destinationNamedPort: random.oneOf(words.portNames) })],
  ])();
}
