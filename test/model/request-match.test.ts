import {
  canonicalRequests,
  type HttpRequest,
  matchesPath,
  matchesRequest,
  type PathPattern,
  pathText,
  type RequestMatch,
  requestText,
} from '../../lib/model/request-match';

const path = (...segments: PathPattern['segments']): PathPattern => ({ segments, below: false });
const below = (...segments: PathPattern['segments']): PathPattern => ({ segments, below: true });

const PATHS = ['', 'v1', '/', '/v1', '/v1/', '/v10', '/v1/models', '/v1/models/7', '/v2', '/v1?to=/v1/models', '/?v1'];

describe('a pattern of paths', () => {
  it.each<[string, PathPattern, string[]]>([
    ['the root alone', path(), ['/', '/?v1']],
    ['one path, with any query', path('v1'), ['/v1', '/v1?to=/v1/models']],
    ['a path that ends in a slash', path('v1', ''), ['/v1/']],
    ['a free segment, which is never empty', path('v1', undefined), ['/v1/models']],
    ['free segments in a row', path(undefined, undefined), ['/v1/models']],
    ['a path and all below', below('v1'), ['/v1', '/v1/', '/v1/models', '/v1/models/7', '/v1?to=/v1/models']],
    ['what is below a free segment', below(undefined, 'models'), ['/v1/models', '/v1/models/7']],
    ['every path', below(), PATHS.filter((each) => each.startsWith('/'))],
  ])('has its paths: %s', (_title, pattern, expected) => {
    expect(PATHS.filter((each) => matchesPath(pattern, each))).toEqual(expected);
  });

  it('is written with stars, and what reads like a star in quotes', () => {
    expect([path(), path('v1', ''), path('v1', undefined), below('v1'), below()].map(pathText)).toEqual([
      '/',
      '/v1/',
      '/v1/*',
      '/v1/**',
      '/**',
    ]);
    expect(pathText(path('*', '**', '"*"', 'a*', 'a"'))).toBe('/"*"/"**"/"\\"*\\""/a*/a"');
  });
});

describe('a match of requests', () => {
  const post: HttpRequest = { method: 'POST', path: '/v1/chat', host: 'api.example.com', headers: ['x-a', 'x-b'] };

  it('without conditions has every HTTP request', () => {
    expect(matchesRequest({ protocol: 'http' }, post)).toBe(true);
    expect(matchesRequest({ protocol: 'http' }, { ...post, headers: [] })).toBe(true);
  });

  it('has what meets all of its conditions', () => {
    const match: RequestMatch = {
      protocol: 'http',
      methods: ['POST', 'PUT'],
      path: path('v1', 'chat'),
      host: 'api.example.com',
      headers: ['x-a', 'x-b'],
    };
    expect(matchesRequest(match, post)).toBe(true);
    expect(matchesRequest(match, { ...post, method: 'PUT' })).toBe(true);
    expect(matchesRequest(match, { ...post, method: 'GET' })).toBe(false);
    expect(matchesRequest(match, { ...post, path: '/v1' })).toBe(false);
    expect(matchesRequest(match, { ...post, host: 'example.com' })).toBe(false);
    expect(matchesRequest(match, { ...post, headers: ['x-b'] })).toBe(false);
  });

  it('of another protocol has no HTTP request, and one that is not understood is not decided about', () => {
    expect(matchesRequest({ protocol: 'kafka', topic: 'orders', role: 'produce' }, post)).toBe(false);
    expect(matchesRequest({ protocol: 'dns', pattern: '*' }, post)).toBe(false);
    expect(matchesRequest({ protocol: 'opaque', text: 'when: ...' }, post)).toBeUndefined();
  });

  it('is written as method, path and what else is asked', () => {
    const texts: [RequestMatch, string][] = [
      [{ protocol: 'http' }, '* *'],
      [{ protocol: 'http', methods: ['GET', 'POST'], path: below('v1') }, 'GET,POST /v1/**'],
      [
        { protocol: 'http', host: 'api.example.com', headers: ['x-a', 'x-b'] },
        '* * host=api.example.com header=x-a header=x-b',
      ],
      [{ protocol: 'kafka', topic: 'orders', role: 'produce' }, 'kafka produce orders'],
      [{ protocol: 'dns', pattern: '*.example.com' }, 'dns *.example.com'],
      [{ protocol: 'opaque', text: 'when: ...' }, 'when: ...'],
    ];
    expect(texts.map(([match]) => requestText(match))).toEqual(texts.map(([, text]) => text));
  });

  it('stands with others in the order of their texts, each once', () => {
    const [a, b, c]: RequestMatch[] = ['a', 'b', 'c'].map((pattern) => ({ protocol: 'dns', pattern }));
    expect(canonicalRequests([c, a, { protocol: 'dns', pattern: 'a' }, b])).toEqual([a, b, c]);
    expect(canonicalRequests([b, c, a])).toEqual([a, b, c]);
  });
});
