import type { RequestRegexes } from './request-regex';

/**
 * Requests that a rule looks into connections for. Traffic that is limited to requests passes only as requests of that
 * protocol: a connection that speaks anything else does not match.
 */
export type RequestMatch = HttpMatch | KafkaMatch | DnsMatch | OpaqueMatch;

/** HTTP requests; gRPC is HTTP with the method POST and the path `/package.Service/Method`. */
export interface HttpMatch {
  readonly protocol: 'http';
  /** Upper case, sorted; absent for every method. */
  readonly methods?: readonly string[];
  /** Absent for every path. */
  readonly path?: PathPattern;
  /** The host that the request is for, lower case, exactly; absent for every host. */
  readonly host?: string;
  /**
   * Headers that must be there, sorted; absent for none: their names, lower case, with `=` and the value where that is one
   * value exactly.
   */
  readonly headers?: readonly string[];
}

/**
 * A path, told segment by segment, as it is sent (nothing is decoded), without the query: a pattern takes any query.
 * `/v1/models` is `['v1', 'models']`, and `/v1/` is `['v1', '']`.
 */
export interface PathPattern {
  readonly segments: readonly PathSegment[];
  /** Also everything below: `/v1` and `/v1/…`, but not `/v10`. */
  readonly below: boolean;
}

/** Literal text, or `undefined` for one segment that is free and not empty. */
export type PathSegment = string | undefined;

export interface KafkaMatch {
  readonly protocol: 'kafka';
  readonly topic: string;
  readonly role: 'produce' | 'consume';
}

/** DNS queries for these names. */
export interface DnsMatch {
  readonly protocol: 'dns';
  /** As the engine writes it. */
  readonly pattern: string;
}

/** As somebody else wrote it, where it is none of the others: what it has in common with others is not decided. */
export interface OpaqueMatch {
  readonly protocol: 'opaque';
  readonly text: string;
  /** The protocol that it is of, where that is none whose requests are asked about. @default HTTP */
  readonly of?: 'kafka' | 'dns';
  /** What it takes at least, where that is said by regular expressions: they decide about one whole request. */
  readonly regexes?: RequestRegexes;
}

/** What can be sent in one HTTP request, as far as rules tell requests apart. */
export interface HttpRequest {
  readonly method: string;
  /** With its query, where it has one. */
  readonly path: string;
  readonly host: string;
  /** Names, lower case, with `=` and the value where some rule asks for it. */
  readonly headers: readonly string[];
}

/** A header as matches and requests write it. No name of a header has an equals sign in it. */
export interface Header {
  readonly name: string;
  /** Absent for any. */
  readonly value?: string;
}

/** `x-team`, `mcp-method=tools/call`. */
export function headerText({ name, value }: Header): string {
  return value === undefined ? name : `${name}=${value}`;
}

export function headerOf(text: string): Header {
  const end = text.indexOf('=');
  return end < 0 ? { name: text } : { name: text.slice(0, end), value: text.slice(end + 1) };
}

function hasHeader(asked: string, sent: readonly string[]): boolean {
  const { value } = headerOf(asked);
  return value === undefined ? sent.some((text) => headerOf(text).name === asked) : sent.includes(asked);
}

export function matchesPath(pattern: PathPattern, path: string): boolean {
  const query = path.indexOf('?');
  const bare = query < 0 ? path : path.slice(0, query);
  if (!bare.startsWith('/')) return false;
  const given = bare === '/' ? [] : bare.slice(1).split('/');
  const { segments, below } = pattern;
  if (below ? given.length < segments.length : given.length !== segments.length) return false;
  return segments.every((segment, i) => (segment === undefined ? given[i] !== '' : segment === given[i]));
}

/** Whether the request is one of them; undefined for a match that is not understood. */
export function matchesRequest(match: RequestMatch, request: HttpRequest): boolean | undefined {
  if (match.protocol === 'opaque') return undefined;
  if (match.protocol !== 'http') return false;
  const { methods, path, host, headers = [] } = match;
  return (
    (methods === undefined || methods.includes(request.method)) &&
    (path === undefined || matchesPath(path, request.path)) &&
    (host === undefined || host === request.host) &&
    headers.every((header) => hasHeader(header, request.headers))
  );
}

/** `POST /v1/chat/completions`, `GET /v1/models/* host=api.example.com`, `* /v1/**`, `kafka produce orders`. */
export function requestText(match: RequestMatch): string {
  switch (match.protocol) {
    case 'http': {
      const { methods, path, host, headers = [] } = match;
      return [
        methods?.join(',') ?? '*',
        path === undefined ? '*' : pathText(path),
        ...(host === undefined ? [] : [`host=${host}`]),
        ...headers.map((name) => `header=${name}`),
      ].join(' ');
    }
    case 'kafka':
      return `kafka ${match.role} ${match.topic}`;
    case 'dns':
      return `dns ${match.pattern}`;
    case 'opaque':
      return match.text;
  }
}

/** A free segment is `*`, everything below is `**`; a literal segment that reads like one of them is put in quotes. */
export function pathText({ segments, below }: PathPattern): string {
  const parts = segments.map((segment) => {
    if (segment === undefined) return '*';
    return /^["*]/.test(segment) ? JSON.stringify(segment) : segment;
  });
  return `/${[...parts, ...(below ? ['**'] : [])].join('/')}`;
}

/** Sorted by their text, each once. */
export function canonicalRequests(matches: readonly RequestMatch[]): RequestMatch[] {
  const byText = new Map(matches.map((match) => [requestText(match), match]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, match]) => match);
}
