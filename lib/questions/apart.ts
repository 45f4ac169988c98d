import type { ResolvedEnd } from '../asking/resolved-end';
import { anything, flag, optional, properties, type Shape } from '../model/checked';
import type { Endpoint } from '../model/endpoint';
import { type Apart, type Hop, isWithin, keepApart, pathText } from '../proof';
import { resolveEnd, type TestEnd } from './ends';
import type { ReadSubject } from './subject';

/** Which paths are taken for none: name servers relay nothing, or paths by some ends are accepted. */
export interface ApartAsked {
  readonly ignoringDns: boolean;
  readonly through: readonly Endpoint[];
}

/** What the options come to; `is` says what they are options of. */
export function apartAsked(options: unknown, read: ReadSubject, is: string): ApartAsked {
  const { ignoringDns = false, through } = options === undefined ? {} : properties(options, SHAPE, is);
  const ends = through === undefined ? [] : Array.isArray(through) ? through : [through];
  return { ignoringDns, through: ends.map((end: TestEnd) => resolveEnd(end, 'relay', read).endpoint) };
}

const SHAPE: Shape<{ readonly ignoringDns?: boolean; readonly through?: unknown }> = {
  ignoringDns: optional(flag),
  through: optional(anything),
};

/** Whether there is no path of any length between two ends, and what it was asked about. */
export interface ApartFound {
  readonly from: ResolvedEnd;
  readonly to: ResolvedEnd;
  readonly apart: Apart;
  readonly dns: readonly Endpoint[];
}

export function apartOf(read: ReadSubject, from: TestEnd, to: TestEnd, asked: ApartAsked): ApartFound {
  const [a, b] = [resolveEnd(from, 'client', read), resolveEnd(to, 'server', read)];
  const dns = read.facts.dns.servers.map(({ endpoint }) => endpoint);
  const endingAt = [...(asked.ignoringDns ? dns : []), ...asked.through];
  return { from: a, to: b, apart: keepApart(read.plane, a.endpoint, b.endpoint, { endingAt }), dns };
}

/** The path, with the hops that lead to name servers told from others, and `withoutDns` where one is on the way. */
export function apartText({ apart, dns }: ApartFound, withoutDns: string): string {
  const isDns = ({ to }: Hop) => dns.some((server) => isWithin(to, server));
  const path = apart.path.map((hop) => (isDns(hop) ? { ...hop, note: 'name servers' } : hop));
  const isOnTheWay = apart.path.slice(0, -1).some(isDns);
  return [
    pathText({ ...apart, path }),
    ...(isOnTheWay
      ? [`Name servers forward names to the internet, and data can leave in names. To leave that out: ${withoutDns}`]
      : []),
  ].join('\n');
}
