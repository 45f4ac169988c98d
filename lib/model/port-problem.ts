import type { Problem } from './problem';
import { shown as shownValue } from './shown';

export const FIRST_PORT = 1;
export const LAST_PORT = 65535;

/** The protocols that a port of a NetworkPolicy can name. ICMP has no ports and cannot be said. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

const LONGEST_NAME = 15;

/** What is wrong with the protocol of a port; undefined when nothing is. */
export function protocolProblem(protocol: unknown): Problem | undefined {
  if (PROTOCOLS.some((known) => known === protocol)) return undefined;
  const upper = typeof protocol === 'string' ? protocol.toUpperCase() : '';
  return {
    rule: 'port-protocol',
    what: `${shown(protocol)} is not a protocol that ports can have`,
    value: typeof protocol === 'string' ? protocol : shownValue(protocol),
    allowed: PROTOCOLS.join(', '),
    ...(PROTOCOLS.some((known) => known === upper) && { fix: `Write '${upper}'.` }),
  };
}

/** What is wrong with the number of a port; undefined when nothing is. */
export function portNumberProblem(number: unknown): Problem | undefined {
  if (Number.isInteger(number) && Number(number) >= FIRST_PORT && Number(number) <= LAST_PORT) return undefined;
  return {
    rule: 'port-number',
    what: `${shown(number)} is not a port number`,
    value: typeof number === 'string' ? number : shownValue(number),
    allowed: `whole numbers from ${FIRST_PORT} to ${LAST_PORT}`,
    fix: 'Give the number that the pod listens on, or write Port.allTcp() for every TCP port.',
  };
}

/** What is wrong with a range of ports; undefined when nothing is. */
export function portRangeProblem(first: unknown, last: unknown): Problem | undefined {
  const numberProblem = portNumberProblem(first) ?? portNumberProblem(last);
  if (numberProblem !== undefined) return numberProblem;
  if (Number(first) <= Number(last)) return undefined;
  return {
    rule: 'port-range',
    what: `The port range ${first}-${last} ends before it begins, so no port would be in it`,
    value: `${first}-${last}`,
    allowed: 'a first port that is not above the last',
    fix: `Write ${last}-${first}: the lower number first.`,
  };
}

/**
 * What is wrong with the name of a port; undefined when nothing is. The rules are those of IsValidPortName in
 * k8s.io/apimachinery/pkg/util/validation, which follow the service names of RFC 6335.
 */
export function portNameProblem(name: unknown): Problem | undefined {
  const fault = nameFault(name);
  if (fault === undefined) return undefined;
  return {
    rule: 'port-name',
    what: `The port name ${shown(name)} ${fault}`,
    value: typeof name === 'string' ? name : shownValue(name),
    allowed: `1 to ${LONGEST_NAME} of a-z 0-9 '-', with a letter among them, and no '-' at an end or beside another`,
    fix: "Give the name as it stands in the pod's containerPorts, or the number.",
  };
}

function nameFault(name: unknown): string | undefined {
  if (typeof name !== 'string') return 'is not text';
  if (name === '') return 'is empty';
  if (name.length > LONGEST_NAME) return `has ${name.length} characters, more than ${LONGEST_NAME}`;
  if (!/^[-a-z0-9]+$/.test(name)) return "has a character that is not one of a-z 0-9 '-'";
  if (!/[a-z]/.test(name)) return 'has no letter';
  if (name.startsWith('-') || name.endsWith('-')) return "has a '-' at an end";
  if (name.includes('--')) return "has '-' beside another";
  return undefined;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : shownValue(value);
}
