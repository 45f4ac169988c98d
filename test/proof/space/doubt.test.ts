import type { Connection } from '../../../lib/proof/space/cell';
import { doubtAbout } from '../../../lib/proof/space/doubt';
import { type Vocabulary, vocabularyOf } from '../../../lib/proof/space/vocabulary';

const connection: Connection = {
  direction: 'egress',
  subject: { kind: 'pod', namespace: { 'kubernetes.io/metadata.name': 'a' }, labels: {} },
  peer: { kind: 'address', address: '192.0.2.1' },
  protocol: 'TCP',
  port: 443,
  names: [],
};
const query: Connection = { ...connection, sent: { protocol: 'dns', patterns: ['*.example.com'] } };

function words(opaque: string[], queries: string[] = []): Vocabulary {
  return { ...vocabularyOf({ patterns: [], requests: [] }), opaque: new Set(opaque), queries: new Set(queries) };
}

const always = () => true;

describe('a doubt about a connection', () => {
  it('is none where everything is understood, and none is asked', () => {
    const isSo = jest.fn(always);
    expect(doubtAbout(connection, isSo, words([]))).toBeUndefined();
    expect(isSo).not.toHaveBeenCalled();
  });

  it('is none where it is so whatever the others match', () => {
    const assumed: (readonly string[] | undefined)[] = [];
    const isSo = (each: Connection) => assumed.push(each.assumed) > 0;
    expect(doubtAbout(connection, isSo, words(['host *a*', 'request /v.*']))).toBeUndefined();
    expect(assumed).toEqual([[], ['host *a*'], ['request /v.*'], ['host *a*', 'request /v.*']]);
  });

  it('is what is not understood, where one way of matching would turn it', () => {
    const isSo = ({ assumed }: Connection) => assumed?.length !== 1;
    expect(doubtAbout(connection, isSo, words(['host *a*', 'request /v.*']))).toBe(
      'what these match is not known: "host *a*", "request /v.*"',
    );
  });

  it('is there in any case where too much is not understood to be tried', () => {
    const many = (count: number) => words(Array.from({ length: count }, (_, i) => `host ${i}`));
    expect(doubtAbout(connection, always, many(8))).toBeUndefined();
    expect(doubtAbout(connection, always, many(9))).toMatch(/^what these match is not known: "host 0".*"host 8"$/);
  });

  it('is how patterns of DNS queries overlap, where there are several', () => {
    const both = words([], ['*.example.com', 'a*']);
    expect(doubtAbout(query, always, both)).toBe('how the DNS patterns *.example.com, a* overlap is not known');
    expect(doubtAbout(query, always, words([], ['*.example.com']))).toBeUndefined();
    expect(doubtAbout({ ...connection, sent: { protocol: 'other' } }, always, both)).toBeUndefined();
    expect(doubtAbout(connection, always, both)).toBeUndefined();
  });
});
