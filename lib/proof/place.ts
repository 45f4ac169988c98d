import type { Endpoint } from '../model/endpoint';
import * as ips from '../model/ip-set';
import { podSetsIntersect } from '../model/pod-set';
import * as selectors from '../model/selector';
import { keyOf } from './key-of';

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

/** Some pod or address could be in both. */
export function meets(a: Endpoint, b: Endpoint): boolean {
  if (a.kind === 'addresses') return b.kind === 'addresses' && ips.intersects(a.addresses, b.addresses);
  return b.kind !== 'addresses' && podSetsIntersect(a.pods, b.pods);
}

/** Equal for places from which the same can be reached. */
export function placeKey(place: Endpoint): string {
  if (place.kind === 'addresses') return keyOf(place.addresses);
  return `${keyOf(place.pods.namespaces)} ${keyOf(place.pods.pods)}`;
}

/** Pods of any labels. */
export const anyPods = { namespaces: selectors.anything, pods: selectors.anything };
