// What two lists of requests have in common passes a request if and only if both lists do: judged by an evaluator of the
// test's own, which eats a path from its start and knows nothing of how the library splits it.
import * as fc from 'fast-check';
import { requestsInCommon } from '../../lib/adopt/requests-in-common';
import { type HttpMatch, type HttpRequest, type PathPattern, requestText } from '../../lib/model/request-match';
import { howMany } from '../how-many';

function passes(matches: readonly HttpMatch[], { method, path, host, headers }: HttpRequest): boolean {
  return matches.some(
    (match) =>
      (match.methods?.includes(method) ?? true) &&
      (match.path === undefined || eats(match.path, path)) &&
      (match.host ?? host) === host &&
      (match.headers ?? []).every((asked) => headers.some((sent) => sent === asked || sent.startsWith(`${asked}=`))),
  );
}

/** A segment is eaten with the slash before it; the root has none. */
function eats({ segments, below }: PathPattern, path: string): boolean {
  const [bare] = path.split('?');
  if (bare[0] !== '/') return false;
  let rest = bare === '/' ? '' : bare;
  for (const segment of segments) {
    const end = rest.indexOf('/', 1);
    const eaten = end < 0 ? rest : rest.slice(0, end);
    if (segment === undefined ? eaten.length < 2 : eaten !== `/${segment}`) return false;
    rest = rest.slice(eaten.length);
  }
  return below || rest === '';
}

const http = (match: Omit<HttpMatch, 'protocol'>): HttpMatch => ({ protocol: 'http', ...match });
const path = (text: string, below = false): PathPattern => ({
  segments: text === '' ? [] : text.split('/').map((segment) => (segment === '*' ? undefined : segment)),
  below,
});

const METHODS = ['GET', 'POST'];
const HEADERS = ['x', 'x=1', 'x=2', 'y', 'y=1'];

const aMatch: fc.Arbitrary<HttpMatch> = fc
  .record(
    {
      methods: fc.subarray(METHODS, { minLength: 1 }),
      path: fc.record({
        segments: fc.array(fc.constantFrom('a', 'b', '', '*', undefined), { maxLength: 3 }),
        below: fc.boolean(),
      }),
      host: fc.constantFrom('h', 'i'),
      headers: fc.subarray(HEADERS, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [] },
  )
  .map(http);

const aRequest: fc.Arbitrary<HttpRequest> = fc.record({
  method: fc.constantFrom(...METHODS, 'DELETE'),
  path: fc
    .tuple(fc.array(fc.constantFrom('a', 'b', 'c', '', '*'), { maxLength: 4 }), fc.constantFrom('', '?q=1', '?/b'))
    .map(([segments, query]) => `/${segments.join('/')}${query}`),
  host: fc.constantFrom('h', 'i', ''),
  headers: fc.subarray(['x', 'x=1', 'x=2', 'x-y=1', 'y=1', 'y=2', 'z']),
});

describe('the requests that two lists have in common', () => {
  it('are those that pass both', () => {
    const tally = { passed: 0, refused: 0, unsayable: 0 };
    fc.assert(
      fc.property(
        fc.array(aMatch, { maxLength: 3 }),
        fc.array(aMatch, { maxLength: 3 }),
        fc.array(aRequest, { minLength: 20, maxLength: 20 }),
        (a, b, requests) => {
          const common = requestsInCommon(a, b);
          if (common === undefined) tally.unsayable += 1;
          for (const request of common === undefined ? [] : requests) {
            const both = passes(a, request) && passes(b, request);
            expect({ request, passes: passes(common ?? [], request) }).toEqual({ request, passes: both });
            tally[both ? 'passed' : 'refused'] += 1;
          }
        },
      ),
      { numRuns: howMany(1000) },
    );
    expect(Object.values(tally).every((count) => count > 20)).toBe(true);
  });

  it('are so for every two short patterns of paths and every short path', () => {
    const texts = ['', ...sequences(['a', 'b', '*', ''], 1), ...sequences(['a', 'b', '*', ''], 2)];
    const patterns = texts.flatMap((text) => [path(text), path(text, true)]);
    const paths = [
      '/',
      ...[1, 2, 3].flatMap((length) => sequences(['a', 'b', 'c', ''], length)).map((text) => `/${text}`),
    ];
    const wrong: string[] = [];
    for (const a of patterns) {
      for (const b of patterns) {
        const common = requestsInCommon([http({ path: a })], [http({ path: b })]) ?? [];
        for (const each of paths) {
          const both = eats(a, each) && eats(b, each);
          if (common.some((match) => match.path !== undefined && eats(match.path, each)) !== both)
            wrong.push(`${JSON.stringify([a, b])}: ${each}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  const GET_A = http({ methods: ['GET'], path: path('a') });
  it.each<[string, readonly HttpMatch[], readonly HttpMatch[], readonly string[] | undefined]>([
    ['a literal and a free segment', [http({ path: path('a/*') })], [http({ path: path('*/b') })], ['* /a/b']],
    [
      'a free segment and a trailing slash, which is an empty one',
      [http({ path: path('a/*') })],
      [http({ path: path('a/') })],
      [],
    ],
    [
      'everything below, and a trailing slash',
      [http({ path: path('a', true) })],
      [http({ path: path('a/') })],
      ['* /a/'],
    ],
    ['everything below, and what is above', [http({ path: path('a/b', true) })], [http({ path: path('a') })], []],
    [
      'everything below two that meet',
      [http({ path: path('a', true) })],
      [http({ path: path('*/b', true) })],
      ['* /a/b/**'],
    ],
    ['names that begin alike', [http({ path: path('v1', true) })], [http({ path: path('v10') })], []],
    ['the root, and everything below it', [http({ path: path('') })], [http({ path: path('', true) })], ['* /']],
    [
      'a segment that reads like a wildcard',
      [http({ path: { segments: ['*'], below: false } })],
      [http({ path: path('a') })],
      [],
    ],
    ['methods that differ', [http({ methods: ['GET'] })], [http({ methods: ['POST'] })], []],
    ['methods that overlap', [http({ methods: ['GET', 'HEAD'] })], [http({ methods: ['GET', 'POST'] })], ['GET *']],
    ['a host and none', [http({ host: 'h' })], [GET_A], ['GET /a host=h']],
    ['two hosts', [http({ host: 'h' })], [http({ host: 'i' })], []],
    ['headers of both', [http({ headers: ['x=1'] })], [http({ headers: ['y'] })], ['* * header=x=1 header=y']],
    [
      'a header there, and with a value',
      [http({ headers: ['x'] })],
      [http({ headers: ['x=1'] })],
      ['* * header=x header=x=1'],
    ],
    [
      'two values of one header, which a request may send both',
      [http({ headers: ['x=1'] })],
      [http({ headers: ['x=2'] })],
      undefined,
    ],
    ['the same beside what can be said', [http({ headers: ['x=1'] }), GET_A], [http({ headers: ['x=2'] })], undefined],
    [
      'two values of one header where the paths never meet',
      [http({ path: path('a'), headers: ['x=1'] })],
      [http({ path: path('b'), headers: ['x=2'] })],
      [],
    ],
    ['nothing at one end', [], [GET_A], []],
    ['every request at both ends', [http({})], [http({})], ['* *']],
  ])('of %s', (_, a, b, expected) => {
    expect(requestsInCommon(a, b)?.map(requestText)).toEqual(expected);
    expect(requestsInCommon(b, a)?.map(requestText)).toEqual(expected);
  });
});

function sequences(words: readonly string[], length: number): readonly string[] {
  if (length === 1) return words;
  return sequences(words, length - 1).flatMap((start) => words.map((word) => `${start}/${word}`));
}
