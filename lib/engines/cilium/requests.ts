import { type HttpMatch, headerOf, type PathPattern, type RequestMatch } from '../../model/request-match';

export interface L7Rules {
  readonly http?: readonly HttpRule[];
  readonly kafka?: readonly { readonly role: string; readonly topic: string }[];
  readonly dns?: readonly { readonly matchPattern: string }[];
}

/** Every field is a regular expression that has to match as a whole, but for headers, which have to be there, or to have a value. */
export interface HttpRule {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: readonly string[];
}

/** All of one protocol, which `limits` sees to. */
export function l7Rules(requests: readonly RequestMatch[]): L7Rules {
  const http = requests.flatMap((match) => (match.protocol === 'http' ? [httpRule(match)] : []));
  const kafka = requests.flatMap((match) =>
    match.protocol === 'kafka' ? [{ role: match.role, topic: match.topic }] : [],
  );
  const dns = requests.flatMap((match) => (match.protocol === 'dns' ? [{ matchPattern: match.pattern }] : []));
  if (http.length > 0) return { http };
  if (kafka.length > 0) return { kafka };
  if (dns.length > 0) return { dns };
  throw new Error('Internal error: requests that Cilium cannot say were let through to it');
}

function httpRule({ methods, path, host, headers }: HttpMatch): HttpRule {
  return {
    ...(methods !== undefined && { method: methods.map(escaped).join('|') }),
    ...(path !== undefined && { path: pathRegex(path) }),
    // Clients put the port beside the host where it is not the protocol's own.
    ...(host !== undefined && { host: `${escaped(host)}(:[0-9]+)?` }),
    ...(headers !== undefined && { headers: headers.map(header) }),
  };
}

/** A value stands behind a colon and a space, and is compared as it is. */
function header(text: string): string {
  const { name, value } = headerOf(text);
  return value === undefined ? name : `${name}: ${value}`;
}

/** Envoy compares the path together with its query, so every pattern takes any query after it. */
function pathRegex({ segments, below }: PathPattern): string {
  if (segments.length === 0) return `/${below ? '[^?]*' : ''}(\\?.*)?`;
  const parts = segments.map((segment) => `/${segment === undefined ? '[^/?]+' : escaped(segment)}`);
  return `${parts.join('')}${below ? '(/[^?]*)?' : ''}(\\?.*)?`;
}

/** Text that stands for itself alone: whatever could mean more has a backslash before it. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9/_~%-]/g, '\\$&');
}
