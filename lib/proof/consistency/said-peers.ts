import type { Endpoint } from '../../model/endpoint';
import { hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { ENTITIES, type Rule } from '../../model/layer';
import { podSetText } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { Traffic } from '../../model/traffic';

/** The other end of a flow, as an annotation names it; `isNamed` where its addresses are those that policies have. */
export interface SaidPeer {
  readonly end: Endpoint;
  readonly isNamed?: true;
}

export interface WhereSaid {
  /** Tiers by what annotations call them. */
  readonly tiers: ReadonlyMap<string, Endpoint>;
  /** Of the policy that says it, in the direction of which it speaks. */
  readonly own: readonly Rule[];
  readonly traffic: Traffic;
}

/** What the words of a peer mean. Undefined where the policy has nothing that they could be about. */
export function saidPeer(text: string, where: WhereSaid): SaidPeer | undefined {
  const tier = where.tiers.get(text);
  if (tier !== undefined) return { end: tier };
  const found = entity(text) ?? pods(text, where.own) ?? hosts(text, where.own) ?? blocks(text);
  return found === undefined ? named(text, where) : { end: found };
}

function entity(text: string): Endpoint | undefined {
  const of = ENTITIES.find((each) => text === `<${each}>`);
  return of && { kind: 'entity', entity: of };
}

function pods(text: string, own: readonly Rule[]): Endpoint | undefined {
  const [, words, owner] = /^(.*\}) \[(.*)\]$/s.exec(text) ?? [];
  if (words === undefined) return undefined;
  for (const { peers } of own) {
    for (const peer of peers) {
      if (peer.kind === 'pods' && podSetText(peer.pods) === words) return { kind: 'pods', pods: peer.pods, owner };
    }
  }
  return undefined;
}

function hosts(text: string, own: readonly Rule[]): Endpoint | undefined {
  const patterns = own.flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === 'hosts' ? peer.patterns : [])));
  const known = new Map(patterns.map((pattern) => [hostText(pattern), pattern]));
  const meant = text.split(', ').map((word) => known.get(word));
  return meant.every((pattern) => pattern !== undefined) ? { kind: 'hosts', patterns: meant } : undefined;
}

function blocks(text: string): Endpoint | undefined {
  const [, spelled = text] = /^.* \(([0-9a-f.:/, ]+(?: except [0-9a-f.:/ and]+)*.*)\)$/s.exec(text) ?? [];
  try {
    const addresses = ips.union(
      ...spelled.split(', ').map((term) => {
        const [cidr, excepts] = term.split(' except ');
        return ips.fromBlock(cidr, excepts?.split(' and ') ?? []);
      }),
    );
    return ips.ipsText(addresses) === spelled ? { kind: 'addresses', addresses } : undefined;
  } catch {
    return undefined;
  }
}

/** A name such as `internet` is spelled out in the graph alone: it is taken for what the policy has for this traffic. */
function named(text: string, { own, traffic }: WhereSaid): SaidPeer | undefined {
  const sets = own
    .filter((rule) => rule.action === 'allow' && ports.covers(traffic.ports, rule.ports))
    .flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : [])));
  if (sets.length === 0 || text.includes('/')) return undefined;
  return { end: { kind: 'addresses', addresses: ips.union(...sets), name: text }, isNamed: true };
}
