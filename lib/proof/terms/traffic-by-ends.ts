import type { Endpoint } from '../../model/endpoint';
import { hostText } from '../../model/host-pattern';
import type { RulePeer } from '../../model/layer';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { remembered } from '../../model/remembered';
import type { RequestMatch } from '../../model/request-match';
import type { Selector } from '../../model/selector';
import { keyOf } from './key-of';

/** Ports, and the requests to which they are limited, absent for none. */
interface Traffic {
  readonly ports: PortSet;
  readonly requests?: readonly RequestMatch[];
}

/** Traffic by the pods and the peers that it is between: equal ends are one, however they are named. */
export class TrafficByEnds {
  /** By subject and then by peer, so that no text is made of both for each rule. */
  private readonly bySubject = new Map<string, Map<string, PortSet[]>>();

  public add(subject: Selector, peer: RulePeer | Endpoint, { ports: set, requests }: Traffic): void {
    const byPeer = this.bySubject.get(keyOf(subject)) ?? new Map<string, PortSet[]>();
    if (byPeer.size === 0) this.bySubject.set(keyOf(subject), byPeer);
    const key = keyWith(peer, requests);
    const sets = byPeer.get(key);
    if (sets === undefined) byPeer.set(key, [set]);
    else sets.push(set);
  }

  /** Whether there is all of the traffic between these ends. Mostly it is the same, which keys tell. */
  public cover(subject: Selector, peer: RulePeer | Endpoint, { ports: set, requests }: Traffic): boolean {
    const byPeer = this.bySubject.get(keyOf(subject));
    if (byPeer === undefined) return false;
    const unlimited = byPeer.get(peerKey(peer)) ?? [];
    const limited = requests === undefined ? [] : (byPeer.get(keyWith(peer, requests)) ?? []);
    const sets = limited.length === 0 ? unlimited : [...unlimited, ...limited];
    if (sets.length === 0) return false;
    return sets.some((each) => keyOf(each) === keyOf(set)) || ports.covers(ports.unionOf(sets), set);
  }
}

function keyWith(peer: RulePeer | Endpoint, requests: readonly RequestMatch[] | undefined): string {
  if (requests === undefined) return peerKey(peer);
  return `${peerKey(peer)} ${requests
    .map((match) => JSON.stringify(match))
    .sort()
    .join()}`;
}

/** Text that is equal for equal peers. */
export const peerKey = remembered((peer: RulePeer | Endpoint): string => {
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
