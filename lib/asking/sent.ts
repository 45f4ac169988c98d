import type { Plane } from '../model/layer';
import { ZeroTrustError } from '../model/problem';
import { type RequestMatch, requestText } from '../model/request-match';
import type { Sent } from '../model/sent';
import { requestsOf } from '../proof';

/** One request of each kind that the policies tell apart. */
export function sentOf(matches: readonly RequestMatch[], { layers }: Plane): readonly Sent[] {
  const others = layers.flatMap(({ rules }) => rules.flatMap(({ requests = [] }) => requests));
  return matches.flatMap((match) => {
    const found = requestsOf(match, others);
    if (found !== undefined && found.length > 0) return found;
    throw new ZeroTrustError({
      rule: 'test-requests',
      what: `the policies tell ${requestText(match)} apart in too many ways to ask about each`,
      value: requestText(match),
      allowed: 'requests with their method, path, host and headers',
      fix: "Ask about fewer: HttpRule.of({ methods: ['POST'], path: HttpPath.exact('/v1/chat/completions'), host: '…' })",
    });
  });
}
