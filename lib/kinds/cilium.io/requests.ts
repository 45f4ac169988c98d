import {
  canonicalRequests,
  type HttpMatch,
  headerOf,
  headerText,
  type KafkaMatch,
  type OpaqueMatch,
  type RequestMatch,
} from '../../model/request-match';
import type { Field } from '../field';
import { readName } from './hosts';
import { readHostRegex, readMethodRegex, readPathRegex } from './regexes';
import type { RuleContext } from './rule-context';
import { notRead, oneOf } from './shape';

export interface L7 {
  readonly kind: Kind;
  /** Never empty. */
  readonly requests: readonly RequestMatch[];
}

type Kind = 'http' | 'kafka' | 'dns';

/**
 * `rules` of an entry of `toPorts`: one kind. Undefined where there are none: an empty list limits nothing
 * (pkg/policy/api/l4.go, `L7Rules.IsEmpty`).
 */
export function readRequests(field: Field, { direction, isAboutNodes }: RuleContext): L7 | undefined {
  const given = field.only(['http', 'kafka', 'dns', 'l7proto', 'l7']).names();
  if (given.length > 1) {
    field.refuse({
      rule: 'cilium-requests',
      what: `${given.join(' and ')} stand beside each other, and the agent refuses the policy`,
      value: given.join(', '),
      allowed: 'one kind of requests for a port',
      fix: 'Give each kind a port of its own.',
    });
  }
  if (given.includes('l7proto') || given.includes('l7')) {
    notRead(field, 'its requests are of a protocol that an extension of the proxy reads', 'http, kafka, dns');
  }
  const kind = (['http', 'kafka', 'dns'] as const).find((name) => field.child(name).items().length > 0);
  if (kind === undefined) return undefined;
  const misplaced =
    kind === 'dns' && direction === 'ingress'
      ? 'about DNS in an ingress rule'
      : isAboutNodes && kind !== 'dns'
        ? 'about requests in a policy of nodes'
        : undefined;
  if (misplaced !== undefined) {
    field.refuse({
      rule: 'cilium-requests',
      what: `There are rules ${misplaced}, and the agent refuses the policy`,
      value: kind,
      allowed: 'DNS in egress rules, HTTP in rules of pods',
      fix:
        kind === 'dns'
          ? 'Take the rules out, or move them to an egress rule to the name servers.'
          : 'Take the rules out, and say in a policy of the pods which requests pass.',
    });
  }
  const read = { http: readHttp, kafka: readKafka, dns: readDns }[kind];
  return { kind, requests: canonicalRequests(field.child(kind).items().map(read)) };
}

/** Every field is a regular expression that has to match as a whole; what none of ours says is opaque. */
function readHttp(field: Field): RequestMatch {
  field.only(['method', 'path', 'host', 'headers', 'headerMatches']);
  const texts = ['method', 'path', 'host'].map((name) => field.child(name).text() ?? '');
  const [method, path, host] = texts as [string, string, string];
  const headers = field
    .child('headers')
    .items()
    .map((item) => item.text() ?? '');
  const hasHeaderMatches = readHeaderMatches(field.child('headerMatches'));
  const methods = method === '' ? [] : readMethodRegex(method);
  const pattern = path === '' ? 'every' : readPathRegex(path);
  const name = host === '' ? 'every' : readHostRegex(host);
  const asked = headers.map(readHeader);
  const isUnderstood = !hasHeaderMatches && !asked.includes(undefined) && !asksTwice(asked);
  if (methods === undefined || pattern === undefined || name === undefined || !isUnderstood) {
    // What a header match does to what it does not match is not read.
    if (hasHeaderMatches) return opaque(field);
    const regexes = {
      ...(method !== '' && { method }),
      ...(path !== '' && { path }),
      isAll: name === 'every' && headers.length === 0,
    };
    return { protocol: 'opaque', text: JSON.stringify(field.value), regexes };
  }
  const match: HttpMatch = {
    protocol: 'http',
    ...(methods.length > 0 && { methods }),
    ...(pattern !== 'every' && { path: pattern }),
    ...(name !== 'every' && { host: name }),
    ...(headers.length > 0 && { headers: [...new Set(asked.flatMap((text) => text ?? []))].sort() }),
  };
  return match;
}

/**
 * A name alone has to be there; with a value after a space, it has to have that value, exactly (pkg/envoy/policy,
 * envoy_l7_rules_translator.go: the text is split at the first space, and colons are taken off the name).
 */
function readHeader(header: string): string | undefined {
  const [, name, value] = /^([^\s:=]+)(?:: (\S(?:.*\S)?))?$/.exec(header) ?? [];
  return name === undefined ? undefined : headerText({ name: name.toLowerCase(), value });
}

/** Two values of one header, which a request may send and which are joined before they are compared. */
function asksTwice(asked: readonly (string | undefined)[]): boolean {
  const valued = [...new Set(asked.flatMap((text) => text ?? []))]
    .map(headerOf)
    .filter(({ value }) => value !== undefined);
  return new Set(valued.map(({ name }) => name)).size < valued.length;
}

function readHeaderMatches(field: Field): boolean {
  const items = field.items();
  for (const item of items) {
    item.only(['name', 'value', 'mismatch', 'secret']);
    oneOf(item.child('mismatch'), ['LOG', 'ADD', 'DELETE', 'REPLACE']);
    item.child('secret').only(['name', 'namespace']);
    if ((item.child('name').text() ?? '') !== '') continue;
    item.refuse({
      rule: 'field-missing',
      what: 'The name of the header is missing, which the API server refuses',
      allowed: 'the name of a header',
      fix: "Write the name beside the value: name: 'X-Request-Id'.",
    });
  }
  return items.length > 0;
}

/** Understood where it names a topic and a role, and nothing else. */
function readKafka(field: Field): RequestMatch {
  const names = field.only(['role', 'topic', 'apiKey', 'apiVersion', 'clientID']).names();
  const role = oneOf(field.child('role'), ['produce', 'consume'] as const);
  const topic = field.child('topic').text() ?? '';
  if (role !== undefined && !field.child('apiKey').isAbsent) {
    field.refuse({
      rule: 'one-of',
      what: 'role and apiKey stand beside each other, and the agent refuses the policy',
      allowed: 'one of role, apiKey',
      fix: "Keep one: role: 'produce' or 'consume' for the keys of that role, or apiKey for one key.",
    });
  }
  if (role === undefined || topic === '' || names.length > 2) return { ...opaque(field), of: 'kafka' };
  const match: KafkaMatch = { protocol: 'kafka', topic, role };
  return match;
}

function readDns(field: Field): RequestMatch {
  const name = readName(field);
  if (name === undefined) return { ...opaque(field), of: 'dns' };
  return { protocol: 'dns', pattern: name.kind === 'pattern' && /^\*+$/.test(name.text) ? '*' : name.text };
}

function opaque(field: Field): OpaqueMatch {
  return { protocol: 'opaque', text: JSON.stringify(field.value) };
}
