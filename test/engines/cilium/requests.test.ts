import fc from 'fast-check';
import { type HttpRule, l7Rules } from '../../../lib/engines/cilium/requests';
import { readHostRegex, readMethodRegex, readPathRegex } from '../../../lib/kinds/cilium.io/regexes';
import {
  type HttpMatch,
  type HttpRequest,
  matchesPath,
  matchesRequest,
  type PathPattern,
} from '../../../lib/model/request-match';
import { httpMatches, paths } from './graphs';

function rendered(match: HttpMatch): HttpRule {
  const [rule] = l7Rules([match]).http ?? [];
  if (rule === undefined) throw new Error('nothing was rendered');
  return rule;
}

/** As Envoy compares: the whole text, with the query of a path. */
function isWhole(regex: string, text: string): boolean {
  return new RegExp(`^(?:${regex})$`).test(text);
}

const of = (segments: readonly (string | undefined)[], below = false): PathPattern => ({ segments, below });

/** Patterns that meet each other in every way. */
const PATTERNS = [
  of([]),
  of([], true),
  of(['v1']),
  of(['v1'], true),
  of(['v1', '']),
  of(['v1', 'models']),
  of(['v1', undefined]),
  of(['v1', undefined, 'files']),
  of(['v1', undefined], true),
  of(['a.b', '(c)*', '%20+$']),
  of(['[x]', 'a|b', '{1}']),
  of([undefined]),
];

/** Requests lines: paths with and without queries, and what is nearly one of the patterns. */
const LINES = [
  ...[
    '/',
    '/v1',
    '/v1/',
    '/v10',
    '/v1/models',
    '/v1/models/',
    '/v1/models/llama',
    '/v1/x/files',
    '/v1//files',
    '//',
    '/V1',
  ],
  ...[
    '/a.b/(c)*/%20+$',
    '/aXb/(c)*/%20+$',
    '/a.b/c/%20+$',
    '/a.b/(c)/%20+',
    '/[x]/a|b/{1}',
    '/x/a|b/{1}',
    '/[x]/a/{1}',
  ],
  ...['v1', '', '/v1/../admin', '/v1;x', '/v1#x', '/v1\\', '/~', '/v1/x/y/z', '/models', '*', '/v1/models%2Fllama'],
].flatMap((path) => [
  path,
  `${path}?`,
  `${path}?a=b`,
  `${path}?a=/v1/models`,
  `${path}?a?b`,
  `${path}&a`,
  `${path}/?x`,
]);

describe('requests as Cilium has them', () => {
  it('trap 3: hold for the same request lines as the pattern, with any query', () => {
    expect(LINES.length).toBeGreaterThan(200);
    for (const path of PATTERNS) {
      const regex = rendered({ protocol: 'http', path }).path as string;
      const wrong = LINES.filter((line) => isWhole(regex, line) !== matchesPath(path, line));
      expect([regex, wrong]).toEqual([regex, []]);
    }
  });

  it('hold for the same random paths', () => {
    const segment = fc.string({ unit: fc.constantFrom(...'ab./?*+()[]^$|\\{}'), maxLength: 12 });
    fc.assert(
      fc.property(paths, segment, (path, text) => {
        const regex = rendered({ protocol: 'http', path }).path as string;
        expect(isWhole(regex, `/${text}`)).toBe(matchesPath(path, `/${text}`));
        const exact = `/${path.segments.map((it) => it ?? 'free').join('/')}`;
        expect(isWhole(regex, exact)).toBe(true);
        expect(isWhole(regex, `${exact}?${text}`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('are read as what they were, by a reader of its own', () => {
    fc.assert(
      fc.property(paths, (path) => {
        expect(readPathRegex(rendered({ protocol: 'http', path }).path as string)).toEqual(path);
      }),
      { numRuns: 1000 },
    );
  });

  it('hold for the same requests as the match', () => {
    const request: fc.Arbitrary<HttpRequest> = fc.record({
      method: fc.constantFrom('GET', 'POST', 'M-SEARCH', 'GETS'),
      path: fc.constantFrom(...LINES.filter((line) => line.startsWith('/'))),
      host: fc.constantFrom('models.example.com', 'modelsXexample.com', 'localhost'),
      headers: fc.subarray(['x-team', 'authorization', 'mcp-method=tools/call', 'mcp-method=tools/list']),
    });
    fc.assert(
      fc.property(httpMatches, request, (match, sent) => {
        const { method, path, host, headers = [] } = rendered(match);
        const passes =
          (method === undefined || isWhole(method, sent.method)) &&
          (path === undefined || isWhole(path, sent.path)) &&
          (host === undefined || isWhole(host, sent.host)) &&
          headers.every((header) => sent.headers.includes(header.replace(': ', '=')));
        expect(passes).toBe(matchesRequest(match, sent));
      }),
      { numRuns: 1000 },
    );
  });

  it('take the port that clients put beside the host', () => {
    const { host } = rendered({ protocol: 'http', host: 'models.example.com' });
    expect(isWhole(host as string, 'models.example.com:8000')).toBe(true);
    expect(isWhole(host as string, 'models.example.com:8000.evil')).toBe(false);
    expect(readHostRegex(host as string)).toBe('models.example.com');
  });

  it('name methods one by one', () => {
    const { method } = rendered({ protocol: 'http', methods: ['GET', 'M-SEARCH'] });
    expect(method).toBe('GET|M-SEARCH');
    expect(readMethodRegex(method as string)).toEqual(['GET', 'M-SEARCH']);
  });

  it('are gRPC as POST to the path of the method', () => {
    const path = of(['qdrant.Points', 'Search']);
    expect(rendered({ protocol: 'http', methods: ['POST'], path })).toEqual({
      method: 'POST',
      path: '/qdrant\\.Points/Search(\\?.*)?',
    });
  });
});
