import { ENTITY_WORDS } from '../model/entity-words';
import { hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import type { Rule, RulePeer } from '../model/layer';
import { type PodSet, podSetImplies, podSetText, soleNamespace } from '../model/pod-set';
import * as ports from '../model/port-set';
import { isAnything, selectorText } from '../model/selector';

/** Every pod of the cluster at least. */
export function isEverybody(peer: RulePeer): boolean {
  return (
    peer.kind === 'anything' || (peer.kind === 'pods' && isAnything(peer.pods.namespaces) && isAnything(peer.pods.pods))
  );
}

/** Every pod of more than one namespace, or of another one, whatever it is: nobody is named. */
export function isUnnamed(peer: RulePeer, { policy, subject }: Rule): boolean {
  if (peer.kind === 'anything') return true;
  if (peer.kind === 'addresses') return isMany(peer.addresses);
  if (peer.kind !== 'pods' || !isAnything(peer.pods.pods)) return false;
  const own = policy.namespace ?? soleNamespace(subject.namespaces);
  return soleNamespace(peer.pods.namespaces) !== own || own === undefined;
}

/** More than one address of IPv4: a single one is somebody. */
function isMany(addresses: ips.IpSet): boolean {
  return ips.size(addresses).v4 > 1n || (ips.size(addresses).v4 === 0n && ips.size(addresses).v6 > 1n);
}

/** Every port of TCP at least. */
export function hasEveryPort({ TCP: { ranges } }: ports.PortSet): boolean {
  return ranges.length === 1 && ranges[0][0] === 1 && ranges[0][1] === 65_535;
}

/** As a sentence names them. */
export function peersText(peers: readonly RulePeer[]): string {
  return peers.map(peerText).join(', ');
}

function peerText(peer: RulePeer): string {
  switch (peer.kind) {
    case 'anything':
      return 'everybody';
    case 'pods':
      return podsText(peer.pods);
    case 'addresses':
      return ips.ipsText(peer.addresses);
    case 'hosts':
      return peer.patterns.map(hostText).join(', ');
    case 'entity':
      return ENTITY_WORDS[peer.entity];
  }
}

function podsText(set: PodSet): string {
  if (!isAnything(set.pods)) return podSetText(set);
  if (isAnything(set.namespaces)) return 'every pod of every namespace';
  const name = soleNamespace(set.namespaces);
  return `every pod of ${name ?? `namespaces with {${selectorText(set.namespaces)}}`}`;
}

/** Whatever `a` lets through or denies, `b` does too: the same pods or more, the same peers or more, the same ports or more. */
export function isCoveredBy(a: Rule, b: Rule): boolean {
  return (
    arePeersCovered(a, b) &&
    ports.covers(b.ports, a.ports) &&
    (b.requests === undefined || JSON.stringify(a.requests) === JSON.stringify(b.requests)) &&
    podSetImplies(a.subject, b.subject)
  );
}

/** Each peer of `a` is within one of `b`. */
export function arePeersCovered(a: Rule, b: Rule): boolean {
  return a.peers.every((peer) => b.peers.some((other) => isPeerWithin(peer, other)));
}

function isPeerWithin(a: RulePeer, b: RulePeer): boolean {
  if (b.kind === 'anything') return true;
  if (a.kind === 'pods' && b.kind === 'pods') return podSetImplies(a.pods, b.pods);
  if (a.kind === 'addresses' && b.kind === 'addresses') return ips.contains(b.addresses, a.addresses);
  if (a.kind === 'entity' && b.kind === 'entity') return a.entity === b.entity;
  return a.kind === 'hosts' && b.kind === 'hosts' && peerText(a) === peerText(b);
}
