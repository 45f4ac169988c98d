import type { GraphData } from '../../graph/graph-data';
import { type HostPattern, hostText, matchesHost, sampleHosts } from '../../model/host-pattern';
import { type KeyConstraint, keyConstraint } from '../../model/key-constraint';
import type { Plane } from '../../model/layer';
import { headerOf, headerText, type RequestMatch } from '../../model/request-match';
import type { Labels, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';
import type { Sent } from '../../model/sent';
import type { WhatIsAsked } from '../terms/asked';
import { forEveryEnd } from '../terms/every-end';
import type { Connection } from './cell';
import { type PathCells, pathCells } from './path-cells';

// Host names and requests, written as labels of a connection, so that selectors over these labels are sets of
// connections. What is not understood is a label of its own that is there or not: of what it really means nothing is
// used, so whatever is proved for both cases holds for what it means.

/** The words by which the host names and requests at hand can be told apart. */
export interface Vocabulary {
  /** Something is said of requests. */
  readonly hasRequests: boolean;
  /** One name of each cell of the host patterns. */
  readonly hosts: readonly string[];
  /** Undefined where the patterns tell too many sets of paths apart. */
  readonly paths: PathCells | undefined;
  readonly methods: ReadonlySet<string>;
  /** Hosts that HTTP requests are for. */
  readonly requestHosts: ReadonlySet<string>;
  /** Headers with their values that rules ask for. */
  readonly headers: ReadonlySet<string>;
  /** Patterns of DNS queries: how they overlap is not known. */
  readonly queries: ReadonlySet<string>;
  /** What is not understood, as `assumptionOf` a pattern or match calls it. */
  readonly opaque: ReadonlySet<string>;
}

export interface Spoken {
  readonly patterns: readonly HostPattern[];
  readonly requests: readonly RequestMatch[];
}

/** Everything that a proof speaks of. */
export function spokenIn(declared: Pick<GraphData, 'flows' | 'guardrails'>, plane: Plane, asked: WhatIsAsked): Spoken {
  const patterns: HostPattern[] = [];
  const requests: RequestMatch[] = [];
  forEveryEnd(declared, plane, asked, (end) => {
    if (end.kind === 'hosts') for (const pattern of end.patterns) patterns.push(pattern);
  });
  const limited = ({ requests: those }: { readonly requests?: readonly RequestMatch[] }) => {
    for (const request of those ?? []) requests.push(request);
  };
  for (const { traffic } of declared.flows) limited(traffic);
  for (const { traffic } of asked.foreign ?? []) limited(traffic);
  for (const { rules } of plane.layers) rules.forEach(limited);
  return { patterns, requests };
}

export function vocabularyOf({ patterns, requests }: Spoken): Vocabulary {
  const http = requests.flatMap((each) => (each.protocol === 'http' ? [each] : []));
  return {
    hasRequests: requests.some((match) => !isEveryQuery(match)),
    hosts: hostCells(patterns),
    paths: pathCells(http.flatMap(({ path }) => path ?? [])),
    methods: new Set(http.flatMap(({ methods = [] }) => methods)),
    requestHosts: new Set(http.flatMap(({ host }) => host ?? [])),
    headers: new Set(http.flatMap(({ headers = [] }) => headers).filter((it) => headerOf(it).value !== undefined)),
    queries: new Set(requests.flatMap((each) => (each.protocol === 'dns' ? [each.pattern] : []))),
    opaque: new Set([
      ...patterns.filter(({ kind }) => kind === 'opaque').map(hostAssumption),
      ...requests.flatMap((each) => (each.protocol === 'opaque' ? [requestAssumption(each)] : [])),
    ]),
  };
}

/** What to say where `paths` is undefined. */
export const TOO_MANY_PATHS = {
  what: 'the paths of HTTP requests overlap in too many ways to be told apart',
  fix: 'Use fewer free segments in the paths of requests.',
};

/** Host names of the same patterns are one cell, called by the first of them. */
function hostCells(patterns: readonly HostPattern[]): string[] {
  const bySignature = new Map<string, string>();
  for (const name of sampleHosts(patterns)) {
    const signature = patterns.map((pattern) => (matchesHost(pattern, name) === true ? 1 : 0)).join('');
    if (signature.includes('1') && !bySignature.has(signature)) bySignature.set(signature, name);
  }
  return [...bySignature.values()];
}

/** How a host pattern that is not understood is called where it is taken to match. */
export function hostAssumption(pattern: HostPattern): string {
  return `host ${hostText(pattern)}`;
}

/** How a request match that is not understood is called where it is taken to match. */
export function requestAssumption({ text }: { readonly text: string }): string {
  return `request ${text}`;
}

/** Connections to an address that one of the names leads to: the union of these. */
export function hostDetails(patterns: readonly HostPattern[], { hosts }: Vocabulary): Selector[] {
  const understood = patterns.filter(({ kind }) => kind !== 'opaque');
  const names = hosts.filter((name) => understood.some((pattern) => matchesHost(pattern, name) === true));
  const opaque = patterns.filter(({ kind }) => kind === 'opaque');
  return [...names.map((name) => NAME + name), ...opaque.map((pattern) => OPAQUE + hostAssumption(pattern))].map(
    (key) => fromConstraints([exists(key)]),
  );
}

/** Connections that one of the requests is sent over: the union of these. What is not understood comes last. */
export function requestDetails(requests: readonly RequestMatch[] | undefined, words: Vocabulary): Selector[] {
  if (requests === undefined || requests.some(isEveryQuery)) return ALL;
  const understood = requests.filter(({ protocol }) => protocol !== 'opaque');
  const opaque = requests.filter(({ protocol }) => protocol === 'opaque');
  return [...understood, ...opaque].map((match) => fromConstraints(constraintsOf(match, words)));
}

const ALL: Selector[] = [selectors.anything];

/** Every query by name is what there is on a port of DNS. */
export function isEveryQuery(match: RequestMatch): boolean {
  return match.protocol === 'dns' && match.pattern === '*';
}

function constraintsOf(match: RequestMatch, words: Vocabulary): KeyConstraint[] {
  switch (match.protocol) {
    case 'http': {
      const { methods, path, host, headers = [] } = match;
      return [
        oneOf(PROTOCOL, ['http']),
        ...(methods === undefined ? [] : [oneOf(METHOD, methods)]),
        ...(path === undefined ? [] : [oneOf(PATH, words.paths?.cellsIn(path) ?? [])]),
        ...(host === undefined ? [] : [oneOf(HOST, [host])]),
        ...headers.map(headerConstraint),
      ];
    }
    case 'kafka':
      return [oneOf(PROTOCOL, ['kafka']), oneOf(KAFKA, [`${match.role} ${match.topic}`])];
    case 'dns':
      return [oneOf(PROTOCOL, ['dns']), exists(QUERY + match.pattern)];
    case 'opaque':
      return [exists(OPAQUE + requestAssumption(match))];
  }
}

/** A header that is there has a value, and only one that some rule names tells it from others. */
function headerConstraint(header: string): KeyConstraint {
  const { name, value } = headerOf(header);
  return value === undefined ? exists(HEADER + name) : oneOf(HEADER + name, [value]);
}

/** What the labels of a connection say. */
export function readDetails(labels: Labels, words: Vocabulary): Pick<Connection, 'hosts' | 'sent' | 'assumed'> {
  const after = (prefix: string) =>
    Object.keys(labels).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  const hosts = after(NAME);
  const assumed = after(OPAQUE);
  return {
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(words.hasRequests ? { sent: sentBy(labels, after, words) } : {}),
    ...(assumed.length === 0 ? {} : { assumed }),
  };
}

function sentBy(labels: Labels, after: (prefix: string) => string[], words: Vocabulary): Sent {
  switch (labels[PROTOCOL]) {
    case 'http':
      return {
        protocol: 'http',
        request: {
          method: labels[METHOD] ?? unusedMethod(words),
          path: labels[PATH] ?? words.paths?.unmatched ?? '*',
          host: labels[HOST] ?? unusedHost(words),
          headers: after(HEADER).map((name) => headerSent(name, labels[HEADER + name], words)),
        },
      };
    case 'kafka': {
      const [role, topic] = (labels[KAFKA] ?? 'consume ').split(' ');
      return { protocol: 'kafka', role: role === 'produce' ? 'produce' : 'consume', topic };
    }
    case 'dns':
      return { protocol: 'dns', patterns: after(QUERY) };
    default:
      return { protocol: 'other' };
  }
}

/** A value that no rule names is any other one. */
function headerSent(name: string, value: string | undefined, { headers }: Vocabulary): string {
  const text = headerText({ name, value });
  return headers.has(text) ? text : name;
}

/** The registered methods of RFC 9110 and RFC 5789, those first that a reader expects. */
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];

/** A method that no rule names. */
export function unusedMethod({ methods }: Pick<Vocabulary, 'methods'>): string {
  return METHODS.find((method) => !methods.has(method)) ?? 'OTHER';
}

function unusedHost({ requestHosts }: Vocabulary): string {
  let host = 'other.invalid';
  while (requestHosts.has(host)) host = `other.${host}`;
  return host;
}

const PROTOCOL = 'protocol';
const METHOD = 'method';
const PATH = 'path';
const HOST = 'host';
const KAFKA = 'kafka';
const HEADER = 'header ';
const NAME = 'name ';
const QUERY = 'query ';
const OPAQUE = 'opaque ';

function oneOf(key: string, values: readonly string[]): KeyConstraint {
  return keyConstraint(key, values, { excluded: false, mayBeAbsent: false });
}

function exists(key: string): KeyConstraint {
  return keyConstraint(key, [], { excluded: true, mayBeAbsent: false });
}
