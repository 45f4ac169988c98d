import type { Rule } from '../../model/layer';
import { portNameProblem, portRangeProblem } from '../../model/port-problem';
import * as ports from '../../model/port-set';
import { type PortSet, PROTOCOLS, type Protocol } from '../../model/port-set';
import { said } from '../../model/said';
import type { Field } from '../field';
import { type L7, readRequests } from './requests';
import type { RuleContext } from './rule-context';
import { itemsUpTo, notRead, oneOf } from './shape';

const MOST_PORTS = 40;

const UNREAD: readonly (readonly [string, string])[] = [
  ['terminatingTLS', 'it ends TLS at the proxy'],
  ['originatingTLS', 'it begins TLS at the proxy'],
  ['serverNames', 'it lets TLS through by the name of the server'],
  ['listener', 'it hands connections to a listener of Envoy'],
];

type Traffic = Pick<Rule, 'ports' | 'requests'>;

/** Each entry of `toPorts` with the requests that it is limited to. */
export function readToPorts(field: Field, context: RuleContext): Traffic[] {
  return field.items().flatMap((item) => {
    item.only(context.action === 'deny' ? ['ports'] : ['ports', 'rules', ...UNREAD.map(([name]) => name)]);
    for (const [name, why] of UNREAD) if (!item.child(name).isAbsent) notRead(item.child(name), why, 'ports and rules');
    const entries = itemsUpTo(item.child('ports'), MOST_PORTS, 'ports').map(readEntry);
    if (entries.length === 0) item.refuse(NO_PORTS);
    const l7 = readRequests(item.child('rules'), context);
    if (l7 !== undefined) for (const entry of entries) refuseBeside(entry, l7);
    const set = ports.union(ports.none, ...entries.map((entry) => entry.ports));
    return ports.isEmpty(set) ? [] : [{ ports: set, ...(l7 !== undefined && { requests: l7.requests }) }];
  });
}

interface Entry {
  readonly field: Field;
  readonly ports: PortSet;
  /** Absent for any. */
  readonly protocol?: Protocol;
  readonly isEveryPort: boolean;
  readonly isRange: boolean;
}

function readEntry(field: Field): Entry {
  field.only(['port', 'endPort', 'protocol']);
  const word = oneOf(field.child('protocol'), [...PROTOCOLS, 'ANY', ...EXTENDED]);
  if (EXTENDED.some((it) => it === word)) {
    notRead(field.child('protocol'), 'it is about a protocol without ports', 'TCP, UDP, SCTP, ANY');
  }
  const protocol = PROTOCOLS.find((it) => it === word);
  const read = readPort(field);
  const of = protocol === undefined ? PROTOCOLS : [protocol];
  return {
    field,
    ports: read === undefined ? ports.none : ports.unionOf(of.map(read.of)),
    ...(protocol !== undefined && { protocol }),
    isEveryPort: read?.isEveryPort === true,
    isRange: read?.isRange === true,
  };
}

/** Tunnels and routing, which agents take where a flag is set. */
const EXTENDED = ['VRRP', 'IGMP', 'GRE', 'IPIP', 'IPV6', 'ESP', 'AH'] as const;

interface Port {
  readonly of: (protocol: Protocol) => PortSet;
  readonly isEveryPort: boolean;
  readonly isRange: boolean;
}

/** Ports are text; `0` is every port, and what is no number is a name, whose case is ignored. */
function readPort(field: Field): Port | undefined {
  const port = field.child('port');
  const text = port.text();
  const last = readEndPort(field.child('endPort'));
  if (text === undefined) {
    if (port.isAbsent) port.refuse({ ...PORT, what: 'The port is missing, and the agent refuses the policy' });
    return undefined;
  }
  if (text === '0') return { of: ports.allOf, isEveryPort: true, isRange: false };
  if (/^[1-9][0-9]*$/.test(text)) return numbered(port, Number(text), last);
  const name = text.toLowerCase();
  const problem = portNameProblem(name);
  if (problem !== undefined) {
    port.refuse({ ...PORT, what: `'${text}' is neither a port number nor the name of a port`, value: text });
    return undefined;
  }
  if (last !== undefined && last !== 0) {
    notRead(
      field.child('endPort'),
      'it is a range from whatever number the name has',
      'a name alone, or a number with endPort',
    );
  }
  return { of: (protocol) => ports.named(protocol, name), isEveryPort: false, isRange: false };
}

function numbered(field: Field, first: number, last: number | undefined): Port | undefined {
  const end = last === undefined || last === 0 ? first : last;
  const problem = portRangeProblem(first, end);
  if (problem !== undefined) {
    field.refuse(problem);
    return undefined;
  }
  return { of: (protocol) => ports.range(protocol, first, end), isEveryPort: false, isRange: end > first };
}

function readEndPort(field: Field): number | undefined {
  const { value } = field;
  if (field.isAbsent) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65535) return value;
  field.refuse({
    rule: 'port-number',
    what: `endPort ${said(value)} is not a port number`,
    value: said(value),
    allowed: 'whole numbers from 0, which is none, to 65535',
    fix: 'Write a number, without quotes.',
  });
  return undefined;
}

/** What the agent refuses beside requests (pkg/policy/api/rule_validation.go, `PortRule.sanitize`). */
function refuseBeside({ field, protocol, isEveryPort, isRange }: Entry, { kind }: L7): void {
  const fault = isEveryPort
    ? 'every port'
    : kind === 'dns' && isRange
      ? 'a range of ports'
      : kind !== 'dns' && protocol !== 'TCP'
        ? (protocol ?? 'any protocol')
        : undefined;
  if (fault === undefined) return;
  field.refuse({
    rule: 'cilium-requests',
    what: `Rules about requests stand beside ${fault}, and the agent refuses the policy`,
    value: fault,
    allowed: kind === 'dns' ? 'single ports' : 'ports of TCP',
    fix: 'Name the TCP port that the requests come in on.',
  });
}

const NO_PORTS = {
  rule: 'cilium-no-ports',
  what: 'An entry of toPorts names no port, and lets nothing through',
  allowed: 'one port or more',
  fix: 'Name them; for every port leave toPorts out.',
};

const PORT = {
  rule: 'port-number',
  allowed: "a number from 1 to 65535, '0' for every port, or the name of a port, in quotes",
  fix: "Write it so: port: '8080'.",
};
