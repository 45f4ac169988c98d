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

/** Which policies are made: the judge is wrong on names of ports, and on nodes. */
export interface Kinds {
  readonly names: boolean;
  readonly nodes: boolean;
}

interface AdminMaking extends Making {
  readonly kinds: Kinds;
}

/** An AdminNetworkPolicy that an API server takes, with every way of writing one somewhere among many. */
export function randomAdminPolicy(making: AdminMaking, name: string): KubernetesObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name },
    spec: {
      priority: randomPriority(making.random),
      ...randomSpec(making, ['Allow', 'Deny', 'Deny', 'Pass']),
    },
  };
}

/** The one BaselineAdminNetworkPolicy of a cluster. */
export function randomBaselinePolicy(making: AdminMaking): KubernetesObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    metadata: { name: 'default' },
    spec: randomSpec(making, ['Allow', 'Deny', 'Deny']),
  };
}

function randomSpec(making: AdminMaking, actions: readonly string[]): Json {
  const directions = randomDirections(making.random, (end) => randomRules(making, end, actions));
  return { subject: podsPeer(making, ownPeers(making)), ...directions };
}

function ownPeers({ kinds }: AdminMaking): OwnPeers {
  return { podsAlone: 0, podsOfNamespaces: 1, nodes: kinds.nodes ? 2 : 0 };
}

function randomRules(making: AdminMaking, end: 'from' | 'to', actions: readonly string[]): Json[] {
  const { random, kinds } = making;
  const own = ownPeers(making);
  if (random.happens(0.05)) return [];
  return random.times(random.between(1, 4), () => {
    const mayBeNamed = kinds.names && (end === 'from' || random.happens(0.3));
    const peer = () => (end === 'from' || mayBeNamed ? podsPeer(making, own) : egressPeer(making, own));
    return {
      ...(random.happens(0.2) ? { name: 'rule' } : {}),
      action: random.oneOf(actions),
      [end]: random.times(random.between(1, 2), peer),
      ...(random.happens(0.6)
        ? { ports: random.times(random.between(1, 3), () => randomPort(random, mayBeNamed)) }
        : {}),
    };
  });
}

function randomPort(random: Random, mayBeNamed: boolean): Json {
  const protocol = random.weighted<Json>([
    [3, {}],
    [2, { protocol: 'TCP' }],
    [3, { protocol: 'UDP' }],
    [2, { protocol: 'SCTP' }],
  ]);
  return random.weighted<() => Json>([
    [4, () => ({ portNumber: { ...protocol, port: random.oneOf(words.portNumbers) } })],
    [3, () => ({ portRange: { ...protocol, ...randomRange(random, 0) } })],
    [mayBeNamed ? 15 : 0, () => ({ namedPort: random.oneOf(words.portNames) })],
  ])();
}
