import type { Direction, Rule } from '../../model/layer';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { RequestMatch } from '../../model/request-match';
import type { Field } from '../field';
import { readHttp } from './http';
import { refuseIcmp } from './icmp';
import { type PortsRead, type RuleProtocol, readPorts, readProtocol } from './ports';

/** Part of what a rule is about. */
export interface TrafficPart {
  readonly ports: PortSet;
  readonly requests?: readonly RequestMatch[];
  /** The rule may be about less of it. */
  readonly isUncertain?: true;
}

/** Where a rule stands, which decides what it may say of requests. */
export interface RulePlace {
  readonly direction: Direction;
  readonly action: Rule['action'] | undefined;
}

/** What of protocols, ports and requests a rule is about: ICMP is outside what is compared. */
export function readTraffic(rule: Field, place: RulePlace): TrafficPart[] {
  const protocol = readProtocol(rule.child('protocol'));
  const not = rule.child('notProtocol').isAbsent ? undefined : readProtocol(rule.child('notProtocol'));
  refuseIcmp(rule, protocol);
  const read = readPorts(rule.child('destination'), protocol);
  const requests = readRequests(rule.child('http'), place, protocol);
  const isBySource = hasItems(rule.child('source'), ['ports', 'notPorts']);
  if (isBySource) readPorts(rule.child('source'), protocol);
  // Taken together with other protocols, it is not said what becomes of them.
  const isByMessage = !rule.child('notICMP').isAbsent;
  const parts = withRequests(withoutProtocol(read, not), requests, protocol);
  return parts
    .filter((part) => !ports.isEmpty(part.ports))
    .map((part) => (isBySource || isByMessage ? { ...part, isUncertain: true } : part));
}

function hasItems(end: Field, lists: readonly string[]): boolean {
  return lists.some((name) => end.child(name).items().length > 0);
}

/** What is left beside one protocol; protocols beside the three are not told apart. */
function withoutProtocol({ certain, possible }: PortsRead, not: RuleProtocol | undefined): TrafficPart[] {
  const [sure, open] = not === undefined ? [certain, possible] : [without(certain, not), without(possible, not)];
  const isOpen = not === 'ICMP' || not === 'other';
  return [
    { ports: isOpen ? { ...sure, other: false } : sure },
    { ports: isOpen && sure.other ? { ...open, other: true } : open, isUncertain: true },
  ];
}

function without(set: PortSet, protocol: RuleProtocol): PortSet {
  if (protocol === 'any' || protocol === 'ICMP' || protocol === 'other') return set;
  return ports.difference(set, ports.allOf(protocol));
}

/**
 * Only connections of TCP have requests. Where the rule names no protocol, other connections pass whatever it says of
 * requests, and those of TCP may: the dataplane tells no requests apart (felix/calc/rule_scanner.go, `HTTPMatch`).
 */
function withRequests(
  parts: readonly TrafficPart[],
  requests: readonly RequestMatch[] | undefined,
  protocol: RuleProtocol,
): readonly TrafficPart[] {
  if (requests === undefined) return parts;
  if (protocol === 'TCP') return parts.map((part) => ({ ...part, requests }));
  return parts.flatMap((part) => [
    { ...part, ports: { ...part.ports, TCP: ports.none.TCP } },
    { ports: { ...ports.none, TCP: part.ports.TCP }, isUncertain: true },
  ]);
}

/** Limits of the validator (libcalico-go/lib/validator/v3): with Allow, TCP and ingress only. */
function readRequests(
  field: Field,
  { direction, action }: RulePlace,
  protocol: RuleProtocol,
): RequestMatch[] | undefined {
  if (field.isAbsent) return undefined;
  const misplaced =
    direction === 'egress'
      ? 'in an egress rule'
      : action !== 'allow'
        ? 'in a rule that does not allow'
        : protocol !== 'TCP' && protocol !== 'any'
          ? 'beside a protocol that is not TCP'
          : undefined;
  if (misplaced !== undefined) {
    field.refuse({
      rule: 'calico-http',
      what: `http stands ${misplaced}, and Calico refuses it`,
      allowed: 'http in an ingress rule with the action Allow, and TCP or no protocol',
      fix: 'Take it out, or move the rule.',
    });
  }
  return readHttp(field);
}
