import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Entity } from '../../model/layer';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';

/**
 * Connections at one end: a product over what tells connections apart. The subject is a pod of one namespace; the peer is
 * a pod, an address, or one of what the engine knows by itself.
 *
 * The port that is connected to has a number and, where the destination is a pod, the names that its containers give to
 * that number. So a named port is a choice of its own beside the number: "a port called http" is neither port 80 nor any
 * other number, and all numbers together still cover it.
 */
export interface Box {
  /** Labels of the subject. */
  readonly subject: Selector;
  readonly peer: 'pod' | 'address' | Entity;
  /** Labels of the peer's namespace, where the peer is a pod. */
  readonly namespace: Selector;
  /** Labels of the peer, where it is a pod. */
  readonly pod: Selector;
  /** Where the peer is: its own address, or the address of the pod or entity. */
  readonly addresses: IpSet;
  /** Numbers only, no names. */
  readonly ports: PortSet;
  /** Names of the port, written as a selector over `protocol/name`. */
  readonly names: Selector;
  /** Host names that lead to the peer, and what is sent: a selector over the keys of vocabulary.ts. Mostly anything. */
  readonly details: Selector;
}

/** What is in both, or undefined where nothing is. */
export function meet(a: Box, b: Box): Box | undefined {
  if (a.peer !== b.peer) return undefined;
  const met: Box = {
    subject: selectors.both(a.subject, b.subject),
    peer: a.peer,
    namespace: selectors.both(a.namespace, b.namespace),
    pod: selectors.both(a.pod, b.pod),
    addresses: a.addresses === b.addresses ? a.addresses : ips.intersection(a.addresses, b.addresses),
    ports: a.ports === b.ports ? a.ports : ports.intersection(a.ports, b.ports).certain,
    names: selectors.both(a.names, b.names),
    details: selectors.both(a.details, b.details),
  };
  return isEmpty(met) ? undefined : met;
}

/** Whether some connection is in both, of boxes that are not empty. The cheap and telling questions come first. */
export function overlaps(a: Box, b: Box): boolean {
  return (
    a.peer === b.peer &&
    selectors.intersects(a.subject, b.subject) &&
    selectors.intersects(a.pod, b.pod) &&
    selectors.intersects(a.namespace, b.namespace) &&
    selectors.intersects(a.names, b.names) &&
    selectors.intersects(a.details, b.details) &&
    (a.ports === b.ports || !ports.isEmpty(ports.intersection(a.ports, b.ports).certain)) &&
    (a.addresses === b.addresses || ips.intersects(a.addresses, b.addresses))
  );
}

/** Every connection of `a` is in `b`, told dimension by dimension, which for products is exact. */
export function isWithin(a: Box, b: Box): boolean {
  return (
    a.peer === b.peer &&
    selectors.implies(a.subject, b.subject) &&
    selectors.implies(a.pod, b.pod) &&
    selectors.implies(a.namespace, b.namespace) &&
    selectors.implies(a.names, b.names) &&
    selectors.implies(a.details, b.details) &&
    (a.ports === b.ports || ports.covers(b.ports, a.ports)) &&
    (a.addresses === b.addresses || ips.contains(b.addresses, a.addresses))
  );
}

export function isEmpty(box: Box): boolean {
  return (
    selectors.isNothing(box.subject) ||
    selectors.isNothing(box.namespace) ||
    selectors.isNothing(box.pod) ||
    selectors.isNothing(box.names) ||
    selectors.isNothing(box.details) ||
    ports.isEmpty(box.ports) ||
    ips.isEmpty(box.addresses)
  );
}
