import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { type Problem, ZeroTrustError } from '../model/problem';
import { type Port, portsOf } from './port';

/** As `portsOf`, for ports of addresses, which have no names. */
export function portsOfAddresses(list: readonly Port[] | undefined): PortSet | undefined {
  const set = portsOf(list);
  const problems = set === undefined ? [] : namedPortsOfAddresses(set);
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return set;
}

/** A name resolves at a pod; of an address nothing is known that could have it. */
export function namedPortsOfAddresses(set: PortSet): Problem[] {
  if (!ports.hasNames(set)) return [];
  const text = ports.portsText(set);
  return [
    {
      rule: 'port-name-address',
      what: `${text} names a port, which means nothing for an address: the rule would never match`,
      value: text,
      allowed: 'port numbers, for addresses',
      fix: 'Give the number: Port.tcp(443)',
    },
  ];
}
