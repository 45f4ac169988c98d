import type { PathPattern, PathSegment } from '../../model/request-match';

/**
 * The regular expressions that say exactly what the model can say, and no others: literal segments, whole free segments,
 * everything below, and any query. Envoy matches them in full against the path with its query, the method and the
 * authority (cilium, pkg/envoy/policy/envoy_l7_rules_translator.go).
 */

const ANY_QUERY = '(\\?.*)?';
const BELOW = '(/[^?]*)?';
const FREE = '[^/?]+';

/** Undefined for what is none of ours; `every` for every path. */
export function readPathRegex(regex: string): PathPattern | 'every' | undefined {
  if (regex === '.*') return 'every';
  // Without a query that it takes, an expression means less than any pattern; with any end, it takes queries too.
  if (regex === '/.*') return { segments: [], below: true };
  if (!regex.startsWith('/') || !regex.endsWith(ANY_QUERY)) return undefined;
  const path = regex.slice(0, -ANY_QUERY.length);
  if (path === '/[^?]*') return { segments: [], below: true };
  const below = path.endsWith(BELOW);
  const text = below ? path.slice(0, -BELOW.length) : path;
  if (text === '/') return below ? undefined : { segments: [], below };
  const segments = splitSegments(text.slice(1)).map(readSegment);
  if (segments.includes('opaque')) return undefined;
  return { segments: segments.map((it) => (it as { readonly segment: PathSegment }).segment), below };
}

/** At slashes that are not in a class of characters. */
function splitSegments(text: string): string[] {
  return text
    .split(FREE)
    .join('\u0000')
    .split('/')
    .map((part) => part.split('\u0000').join(FREE));
}

function readSegment(text: string): { readonly segment: PathSegment } | 'opaque' {
  if (text === FREE) return { segment: undefined };
  const segment = readLiteral(text);
  return segment === undefined || segment.includes('?') ? 'opaque' : { segment };
}

/** Sorted; empty for every method; undefined for what is none of ours. */
export function readMethodRegex(regex: string): string[] | undefined {
  if (regex === '.*') return [];
  const methods = regex.split('|').map(readLiteral);
  if (!methods.every((method) => method !== undefined && /^[!#$%&'*+.^_`|~0-9A-Z-]+$/.test(method))) return undefined;
  return [...new Set(methods as string[])].sort();
}

const ANY_PORT = '(:[0-9]+)?';

/** A host with or without its port; clients put it there where it is not the protocol's own. */
export function readHostRegex(regex: string): string | 'every' | undefined {
  if (regex === '.*') return 'every';
  if (!regex.endsWith(ANY_PORT)) return undefined;
  const host = readLiteral(regex.slice(0, -ANY_PORT.length));
  return host !== undefined && /^[a-z0-9._-]+$/.test(host) ? host : undefined;
}

/** The text that the expression stands for alone; undefined where it has a meaning beyond it. */
function readLiteral(regex: string): string | undefined {
  let text = '';
  for (let i = 0; i < regex.length; i++) {
    const character = regex.charAt(i);
    if (character === '\\') {
      i++;
      // Before a letter or a digit, a backslash makes a class of characters of it.
      if (!/[^A-Za-z0-9]/.test(regex.charAt(i))) return undefined;
      text += regex.charAt(i);
    } else if (/[.*+?()[\]{}|^$]/.test(character)) {
      return undefined;
    } else {
      text += character;
    }
  }
  return text;
}
