import { matchesRegexes } from '../../lib/model/request-regex';

const GET = (path: string) => ({ method: 'GET', path });

describe('regular expressions of others', () => {
  test.each<[path: string, asked: string, boolean | undefined]>([
    ['/v1/.*', '/v1/x', true],
    ['/v1/.*', '/v1/', true],
    ['/v1/.*', '/v1', false],
    ['/v1/.*', '/v2', false],
    ['/v1/models', '/v1/models', true],
    ['/v1/models', '/v1/models/a', false],
    ['/v1/models', '/a/v1/models', false],
    ['^/v1/.*$', '/v1/x', true],
    ['/a|/b', '/b', true],
    ['/a|/b', '/bc', false],
    ['/(?:a|b)/[a-z0-9-]+', '/b/x-1', true],
    ['/[^/?]+', '/a/b', false],
    ['/v\\d+/x', '/v12/x', true],
    ['/a\\.b', '/axb', false],
    ['/a.b', '/axb', true],
    ['/v1(/.*)?', '/v1', true],
    ['/v1(/.*)?', '/v10', false],
    ['/v1/.+', '/v1/', false],
    // What engines may read otherwise, or JavaScript cannot.
    ['(?i)/v1', '/V1', undefined],
    ['/(?=a)a', '/a', undefined],
    ['/(?P<n>a)', '/a', undefined],
    ['/[[:alpha:]]', '/a', undefined],
    ['/a{2}', '/aa', undefined],
    ['/\\pL', '/a', undefined],
    ['/\\Qa\\E', '/a', undefined],
    ['/\\1', '/a', undefined],
    ['/(a', '/a', undefined],
    ['/é', '/a', undefined],
    // What could take for ever.
    ['/(a+)+b', '/aaaa', undefined],
    ['/(a|a)*b', '/aaaa', undefined],
    ['/.*.*.*.*b', '/aaaa', undefined],
    // What a proxy may rewrite first.
    ['/a/.*', '/a/../b', undefined],
    ['/a/.*', '/a//b', undefined],
    ['/a/.*', '/a/%2e', undefined],
  ])('%s takes %s: %s', (path, asked, expected) => {
    expect(matchesRegexes({ path, isAll: true }, GET(asked))).toBe(expected);
  });

  test.each<[method: string, boolean]>([
    ['GET', true],
    ['POST', false],
    ['GET|POST', true],
    ['G', false],
    ['P.*', false],
  ])('the method %s takes GET: %s', (method, expected) => {
    expect(matchesRegexes({ method, isAll: true }, GET('/'))).toBe(expected);
  });

  test('what asks for more is never sure to take a request, and may be sure not to', () => {
    expect(matchesRegexes({ path: '/a', isAll: false }, GET('/a'))).toBeUndefined();
    expect(matchesRegexes({ path: '/a', isAll: false }, GET('/b'))).toBe(false);
    expect(matchesRegexes({ method: 'POST', path: '(?i)/a', isAll: true }, GET('/a'))).toBe(false);
  });
});
