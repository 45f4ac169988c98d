import type { FlowRecord } from '../flow-record';

/** Segments of a path that are shown; what is below is left out. */
const MOST_SEGMENTS = 4;
const LONGEST_SEGMENT = 24;

/**
 * A request in words, without what is of one object or one person: numbers, hashes and long segments of its path are `*`,
 * and its query, headers and host are left out.
 */
export function requestTerm({ request, dns }: Pick<FlowRecord, 'request' | 'dns'>): string {
  if (request === undefined) return dns === undefined ? '' : `dns ${dns.name}`;
  const { method = '*', path } = request;
  return `${method} ${path === undefined ? '*' : pathTerm(path)}`;
}

function pathTerm(path: string): string {
  const query = path.indexOf('?');
  const segments = (query < 0 ? path : path.slice(0, query)).split('/').slice(1);
  const shown = segments.slice(0, MOST_SEGMENTS).map((segment) => (isOfOneObject(segment) ? '*' : segment));
  return `/${[...shown, ...(segments.length > MOST_SEGMENTS ? ['**'] : [])].join('/')}`;
}

function isOfOneObject(segment: string): boolean {
  if (segment.length > LONGEST_SEGMENT || /[^A-Za-z0-9._~-]/.test(segment)) return true;
  return /^\d+$|^[0-9a-f]{8,}$/i.test(segment) || (/\d/.test(segment) && segment.length >= 16);
}
