import type { HostPattern } from '../../../lib/model/host-pattern';
import type { HttpMatch, PathPattern } from '../../../lib/model/request-match';

/** Written as `pathText` writes them: `*` is a free segment, `**` everything below; quotes around what is literal. */
export function pathPattern(text: string): PathPattern {
  const segments = text === '/' ? [] : text.slice(1).split('/');
  const below = segments.at(-1) === '**';
  return {
    segments: (below ? segments.slice(0, -1) : segments).map((it) =>
      it === '*' ? undefined : it.replace(/^"(.*)"$/, '$1'),
    ),
    below,
  };
}

/** Paths that are sent as they are, whatever they would mean in an expression. */
export const PATHS = [
  '/',
  '/**',
  '/*',
  '/v1/**',
  '/v1/models',
  '/v1/models/',
  '/v1/models/**',
  '/v1/models/*',
  '/v1/"*"',
  '/v1/models/"*"',
  '/v1/chat/completions',
  '/v1/*/completions',
  '/*/*/completions',
  '/v1/files/*/content',
  '/v1.0/models',
  '/v1.0/**',
  '/v1/a*b',
  '/v1/f(x)',
  '/v1/a+b',
  '/v1/a+b/**',
  '/v1/a$b',
  '/v1/$batch',
  '/v1/[ab]',
  '/v1/~user',
  '/v1/predict:stream',
  "/v1/a!b'c",
  '/v1/a,b=c&d',
  '/v1/...',
  '/.well-known/**',
  '/inference.GRPCInferenceService/ModelInfer',
  '/a-b_c~d.e',
  '/v1/models/@me',
] as const;

/** Paths with codes that servers keep. */
export const ENCODED_PATHS = [
  '/v1/a%20b',
  '/v1/a%20b/**',
  '/v1/%C3%A9',
  '/v1/%c3%a9',
  '/v1/%FF',
  '/v1/%2525',
  '/v1/a%24b',
] as const;

/** Paths that a server or a proxy takes for others before anything is compared. */
export const OTHER_PATHS = [
  '/v1/a%2Fb',
  '/v1/models%2F',
  '/v1/models%5Cllama',
  '/v1/%6Dodels',
  '/v1/%7Euser',
  '/v1%2E0/models',
  '/v1//completions',
  '//v1/models',
  '/v1//models/**',
  '/v1/./models',
  '/v1/../models',
] as const;

const http = (match: Omit<HttpMatch, 'protocol'>): HttpMatch => ({ protocol: 'http', ...match });

/** What is told apart beside paths. */
export const BESIDE_PATHS: readonly HttpMatch[] = [
  http({}),
  http({ methods: ['GET'] }),
  http({ methods: ['GET', 'POST'], path: pathPattern('/v1/models') }),
  http({ methods: ['HEAD', 'PROPFIND'], path: pathPattern('/v1/**') }),
];

/** What only Cilium tells apart. */
export const HOSTS_AND_HEADERS: readonly HttpMatch[] = [
  http({ host: 'api.example.com' }),
  http({ host: 'vllm', path: pathPattern('/v1/models/**') }),
  http({ headers: ['x-team'] }),
  http({ headers: ['authorization', 'x-team'] }),
  http({ headers: ['mcp-method=tools/call', 'mcp-name=search'] }),
  http({ headers: ['mcp-method'] }),
  http({ methods: ['POST'], path: pathPattern('/v1/models'), host: 'api.example.com', headers: ['x-team'] }),
];

export const HOST_PATTERNS: readonly HostPattern[] = [
  { kind: 'exact', name: 'example.com' },
  { kind: 'exact', name: 'api.example.com' },
  { kind: 'exact', name: 'models-1.example.net' },
  { kind: 'exact', name: 'hf.co' },
  { kind: 'exact', name: 'org' },
  { kind: 'one-label', under: 'example.com' },
  { kind: 'one-label', under: 's3.example.com' },
  { kind: 'one-label', under: 'xethub.hf.co' },
  { kind: 'one-label', under: 'org' },
  { kind: 'any-depth', under: 'example.com' },
  { kind: 'any-depth', under: 'hf.co' },
  { kind: 'any-depth', under: 'xethub.hf.co' },
  { kind: 'any-depth', under: 'com' },
  { kind: 'any' },
];
