import { portRangeProblem } from '../../model/port-problem';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Field } from '../field';
import { readName } from './ports';
import { exactlyOne, requireCount } from './shape';

/** The most ports of a rule (`maxItems`). */
const MOST = 100;

/** The `ports` of one rule; absent, all traffic. */
export function readAdminPorts(field: Field): PortSet {
  if (field.isAbsent) return ports.everything;
  return ports.unionOf(requireCount(field, 'ports', 1, MOST).map(readPort));
}

function readPort(entry: Field): PortSet {
  const which = exactlyOne(entry, ['portNumber', 'portRange', 'namedPort']);
  if (which === undefined) return ports.none;
  const field = entry.child(which);
  if (which === 'namedPort') return readName(field);
  return which === 'portNumber' ? readNumber(field) : readRange(field);
}

function readNumber(field: Field): PortSet {
  field.only(['protocol', 'port']);
  const protocol = readProtocol(field);
  return field.child('port').try((it) => ports.number(protocol, it as never)) ?? ports.none;
}

/**
 * Nothing in the definition says that a range goes upwards, and the API server takes one that goes down; engines then
 * match nothing, or fail to set up the policy, so that it is refused here.
 */
function readRange(field: Field): PortSet {
  field.only(['protocol', 'start', 'end']);
  const protocol = readProtocol(field);
  const start = field.child('start').value as number;
  const end = field.child('end').value as number;
  const problem = portRangeProblem(start, end);
  if (problem === undefined) return ports.range(protocol, start, end);
  field.refuse(problem);
  return ports.none;
}

/** TCP unless it is said; the definition names no others, and engines know these three. */
function readProtocol(port: Field): Protocol {
  const field = port.child('protocol');
  if (field.isAbsent) return 'TCP';
  return field.try(asProtocol) ?? 'TCP';
}

function asProtocol(value: unknown): Protocol {
  ports.allOf(value as never);
  return value as Protocol;
}
