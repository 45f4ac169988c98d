import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { type Problem, ZeroTrustError } from '../model/problem';
import { portsOf } from './port';

/** As `portsOf`, for ports of addresses, which have no names. */
export function portsOfAddresses(given: unknown, name?: string): PortSet | undefined {
  const set = portsOf(given, name);
  const problems = set === undefined ? [] : namedPortsOfAddresses(set);
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return set;
}

/** A name resolves at a pod; of an address nothing is known that could have it. */
export function namedPortsOfAddresses(set: PortSet): Problem[] {
  if (!ports.hasNames(set)) return [];
  const text = ports.portsText(set);
  const protocol = ports.PROTOCOLS.find((one) => ports.namesOf(set, one).length > 0) ?? 'TCP';
  return [
    {
      rule: 'port-name-address',
      what: `${text} names a port by the name that a container gives it, and addresses have none: the rule would never match`,
      value: text,
      allowed: 'port numbers, for addresses',
      fix: `Give the number, as in Port.${protocol.toLowerCase()}(${protocol === 'TCP' ? 443 : 53})`,
    },
  ];
}
