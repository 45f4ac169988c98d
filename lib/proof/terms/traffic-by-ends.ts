import type { Endpoint } from '../../model/endpoint';
import { hostText } from '../../model/host-pattern';
import { into } from '../../model/into';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
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

/** Traffic of the same pods. */
interface Ends {
  /** By peer, so that no text is made of both ends for each rule. */
  readonly byPeer: Map<string, PortSet[]>;
  /** That with addresses, whatever is sent. */
  readonly withAddresses: { readonly addresses: IpSet; readonly ports: PortSet }[];
  /** Addresses with which there is all of some ports, by these ports: put together when they are first asked for. */
  readonly together: Map<string, IpSet>;
}

/** Traffic by the pods and the peers that it is between: equal ends are one, however they are named. */
export class TrafficByEnds {
  private readonly bySubject = new Map<string, Ends>();

  public add(subject: Selector, peer: RulePeer | Endpoint, { ports: set, requests }: Traffic): void {
    const ends = this.endsOf(keyOf(subject));
    const key = keyWith(peer, requests);
    into(ends.byPeer, key, set);
    if (peer.kind !== 'addresses' || requests !== undefined) return;
    ends.withAddresses.push({ addresses: peer.addresses, ports: set });
    if (ends.together.size > 0) ends.together.clear();
  }

  private endsOf(subject: string): Ends {
    const known = this.bySubject.get(subject);
    if (known !== undefined) return known;
    const ends: Ends = { byPeer: new Map(), withAddresses: [], together: new Map() };
    this.bySubject.set(subject, ends);
    return ends;
  }

  /** Whether there is all of the traffic between these ends. Mostly it is the same, which keys tell. */
  public cover(subject: Selector, peer: RulePeer | Endpoint, traffic: Traffic): boolean {
    const ends = this.bySubject.get(keyOf(subject));
    if (ends === undefined) return false;
    return (
      hasSameEnds(ends, peer, traffic) ||
      (peer.kind === 'addresses' && ips.contains(addressesOf(ends, traffic.ports), peer.addresses))
    );
  }
}

function hasSameEnds({ byPeer }: Ends, peer: RulePeer | Endpoint, { ports: set, requests }: Traffic): boolean {
  const unlimited = byPeer.get(peerKey(peer)) ?? NONE;
  const limited = requests === undefined ? NONE : (byPeer.get(keyWith(peer, requests)) ?? NONE);
  const sets = limited.length === 0 ? unlimited : [...unlimited, ...limited];
  if (sets.length === 0) return false;
  return sets.some((each) => keyOf(each) === keyOf(set)) || ports.covers(ports.unionOf(sets), set);
}

const NONE: readonly PortSet[] = [];

/** A block of a rule may be that of one flow, and that of a flow one of many of a rule: how addresses are cut means nothing. */
function addressesOf({ withAddresses, together }: Ends, set: PortSet): IpSet {
  const key = keyOf(set);
  const known = together.get(key);
  if (known !== undefined) return known;
  const parts = withAddresses.filter((each) => keyOf(each.ports) === key || ports.covers(each.ports, set));
  const found = ips.unionOf(parts.map(({ addresses }) => addresses));
  together.set(key, found);
  return found;
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
