import type * as KnownApis from '../known-systems/apis';
import { ZeroTrustError } from '../model/problem';
import { hostnamePattern } from '../values/hostname';
import type { HostsSpec } from '../values/peer';
import { Port, portsOf } from '../values/port';

/** What is called of an API. */
export interface Called {
  /** Its uses, by their names. */
  readonly uses: readonly string[];
  /** In the place of the braces in names of hosts. */
  readonly given?: Readonly<Record<string, string>>;
  /** Which of the hosts of these uses. @default - all of them */
  readonly keeps?: (pattern: string) => boolean;
  /** Whether what surprises of the API concerns flows to these hosts. @default true */
  readonly surprises?: boolean;
}

/** The hosts of what is called of an API, all on TCP 443. */
export function hostsOf(id: string, { uses, given = {}, keeps = () => true, surprises = true }: Called): HostsSpec {
  const { KNOWN_APIS, apiHosts } = known();
  const api = KNOWN_APIS.find((one) => one.id === id);
  if (api === undefined) throw new Error(`Internal error: no API is known as ${id}`);
  const called = uses.map((name) => api.uses.find((use) => use.name === name)).filter((use) => use !== undefined);
  if (called.length !== uses.length) throw new Error(`Internal error: ${id} has not all of ${uses.join(', ')}`);
  const { hosts, missing } = apiHosts(
    { name: '', because: '', hosts: called.flatMap((use) => use.hosts).filter(keeps) },
    given,
  );
  if (missing.length > 0) throw new Error(`Internal error: ${missing.join(', ')} has nothing in its braces`);
  return {
    kind: 'hosts',
    title: api.title,
    patterns: [...new Set(hosts)].map(hostnamePattern),
    ports: portsOf([Port.tcp(443)]) as HostsSpec['ports'],
    notes: surprises ? (api.traps ?? []).filter(isAboutFlows).map(asNote) : [],
  };
}

/** Loaded when an API is first named: whoever imports the package does not wait for the list of all. */
function known(): typeof KnownApis {
  return require('../known-systems/apis');
}

/** How a wildcard would miss hosts is nothing to who names them one by one. */
function isAboutFlows(trap: string): boolean {
  return !trap.startsWith('*');
}

function asNote(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** What goes into the name of a host in the place of braces: one label, or several where `dots` are allowed. */
export function inHost(value: unknown, property: string, example: string, dots = false): string {
  const labels = typeof value === 'string' ? value.split('.') : [];
  const isOne = labels.length === 1 || (dots && labels.length > 0);
  if (typeof value === 'string' && isOne && labels.every((label) => LABEL.test(label))) return value;
  throw new ZeroTrustError({
    rule: 'api-host-part',
    what:
      value === undefined
        ? `\`${property}\` is not given, and the names of the hosts have it in them`
        : `${JSON.stringify(value) ?? String(value)} cannot be the ${property} in the name of a host`,
    value: value === undefined ? 'undefined' : String(value),
    allowed: `lower case letters, digits and hyphens${dots ? ', with dots between them' : ''}, such as ${example}`,
    fix: `Write it as its owner does: { ${property}: '${example}' }`,
  });
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Something must be called. */
export function nothingCalled(of: string, fix: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'api-nothing',
    what: `nothing of ${of} is called, so there is no host to let through`,
    value: '{}',
    allowed: 'at least one use of it',
    fix,
  });
}
