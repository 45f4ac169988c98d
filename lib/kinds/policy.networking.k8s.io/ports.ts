import { portRangeProblem } from '../../model/port-problem';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Field } from '../field';
import { exactlyOne, requireCount } from './shape';

const PROTOCOL_FIELDS: Readonly<Record<string, Protocol>> = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' };

/** The `protocols` of one rule; absent, all traffic. */
export function readProtocols(field: Field): PortSet {
  if (field.isAbsent) return ports.everything;
  return ports.unionOf(requireCount(field, 'protocols').map(readProtocol));
}

function readProtocol(entry: Field): PortSet {
  const which = exactlyOne(entry, [...Object.keys(PROTOCOL_FIELDS), 'destinationNamedPort']);
  if (which === undefined) return ports.none;
  const field = entry.child(which);
  if (which === 'destinationNamedPort') return readName(field);
  if (exactlyOne(field, ['destinationPort']) === undefined) return ports.none;
  return readPort(PROTOCOL_FIELDS[which], field.child('destinationPort'));
}

/** A name says no protocol: it is the container port of that name, whatever its protocol is. */
function readName(field: Field): PortSet {
  const protocols = Object.values(PROTOCOL_FIELDS);
  return field.try((name) => ports.unionOf(protocols.map((it) => ports.named(it, name as never)))) ?? ports.none;
}

function readPort(protocol: Protocol, field: Field): PortSet {
  const which = exactlyOne(field, ['number', 'range']);
  if (which === 'number') return field.child('number').try((it) => ports.number(protocol, it as never)) ?? ports.none;
  return which === 'range' ? readRange(protocol, field.child('range').only(['start', 'end'])) : ports.none;
}

function readRange(protocol: Protocol, range: Field): PortSet {
  const start = range.child('start').value as number;
  const end = range.child('end').value as number;
  const problem = portRangeProblem(start, end) ?? (start === end ? rangeOfOne(start) : undefined);
  if (problem === undefined) return ports.range(protocol, start, end);
  range.refuse(problem);
  return ports.none;
}

function rangeOfOne(port: number) {
  return {
    rule: 'port-range',
    what: `The range from ${port} to ${port} has one port, which the API server refuses`,
    value: `${port}-${port}`,
    allowed: 'a start that is less than the end',
    fix: `Write number: ${port}.`,
  };
}
