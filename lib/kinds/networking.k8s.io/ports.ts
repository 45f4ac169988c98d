import { portRangeProblem, protocolProblem } from '../../model/port-problem';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { said } from '../../model/said';
import type { Field } from '../field';

/** The `ports` of one rule. Absent, null and empty all mean every port of every protocol. */
export function readPorts(field: Field): PortSet {
  const entries = field.items();
  return entries.length === 0 ? ports.everything : ports.unionOf(entries.map(readPort));
}

/** One of the `ports`. */
export function readPort(entry: Field): PortSet {
  entry.only(['protocol', 'port', 'endPort']);
  const protocol = readProtocol(entry.child('protocol'));
  const port = entry.child('port');
  const endPort = entry.child('endPort');
  if (protocol === undefined) return ports.none;
  if (!endPort.isAbsent) return readRange(protocol, port, endPort);
  if (port.isAbsent) return ports.allOf(protocol);
  const read = typeof port.value === 'string' ? ports.named : ports.number;
  return port.try((value) => read(protocol, value as never)) ?? ports.none;
}

function readProtocol(field: Field): Protocol | undefined {
  if (field.isAbsent) return 'TCP';
  const problem = protocolProblem(field.value);
  if (problem === undefined) return field.value as Protocol;
  field.refuse(problem);
  return undefined;
}

function readRange(protocol: Protocol, port: Field, endPort: Field): PortSet {
  if (typeof port.value !== 'number') {
    endPort.refuse({
      rule: 'port-range',
      what: `endPort ${said(endPort.value)} has no number to begin at`,
      value: said(endPort.value),
      allowed: 'endPort beside a port that is a number',
      fix: 'Give the first port of the range as a number, or leave endPort out.',
    });
    return ports.none;
  }
  const problem = portRangeProblem(port.value, endPort.value);
  if (problem === undefined) return ports.range(protocol, port.value, endPort.value as number);
  endPort.refuse(problem);
  return ports.none;
}
