import * as ips from '../../model/ip-set';
import type { Plane, Rule } from '../../model/layer';
import { isOneOf, type Sent } from '../../model/sent';
import { type Host, type Match, matchOfHost } from './match';
import { addressesOf } from './matches';

/** What is known of a connection beside its ends and its port. */
export interface Situation {
  readonly sent?: Sent;
  /** The name by which the destination is reached. */
  readonly host?: Host;
}

/** Stands for the address that a name leads to, in a plane that was made for the name: any would do (RFC 5737). */
export const ADDRESS_OF_HOST = '192.0.2.1';

/**
 * The plane as one request meets it, or a connection to one name, or both: rules that are not about it are left out, and
 * those that may be are uncertain. To the name egress goes by `ADDRESS_OF_HOST`, and nothing else is to be asked of it.
 */
export function planeAt(plane: Plane, { sent, host }: Situation): Plane {
  const layers = plane.layers.map((layer) => ({
    ...layer,
    rules: layer.rules.flatMap((rule) => ofSent(rule, sent)).flatMap((rule) => ofHost(rule, host)),
  }));
  return { ...plane, layers };
}

function ofSent(rule: Rule, sent: Sent | undefined): Rule[] {
  const { requests, ...rest } = rule;
  return sent === undefined || requests === undefined ? [rule] : asSure(rest, matchOfSent(rule, sent));
}

function ofHost(rule: Rule, host: Host | undefined): Rule[] {
  if (host === undefined || rule.direction === 'ingress') return [rule];
  const blocks = addressesOf(rule.peers);
  const peers = blocks === undefined ? rule.peers : [...rule.peers, { kind: 'addresses' as const, addresses: blocks }];
  const matches = peers.map((peer) => matchOfHost(peer, rule.action, host));
  const match = matches.includes('surely') ? 'surely' : matches.includes('perhaps') ? 'perhaps' : 'no';
  return asSure({ ...rule, peers: [{ kind: 'addresses', addresses: ips.fromAddress(ADDRESS_OF_HOST) }] }, match);
}

function asSure(rule: Rule, match: Match): Rule[] {
  if (match === 'no') return [];
  return [match === 'surely' ? rule : { ...rule, isUncertain: true }];
}

/** Whether the rule is about the request; where nothing is known of what is sent, one about requests is perhaps. */
export function matchOfSent({ requests }: Pick<Rule, 'requests'>, sent: Sent | undefined): Match {
  if (requests === undefined) return 'surely';
  const is = sent === undefined ? undefined : isOneOf(requests, sent);
  return is === undefined ? 'perhaps' : is ? 'surely' : 'no';
}
