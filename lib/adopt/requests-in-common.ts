import type { HttpMatch, PathPattern, PathSegment } from '../model/request-match';
import { headerOf } from '../model/request-match';

/** The requests that both lists match, exactly; undefined where that cannot be written as matches. */
export function requestsInCommon(a: readonly HttpMatch[], b: readonly HttpMatch[]): readonly HttpMatch[] | undefined {
  const found = a.flatMap((one) => b.map((other) => bothMatch(one, other)));
  if (found.includes('unsayable')) return undefined;
  return found.filter((each): each is HttpMatch => typeof each === 'object');
}

function bothMatch(a: HttpMatch, b: HttpMatch): HttpMatch | 'nothing' | 'unsayable' {
  const methods =
    a.methods === undefined || b.methods === undefined
      ? (a.methods ?? b.methods)
      : a.methods.filter((method) => b.methods?.includes(method));
  if (methods?.length === 0) return 'nothing';
  const path = a.path === undefined || b.path === undefined ? (a.path ?? b.path) : bothPaths(a.path, b.path);
  if (path === 'nothing') return 'nothing';
  if (a.host !== undefined && b.host !== undefined && a.host !== b.host) return 'nothing';
  const host = a.host ?? b.host;
  const headers = [...new Set([...(a.headers ?? []), ...(b.headers ?? [])])].sort();
  // A header may be sent twice, and what an engine compares then is its own matter.
  const valued = headers.map(headerOf).filter(({ value }) => value !== undefined);
  if (new Set(valued.map(({ name }) => name)).size < valued.length) return 'unsayable';
  return {
    protocol: 'http',
    ...(methods && { methods }),
    ...(path && { path }),
    ...(host !== undefined && { host }),
    ...(headers.length > 0 && { headers }),
  };
}

function bothPaths(a: PathPattern, b: PathPattern): PathPattern | 'nothing' {
  const [short, long] = a.segments.length <= b.segments.length ? [a, b] : [b, a];
  if (short.segments.length < long.segments.length && !short.below) return 'nothing';
  const segments: PathSegment[] = [];
  for (const [at, segment] of long.segments.entries()) {
    const other = short.segments[at];
    const isFree = at >= short.segments.length || other === undefined;
    if (
      at < short.segments.length &&
      ((other === undefined && segment === '') || (segment === undefined && other === ''))
    )
      return 'nothing';
    if (!isFree && segment !== undefined && segment !== other) return 'nothing';
    segments.push(segment ?? other);
  }
  return { segments, below: a.below && b.below };
}
