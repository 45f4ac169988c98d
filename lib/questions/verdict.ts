import { explanationText } from '../analysis';
import { behindText, isBehindService, notSure, type PairAsked, possible } from '../asking/pair';
import { elsewhereText, explanationOf, pairsAsked } from '../asking/pairs';
import type { ResolvedEnd } from '../asking/resolved-end';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { type RequestMatch, requestText } from '../model/request-match';
import { resolveEnd, type TestEnd } from './ends';
import type { ReadSubject } from './subject';

/** What is known of every connection between two ends. */
export interface TestVerdict {
  readonly from: ResolvedEnd;
  readonly to: ResolvedEnd;
  readonly ports: PortSet;
  /** What was asked, in words: ends, ports, requests. */
  readonly asked: string;
  /** Connections that surely pass on every port asked for. */
  readonly passes: boolean;
  /** Connections of which none can pass on any port asked for. */
  readonly isDenied: boolean;
  /** Ports are asked for by a name that no container of the destination has, so that there is nothing to ask about. */
  readonly isUnknownPort: boolean;
  /** Why, for the first connection that is otherwise than expected. */
  explanation(expected: 'allowed' | 'denied'): string;
  /** Why the first connection is as it is, whichever way that is. */
  readonly reason: () => string;
  /** Whether the first connection that is otherwise than expected is neither surely allowed nor surely denied. */
  isPerhaps(expected: 'allowed' | 'denied'): boolean;
}

/** Asks about every pair of workloads that the two ends stand for; about each kind of request and each kind of name. */
export function verdictOf(
  read: ReadSubject,
  from: TestEnd,
  to: TestEnd,
  set: PortSet,
  requests?: readonly RequestMatch[],
): TestVerdict {
  const source = resolveEnd(from, 'client', read);
  const destination = resolveEnd(to, 'server', read);
  const asked = pairsAsked(read, source, destination, set, requests);
  const { pairs, elsewhere } = asked;
  const otherwise = (expected: 'allowed' | 'denied') =>
    pairs
      .map((pair) => ({ ...pair, wanted: expected === 'allowed' ? notSure(pair) : possible(pair) }))
      .find(({ wanted }) => !ports.isEmpty(wanted));
  const inWords = requests === undefined ? '' : ` with ${requests.map(requestText).join(', ')}`;
  return {
    from: source,
    to: destination,
    ports: set,
    asked: `${source.name} to ${destination.name} on ${ports.portsText(set)}${inWords}`,
    isUnknownPort: ports.hasNames(set) && pairs.every(({ wanted }) => ports.isEmpty(wanted)),
    passes: otherwise('allowed') === undefined,
    isDenied: otherwise('denied') === undefined && elsewhere === undefined,
    explanation: (expected) => {
      const found = otherwise(expected);
      if (found !== undefined) return textOf(found);
      return expected === 'denied' && elsewhere !== undefined ? elsewhereText(elsewhere) : '';
    },
    reason: () => pairs.slice(0, 1).map(textOf).join(''),
    isPerhaps: (expected) => {
      const found = otherwise(expected);
      if (found === undefined) return expected === 'denied' && elsewhere !== undefined;
      const isSeveral = pairs.some((pair) => pair.isPerhaps);
      if (isSeveral && otherwise('allowed') !== undefined && otherwise('denied') !== undefined) return true;
      const has = (verdict: PortSet) => !ports.isEmpty(ports.intersection(verdict, found.wanted).possible);
      return has(found.may) && !has(found.must);
    },
  };

  function textOf(pair: PairAsked): string {
    if (isBehindService(pair)) return behindText(pair);
    const explanation = explanationOf(pair, pair.wanted, asked);
    if (explanation === undefined) return `On ${ports.portsText(pair.wanted)}, which no single port stands for.`;
    return explanationText(explanation);
  }
}
