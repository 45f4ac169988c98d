import { into } from '../../model/into';
import type { HttpMatch, PathPattern, RequestMatch } from '../../model/request-match';
import { inGroups } from './in-groups';

export interface HttpRule {
  readonly methods?: readonly string[];
  readonly paths?: readonly HttpPath[];
}

export type HttpPath = { readonly exact: string } | { readonly prefix: string };

/** The most methods and the most paths of a rule, and the longest path. */
const MOST_METHODS = 20;
const MOST_PATHS = 20;
export const LONGEST_PATH = 1024;

/** `http` of as many rules as the requests take: matches with the same methods share rules. */
export function httpRules(requests: readonly RequestMatch[]): HttpRule[] {
  const byMethods = new Map<string, HttpMatch[]>();
  for (const match of requests) {
    if (match.protocol !== 'http')
      throw new Error('Internal error: a request that is not HTTP was let through to Calico');
    const key = match.methods?.join(' ') ?? '';
    into(byMethods, key, match);
  }
  return [...byMethods.keys()].sort().flatMap((key) => ofMethods(byMethods.get(key) ?? []));
}

function ofMethods(matches: readonly HttpMatch[]): HttpRule[] {
  const { methods } = matches[0];
  const groups = methods === undefined ? [{}] : inGroups(methods, MOST_METHODS).map((group) => ({ methods: group }));
  return groups.flatMap((of) => pathGroups(matches).map((paths) => ({ ...of, ...(paths && { paths }) })));
}

/** One group without paths where a match is for every path. */
function pathGroups(matches: readonly HttpMatch[]): (HttpPath[] | undefined)[] {
  const patterns = matches.flatMap(({ path }) => (path === undefined ? [] : [path]));
  if (patterns.length < matches.length) return [undefined];
  const below = new Set(patterns.filter((it) => it.below).map(plainPath));
  const needed = patterns.filter((it) => it.below || !below.has(plainPath(it)));
  // A path and what is below it are two entries, and mean it only together.
  return inGroups(needed, MOST_PATHS / 2).map((group) => group.flatMap(entries));
}

/**
 * What releases of Calico agree on: in some a prefix is any beginning of the text, so that `/v1` would be one of `/v10`, in
 * others it ends at a segment, so that `/v1/` is one of `/v1` (app-policy/checker/match.go before and from 3.31.6 on).
 */
function entries(pattern: PathPattern): HttpPath[] {
  const path = plainPath(pattern);
  if (!pattern.below) return [{ exact: path }];
  return path === '/' ? [{ prefix: '/' }] : [{ exact: path }, { prefix: `${path}/` }];
}

/** The path that all the segments are; free segments were refused before. */
export function plainPath({ segments }: PathPattern): string {
  return `/${segments.join('/')}`;
}
