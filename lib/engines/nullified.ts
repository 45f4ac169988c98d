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
  return flows.filter((flow) => flow.traffic.requests !== undefined && whole.some((other) => nullifies(other, flow)));
}

function nullifies(whole: Flow, flow: Flow): boolean {
  return (
    !ports.isEmpty(ports.intersection(whole.traffic.ports, flow.traffic.ports).possible) &&
    overlap(whole.to, flow.to) &&
    overlap(whole.from, flow.from)
  );
}

function overlap(a: Endpoint, b: Endpoint): boolean {
  if ('pods' in a && 'pods' in b) return podSetsIntersect(a.pods, b.pods);
  if (a.kind === 'addresses' && b.kind === 'addresses') return ips.intersects(a.addresses, b.addresses);
  if (a.kind === 'entity' && b.kind === 'entity') return a.entity === b.entity;
  if (a.kind !== 'hosts' || b.kind !== 'hosts') return false;
  return a.patterns.some((one) => b.patterns.some((other) => hostImplies(one, other) || hostImplies(other, one)));
}
