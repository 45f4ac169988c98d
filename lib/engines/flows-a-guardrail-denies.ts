import type { Endpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import { hostImplies } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import { podSetsIntersect } from '../model/pod-set';
import * as ports from '../model/port-set';

/**
 * Flows that ask for requests beside another one between some of the same ends, on some of the same ports, that does not:
 * what the one holds back, the other lets through.
 */
export function nullifiedFlows(flows: readonly Flow[]): Flow[] {
  const whole = flows.filter(({ traffic }) => traffic.requests === undefined);
  return flows.filter(
    (flow) => flow.traffic.requests !== undefined && whole.some((other) => areBetweenSame(other, flow)),
  );
}

/** Whether a connection could be of both flows, as far as ends and ports tell. */
export function areBetweenSame(a: Flow, b: Flow): boolean {
  return (
    !ports.isEmpty(ports.intersection(a.traffic.ports, b.traffic.ports).possible) &&
    overlap(a.to, b.to) &&
    overlap(a.from, b.from)
  );
}

function overlap(a: Endpoint, b: Endpoint): boolean {
  if ('pods' in a && 'pods' in b) return podSetsIntersect(a.pods, b.pods);
  if (a.kind === 'addresses' && b.kind === 'addresses') return ips.intersects(a.addresses, b.addresses);
  // The API server may be on a node; and it, nodes and hosts may have any address.
  if ('pods' in a || 'pods' in b) return false;
  if (a.kind !== 'hosts' || b.kind !== 'hosts') return true;
  return a.patterns.some((one) => b.patterns.some((other) => hostImplies(one, other) || hostImplies(other, one)));
}
