import type { Endpoint } from '../model/endpoint';
import { hostText } from '../model/host-pattern';
import type { RulePeer } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import type { Selector } from '../model/selector';
import { keyOf } from './key-of';

/** Ports by the pods and the peers that they are between: equal ends are one, however they are named. */
export class PortsByEnds {
  /** By subject and then by peer, so that no text is made of both for each rule. */
  private readonly bySubject = new Map<string, Map<string, PortSet[]>>();

  public add(subject: Selector, peer: RulePeer | Endpoint, set: PortSet): void {
    const byPeer = this.bySubject.get(keyOf(subject)) ?? new Map<string, PortSet[]>();
    if (byPeer.size === 0) this.bySubject.set(keyOf(subject), byPeer);
    const sets = byPeer.get(peerKey(peer));
    if (sets === undefined) byPeer.set(peerKey(peer), [set]);
    else sets.push(set);
  }

  /** Whether the ports between these ends have all of `set`. Mostly they are the same, which their keys tell. */
  public cover(subject: Selector, peer: RulePeer | Endpoint, set: PortSet): boolean {
    const sets = this.bySubject.get(keyOf(subject))?.get(peerKey(peer));
    if (sets === undefined) return false;
    return sets.some((each) => keyOf(each) === keyOf(set)) || ports.covers(ports.union(...sets), set);
  }
}

const peerKey = remembered((peer: RulePeer | Endpoint): string => {
  switch (peer.kind) {
    case 'anything':
      return '*';
    case 'addresses':
      return `@${keyOf(peer.addresses)}`;
    case 'hosts':
      return `hosts ${peer.patterns.map((each) => `${each.kind} ${hostText(each)}`).join(' ')}`;
    case 'entity':
      return `entity ${peer.entity}`;
    default:
      return `${keyOf(peer.pods.namespaces)} ${keyOf(peer.pods.pods)}`;
  }
});
