import { egressAllowed, ingressAllowed } from '../../naive/evaluator';
import type { NetworkPolicy as NaivePolicy, Protocol } from '../../naive/world';
import type { Connection } from './connection';
import { type Direction, isolates, type NetworkPolicy } from './manifests';

export type Decision = 'by rule' | 'by default' | 'stopped';

/** The naive evaluator is asked twice, since what no policy isolates it lets through without saying why. */
export function decideByNetworkPolicy(
  policies: readonly NetworkPolicy[],
  it: Connection,
  direction: Direction,
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

function passes(policies: readonly NetworkPolicy[], it: Connection, direction: Direction): boolean {
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

/** A container that is reached on a port with a name: containers name no ports of other protocols. */
export function isCalled(name: string, { names, peer, protocol }: Connection, direction: Direction): boolean {
  return protocol !== 'ICMP' && (direction === 'ingress' || peer.pod !== undefined) && names.includes(name);
}
