import type { HostPattern } from '../../../lib/model/host-pattern';
import type { RequestMatch } from '../../../lib/model/request-match';
import { anything, type Selector, witness } from '../../../lib/model/selector';
import {
  hostDetails,
  readDetails,
  requestDetails,
  type Vocabulary,
  vocabularyOf,
} from '../../../lib/proof/space/vocabulary';

const exact = (name: string): HostPattern => ({ kind: 'exact', name });
const opaqueHost: HostPattern = { kind: 'opaque', text: 'api-*.io' };
const path = (...segments: string[]) => ({ segments, below: false });
const http = (more: object = {}): RequestMatch => ({ protocol: 'http', ...more });
const kafka = (role: 'produce' | 'consume', topic: string): RequestMatch => ({ protocol: 'kafka', role, topic });
const dns = (pattern: string): RequestMatch => ({ protocol: 'dns', pattern });
const opaque: RequestMatch = { protocol: 'opaque', text: '/v.*' };

const words = (requests: RequestMatch[], patterns: HostPattern[] = []) => vocabularyOf({ patterns, requests });

describe('the words of a proof', () => {
  it('are what names and requests are told apart by, and no others', () => {
    const all = words(
      [
        http({ methods: ['GET', 'POST'], host: 'h' }),
        http(),
        kafka('produce', 'orders'),
        dns('*'),
        dns('*.io'),
        opaque,
      ],
      [exact('a.io'), { kind: 'any-depth', under: 'io' }, opaqueHost],
    );
    expect(all.hasRequests).toBe(true);
    expect([...all.methods]).toEqual(['GET', 'POST']);
    expect([...all.requestHosts]).toEqual(['h']);
    expect([...all.queries]).toEqual(['*', '*.io']);
    expect([...all.opaque].sort()).toEqual(['host api-*.io', 'request /v.*']);
    // One name for both patterns, and one for the wildcard alone.
    expect(all.hosts).toHaveLength(2);
    expect(all.hosts).toContain('a.io');
  });

  it('are none where nothing is said, and every query by name says nothing', () => {
    const none = words([]);
    expect([none.hasRequests, none.hosts, none.methods.size, none.requestHosts.size]).toEqual([false, [], 0, 0]);
    expect([none.queries.size, none.opaque.size]).toEqual([0, 0]);
    expect(words([dns('*')]).hasRequests).toBe(false);
    expect(words([dns('*'), http()]).hasRequests).toBe(true);
    expect(words([dns('*.io')]).hasRequests).toBe(true);
  });
});

describe('requests as selectors', () => {
  it('are anything where there is no limit, or where one of them is every query', () => {
    expect(requestDetails(undefined, words([]))).toEqual([anything]);
    expect(requestDetails([http(), dns('*')], words([http(), dns('*')]))).toEqual([anything]);
  });

  it('are one for each, those that are not understood last', () => {
    const all = [opaque, http(), kafka('produce', 'orders')];
    const keys = requestDetails(all, words(all)).map(({ constraints }) => constraints.map(({ key }) => key));
    expect(keys).toEqual([['protocol'], ['kafka', 'protocol'], ['opaque request /v.*']]);
  });

  it('are one for each name that a pattern has, and one for each pattern that is not understood', () => {
    const patterns = [exact('a.io'), exact('b.io'), opaqueHost];
    const keys = (asked: HostPattern[]) =>
      hostDetails(asked, words([], patterns)).map(({ constraints }) => constraints.map(({ key }) => key));
    expect(keys(patterns)).toEqual([['name a.io'], ['name b.io'], ['opaque host api-*.io']]);
    expect(keys([exact('b.io')])).toEqual([['name b.io']]);
    expect(keys([opaqueHost])).toEqual([['opaque host api-*.io']]);
  });
});

describe('a connection that a selector stands for', () => {
  /** What is read of labels that the selector has. */
  function read([selector]: readonly Selector[], of: Vocabulary) {
    const found = witness(selector, []);
    if (found.kind !== 'found') throw new Error('there are no such labels');
    return readDetails(found.labels, of);
  }
  const sentBy = (match: RequestMatch, more: RequestMatch[] = []) => {
    const of = words([match, ...more]);
    return read(requestDetails([match], of), of);
  };

  it('sends the request', () => {
    const match = http({ methods: ['GET'], path: path('v1', 'models'), host: 'h', headers: ['x-key'] });
    expect(sentBy(match)).toEqual({
      sent: { protocol: 'http', request: { method: 'GET', path: '/v1/models', host: 'h', headers: ['x-key'] } },
    });
  });

  it('sends with what no rule names, where nothing is said of it', () => {
    const others = [
      http({ methods: ['GET', 'POST'] }),
      http({ host: 'other.invalid' }),
      http({ path: path('v1') }),
      http({ path: { segments: [], below: true } }),
    ];
    expect(sentBy(http(), others.slice(0, 3))).toEqual({
      sent: {
        protocol: 'http',
        request: { method: 'PUT', path: expect.not.stringMatching(/^\/v1$/), host: 'other.other.invalid', headers: [] },
      },
    });
    // Where a pattern has every path, there is no path that no pattern has.
    expect(sentBy(http(), others)).toMatchObject({ sent: { request: { path: '*' } } });
    const registered = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];
    expect(sentBy(http(), [http({ methods: registered })])).toMatchObject({ sent: { request: { method: 'OTHER' } } });
    expect(sentBy(http(), [http({ methods: registered.slice(0, 8) })])).toMatchObject({
      sent: { request: { method: 'CONNECT' } },
    });
  });

  it('sends to a topic, or asks for a name', () => {
    expect(sentBy(kafka('produce', 'orders'))).toEqual({
      sent: { protocol: 'kafka', role: 'produce', topic: 'orders' },
    });
    expect(sentBy(kafka('consume', 'orders'))).toEqual({
      sent: { protocol: 'kafka', role: 'consume', topic: 'orders' },
    });
    expect(sentBy(dns('*.io'))).toEqual({ sent: { protocol: 'dns', patterns: ['*.io'] } });
  });

  it('sends what is no known request where it is none of these, and nothing where none is asked about', () => {
    expect(read([anything], words([http()]))).toEqual({ sent: { protocol: 'other' } });
    expect(read([anything], words([]))).toEqual({});
  });

  it('leads to names, and is taken to match what is not understood', () => {
    const of = words([opaque], [exact('a.io'), opaqueHost]);
    expect(read(hostDetails([exact('a.io')], of), of)).toEqual({ hosts: ['a.io'], sent: { protocol: 'other' } });
    expect(read(hostDetails([opaqueHost], of), of)).toEqual({
      assumed: ['host api-*.io'],
      sent: { protocol: 'other' },
    });
    expect(read(requestDetails([opaque], of), of)).toEqual({
      assumed: ['request /v.*'],
      sent: { protocol: 'other' },
    });
  });
});
