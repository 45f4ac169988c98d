import { type HttpRequest, type KafkaMatch, matchesRequest, type RequestMatch, requestText } from './request-match';
import { matchesRegexes } from './request-regex';

/** What is sent over a connection, as far as rules look into it. */
export type Sent =
  | {
      readonly protocol: 'http';
      readonly request: HttpRequest;
      /** It has this method and this path, without a query, and stands for no others. */
      readonly isWhole?: true;
    }
  | { readonly protocol: 'kafka'; readonly role: KafkaMatch['role']; readonly topic: string }
  /** A query for a name that all of these patterns have. */
  | { readonly protocol: 'dns'; readonly patterns: readonly string[] }
  | { readonly protocol: 'other' };

/** Whether what is sent is one of the requests; undefined where that hangs on a match that is not understood. */
export function isOneOf(requests: readonly RequestMatch[], sent: Sent): boolean | undefined {
  const found = requests.map((match) => isOf(match, sent));
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}

function isOf(match: RequestMatch, sent: Sent): boolean | undefined {
  switch (match.protocol) {
    case 'http':
      return sent.protocol === 'http' && matchesRequest(match, sent.request);
    case 'kafka':
      return sent.protocol === 'kafka' && sent.role === match.role && sent.topic === match.topic;
    case 'dns':
      // Every query by name is what there is on a port of DNS.
      return match.pattern === '*' || (sent.protocol === 'dns' && sent.patterns.includes(match.pattern));
    case 'opaque':
      // One that stands for others says nothing of how an expression takes these.
      if (match.regexes === undefined || sent.protocol !== 'http' || !sent.isWhole) return undefined;
      return matchesRegexes(match.regexes, sent.request);
  }
}

/** `POST /v1/chat/completions`, `kafka produce orders`. */
export function sentText(sent: Sent): string {
  switch (sent.protocol) {
    case 'http': {
      const { method, path, host, headers } = sent.request;
      return [method, path, ...(host === '' ? [] : [`host=${host}`]), ...headers.map((name) => `header=${name}`)].join(
        ' ',
      );
    }
    case 'kafka':
      return requestText(sent);
    case 'dns':
      return `dns ${sent.patterns.join(', ')}`;
    case 'other':
      return 'what is no request';
  }
}
