import type { Plane } from '../model/layer';
import { ZeroTrustError } from '../model/problem';
import { pathText, type RequestMatch, requestText } from '../model/request-match';
import type { Sent } from '../model/sent';
import { requestsOf } from '../proof';

/**
 * One request of each kind that the policies tell apart. `areWhole`: the matches that are of one method and one path mean
 * this request alone, without a query.
 */
export function sentOf(matches: readonly RequestMatch[], { layers }: Plane, areWhole = false): readonly Sent[] {
  const others = layers.flatMap(({ rules }) => rules.flatMap(({ requests = [] }) => requests));
  return matches.flatMap((match) => {
    const found = requestsOf(match, others);
    if (found !== undefined && found.length > 0) return areWhole ? found.map((sent) => asWhole(match, sent)) : found;
    throw new ZeroTrustError({
      rule: 'test-requests',
      what: `the policies tell ${requestText(match)} apart in too many ways to ask about each`,
      value: requestText(match),
      allowed: 'requests with their method, path, host and headers',
      fix: "Ask about fewer: HttpRule.of({ methods: ['POST'], path: HttpPath.exact('/v1/chat/completions'), host: '…' })",
    });
  });
}

function asWhole(match: RequestMatch, sent: Sent): Sent {
  if (match.protocol !== 'http' || sent.protocol !== 'http') return sent;
  const { methods = [], path } = match;
  const isOne = methods.length === 1 && path !== undefined && !path.below && !path.segments.includes(undefined);
  return isOne && sent.request.path === pathText(path) ? { ...sent, isWhole: true } : sent;
}
