import { type Endpoint, isPods } from '../../model/endpoint';
import { hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { podSetsIntersect } from '../../model/pod-set';
import { keyOf } from '../terms/key-of';

/** One connection of a path. */
export interface Hop {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** What allows it. */
  readonly by: string;
}

/** Where a path can go from a place, by one connection. */
export type Links = (place: Endpoint) => readonly Hop[];

/** Everything outside the cluster. */
export const anyAddress: Endpoint = { kind: 'addresses', addresses: ips.all, name: 'any address' };

/**
 * Some pod or address could be in both. What has a name or is an entity has addresses that are not known: it may be at
 * any, and two names may lead to one.
 */
export function meets(a: Endpoint, b: Endpoint): boolean {
  if (isPods(a) || isPods(b)) return isPods(a) && isPods(b) && podSetsIntersect(a.pods, b.pods);
  if (a.kind === 'addresses' && b.kind === 'addresses') return ips.intersects(a.addresses, b.addresses);
  return true;
}

/** Equal for places from which the same can be reached. */
export function placeKey(place: Endpoint): string {
  switch (place.kind) {
    case 'addresses':
      return keyOf(place.addresses);
    case 'hosts':
      return `hosts ${place.patterns.map((each) => `${each.kind} ${hostText(each)}`).join(' ')}`;
    case 'entity':
      return place.entity;
    default:
      return `${keyOf(place.pods.namespaces)} ${keyOf(place.pods.pods)}`;
  }
}
