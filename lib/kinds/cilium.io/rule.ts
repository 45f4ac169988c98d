import type { Rule } from '../../model/layer';
import * as ports from '../../model/port-set';
import type { Field } from '../field';
import { PEER_FIELDS, readPeers } from './peers';
import { readToPorts } from './ports';
import type { RuleContext } from './rule-context';
import { itemsUpTo, notRead, oneOf } from './shape';

type Part = Pick<Rule, 'peers' | 'ports' | 'requests' | 'isUncertain'>;

/**
 * What one rule lets through or denies, a part for each entry of `toPorts`. None where nothing is selected: `{}` names
 * neither peers nor ports, and Cilium takes that for nobody (pkg/policy/rule.go, `mergeL4Filter`); a list of peers that is
 * there and empty is nobody too. Rules about ICMP say nothing of TCP, UDP and SCTP.
 */
export function readRule(field: Field, context: RuleContext): Part[] {
  const isDeny = context.action === 'deny';
  field.only([
    ...PEER_FIELDS[context.direction],
    ...(isDeny || context.direction === 'ingress' ? [] : ['toFQDNs']),
    'toPorts',
    'icmps',
    ...(isDeny ? [] : ['authentication']),
  ]);
  readAuthentication(field.child('authentication'));
  const isIcmp = readIcmps(field.child('icmps'));
  const toPorts = field.child('toPorts');
  if (isIcmp && toPorts.items().length > 0) field.refuse(ICMP_AND_PORTS);
  const peers = readPeers(field, context);
  const parts = readToPorts(toPorts, context);
  if (isIcmp) return [];
  if (peers === undefined) return parts.map((part) => ({ peers: [{ kind: 'anything' }], ...part }));
  const { certain, possible } = peers;
  const all = toPorts.items().length === 0 ? [{ ports: ports.everything }] : parts;
  return all.flatMap((part): Part[] => [
    ...(certain.length > 0 ? [{ peers: certain, ...part }] : []),
    ...(possible.length > 0 ? [{ peers: possible, ...part, isUncertain: true as const }] : []),
  ]);
}

function readAuthentication(field: Field): void {
  const mode = oneOf(field.only(['mode']).child('mode'), ['disabled', 'required', 'test-always-fail']);
  if (mode !== undefined && mode !== 'disabled') {
    notRead(field, 'it lets through what has been authenticated, and who can be is not known here', 'disabled');
  }
}

const MOST_FIELDS = 40;

/** Whether the rule is about ICMP. */
function readIcmps(field: Field): boolean {
  const items = field.items();
  for (const item of items) {
    for (const one of itemsUpTo(item.only(['fields']).child('fields'), MOST_FIELDS, 'types of ICMP')) {
      one.only(['family', 'type']);
      oneOf(one.child('family'), ['IPv4', 'IPv6', '']);
      if (one.child('type').isAbsent) one.refuse(NO_TYPE);
    }
  }
  return items.length > 0;
}

const ICMP_AND_PORTS = {
  rule: 'cilium-icmps',
  what: 'icmps and toPorts stand beside each other, and the agent refuses the policy',
  allowed: 'one of them in a rule',
  fix: 'Make two rules of it.',
};

const NO_TYPE = {
  rule: 'field-missing',
  what: 'The type of ICMP is missing, which the API server refuses',
  allowed: 'a number from 0 to 255, or a name of a type',
  fix: 'Write the type as a number or a name: type: 8, or type: EchoRequest.',
};
