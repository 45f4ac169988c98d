import { ipsText } from '../model/ip-set';
import { type PortSet, portsText } from '../model/port-set';
import type { PeerSpec } from '../values/peer';

/**
 * Equal parts of declarations as one object. A platform says the same of thousands of flows, by values that it makes each
 * time: what is kept of them, and whatever is worked out of them later, is then there once. One for each app, so that
 * nothing outlives it.
 */
export class SaidAlike {
  private readonly blocks = new Map<string, PeerSpec>();
  private readonly portSets = new Map<string, PortSet>();

  /** Blocks alone: whatever else can be a peer is made once by who declares it. */
  public peer(peer: PeerSpec): PeerSpec {
    return peer.kind === 'block' ? first(this.blocks, keyOf(peer), peer) : peer;
  }

  public ports(set: PortSet): PortSet {
    return first(this.portSets, portsText(set), set);
  }
}

/** What is refused of a part depends on how the whole was given. */
function keyOf({ parts, text }: Extract<PeerSpec, { kind: 'block' }>): string {
  return parts.length === 1 ? text : parts.map(ipsText).join(' + ');
}

function first<T>(known: Map<string, T>, key: string, value: T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  known.set(key, value);
  return value;
}
