import type { PathPattern } from '../../model/request-match';

/** Paths cut into cells that no pattern at hand tells further apart. A cell is called by a path of it. */
export interface PathCells {
  /** The cells that the pattern has whole; it has no other path. */
  cellsIn(pattern: PathPattern): readonly string[];
  /** A path that no pattern has. */
  readonly unmatched: string;
}

/** Patterns that tell more sets of paths apart than this are not looked into. */
const MOST = 5_000;

/**
 * Paths are words over segments and patterns are small automata, so their subsets are walked as in any determinisation:
 * of each set of patterns that a path can be in, the first path that is found stands for all. Undefined where there are
 * too many sets.
 */
export function pathCells(patterns: readonly PathPattern[]): PathCells | undefined {
  const distinct = [...new Map(patterns.map((pattern) => [keyOf(pattern), pattern])).values()];
  const fresh = unusedSegment(distinct);
  const samples = new Map<string, { readonly path: string; readonly matched: readonly PathPattern[] }>();
  const seen = new Set<string>();
  const queue: State[] = [{ given: [], alive: distinct }];
  for (const state of queue) {
    const { given, alive } = state;
    if (seen.size > MOST) return undefined;
    // `/` has no segment, so there is no path of one empty segment; it only begins longer ones.
    const isPath = !isOneEmptySegment(given);
    if (isPath) record(given, alive);
    if (isPath && alive.every((pattern) => pattern.below && pattern.segments.length <= given.length)) continue;
    for (const segment of nextSegments(alive, given.length, fresh)) {
      const next = advanced(state, segment);
      const name = `${next.given.length} ${isOneEmptySegment(next.given)} ${next.alive.map((it) => distinct.indexOf(it)).join()}`;
      if (seen.has(name)) continue;
      seen.add(name);
      queue.push(next);
    }
  }
  const all = [...samples.values()];
  return {
    cellsIn: (pattern) => {
      const key = keyOf(pattern);
      return all.filter(({ matched }) => matched.some((it) => keyOf(it) === key)).map(({ path }) => path);
    },
    // What a request for the server as a whole has for its path (RFC 9110, section 7.1), and no pattern.
    unmatched: samples.get('')?.path ?? '*',
  };

  function record(given: readonly string[], alive: readonly PathPattern[]): void {
    const matched = alive.filter(({ segments, below }) =>
      below ? segments.length <= given.length : segments.length === given.length,
    );
    const signature = matched.map((pattern) => distinct.indexOf(pattern)).join();
    if (!samples.has(signature)) samples.set(signature, { path: `/${given.join('/')}`, matched });
  }
}

/** The segments of a path so far, and the patterns that its continuations may be in. */
interface State {
  readonly given: readonly string[];
  readonly alive: readonly PathPattern[];
}

/** Literals that a pattern has next, and one that none has; then the empty segment. */
function nextSegments(alive: readonly PathPattern[], at: number, fresh: string): string[] {
  const literals = alive.flatMap(({ segments }) => {
    const segment = segments[at];
    return segment === undefined ? [] : [segment];
  });
  return [...new Set([fresh, ...literals, ''])];
}

function advanced({ given, alive }: State, segment: string): State {
  const at = given.length;
  return {
    given: [...given, segment],
    alive: alive.filter(({ segments, below }) => {
      if (at >= segments.length) return below;
      return segments[at] === undefined ? segment !== '' : segments[at] === segment;
    }),
  };
}

/** The text of a pattern does not do: no segment and one empty segment read the same. */
function keyOf(pattern: PathPattern): string {
  return JSON.stringify([pattern.segments, pattern.below]);
}

function isOneEmptySegment(given: readonly string[]): boolean {
  return given.length === 1 && given[0] === '';
}

function unusedSegment(patterns: readonly PathPattern[]): string {
  const used = new Set(patterns.flatMap(({ segments }) => segments));
  let segment = 'any';
  while (used.has(segment)) segment += '-other';
  return segment;
}
