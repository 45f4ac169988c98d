import { portRangeProblem } from '../../model/port-problem';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { said } from '../../model/said';
import type { Field } from '../field';
import { itemsUpTo } from './shape';

/**
 * The protocol of a rule: one that has ports, `any` where the rule says none, `ICMP` for what has no ports and is outside
 * what is compared, and `other` for one of all the rest.
 */
export type RuleProtocol = Protocol | 'any' | 'ICMP' | 'other';

const BY_NAME: Readonly<Record<string, RuleProtocol>> = {
  TCP: 'TCP',
  UDP: 'UDP',
  SCTP: 'SCTP',
  ICMP: 'ICMP',
  ICMPv6: 'ICMP',
  UDPLite: 'other',
};
/** Numbers of IANA, `protocol-numbers`. */
const BY_NUMBER: Readonly<Record<number, RuleProtocol>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMP', 132: 'SCTP' };

export function readProtocol(field: Field): RuleProtocol {
  if (field.isAbsent) return 'any';
  const number = numberOf(field.value);
  const isKnown = number === undefined ? Object.hasOwn(BY_NAME, String(field.value)) : number >= 1 && number <= 255;
  if (!isKnown) {
    field.refuse({
      rule: 'calico-protocol',
      what: `'${said(field.value)}' is not a protocol that Calico takes`,
      value: said(field.value),
      allowed: `${Object.keys(BY_NAME).join(', ')}, or a number from 1 to 255`,
      fix: 'Use one of them; their case matters.',
    });
    return 'other';
  }
  return number === undefined ? BY_NAME[String(field.value)] : (BY_NUMBER[number] ?? 'other');
}

/** Calico takes `"6"` for 6 (api/pkg/lib/numorstring). */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** What a rule is about: the ports that it certainly has, and those that it may have beside them. */
export interface PortsRead {
  readonly certain: PortSet;
  readonly possible: PortSet;
}

/** What `ports` and `notPorts` of an end leave of the protocol. */
export function readPorts(end: Field, protocol: RuleProtocol): PortsRead {
  const wanted = end.child('ports');
  const unwanted = end.child('notPorts');
  const entries = itemsUpTo(wanted, 50, 'ports');
  const exceptions = itemsUpTo(unwanted, 50, 'ports');
  if (protocol === 'other' || protocol === 'ICMP') {
    for (const field of [wanted, unwanted]) if (field.items().length > 0) field.refuse(WITHOUT_PROTOCOL);
    return { certain: ports.none, possible: { ...ports.none, other: protocol === 'other' } };
  }
  const protocols = protocol === 'any' ? ports.PROTOCOLS : [protocol];
  const read = (entry: Field) => readPort(entry, protocols, protocol === 'any');
  const all = protocol === 'any' ? ports.everything : ports.allOf(protocol);
  const listed = entries.length === 0 ? all : ports.unionOf(entries.map(read));
  return left(listed, ports.unionOf(exceptions.map(read)));
}

/**
 * A name stands for whichever number a pod gives it, and a connection must meet both lists (felix/rules/policy.go): a name
 * beside exceptions may be one of them, and an exception by name may be any number.
 */
function left(listed: PortSet, excepted: PortSet): PortsRead {
  if (ports.isEmpty(excepted)) return { certain: listed, possible: ports.none };
  const possible = ports.difference(listed, excepted);
  if (ports.hasNames(excepted)) return { certain: ports.none, possible };
  return { certain: ports.difference(possible, namesOf(possible)), possible: namesOf(possible) };
}

function namesOf(set: PortSet): PortSet {
  const of = ports.PROTOCOLS.flatMap((protocol) => set[protocol].names.map((name) => ports.named(protocol, name)));
  return ports.unionOf(of);
}

/** `80`, `"80"`, `"80:90"` or a name. Without a protocol only names are taken, of whichever protocol they are. */
function readPort(entry: Field, protocols: readonly Protocol[], namesOnly: boolean): PortSet {
  const { value } = entry;
  const range = typeof value === 'string' ? /^(\d+)(?::(\d+))?$/.exec(value) : null;
  if (typeof value === 'string' && range === null) {
    const named = entry.try(() => ports.unionOf(protocols.map((protocol) => ports.named(protocol, value))));
    return named ?? ports.none;
  }
  const [first, last] = range === null ? [value, value] : [Number(range[1]), Number(range[2] ?? range[1])];
  const problem = portRangeProblem(first, last);
  if (problem !== undefined) entry.refuse(problem);
  else if (namesOnly) entry.refuse(WITHOUT_PROTOCOL);
  else return ports.unionOf(protocols.map((protocol) => ports.range(protocol, first as number, last as number)));
  return ports.none;
}

const WITHOUT_PROTOCOL = {
  rule: 'calico-ports',
  what: 'A port stands in a rule without a protocol that has ports, and Calico refuses it',
  allowed: 'protocol: TCP, UDP or SCTP beside ports',
  fix: 'Name the protocol; for two of them write two rules.',
};
