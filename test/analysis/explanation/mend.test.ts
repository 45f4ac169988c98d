import { mend } from '../../../lib/analysis';
import * as ips from '../../../lib/model/ip-set';
import type { Plane, RulePeer } from '../../../lib/model/layer';
import type { Sent } from '../../../lib/model/sent';
import { type Circumstances, explained, planeOf } from './one-rule';

type Asked = Parameters<typeof explained>;

const SERVER = 'n/Pod/server';
const anything: RulePeer[] = [{ kind: 'anything' }];
const block: RulePeer[] = [{ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') }];
const host = (name: string) => ({ name, addresses: ips.fromBlock('198.51.100.0/24') });

/** The plane in which what is asked passes, and nothing more. */
function mended(peers: readonly RulePeer[], circumstances: Circumstances, to: Asked[1], more: Asked[3] = {}): Plane {
  const plane = planeOf(peers, circumstances);
  const { egress, allowed, connection } = explained(plane, to, {}, more);
  expect(allowed.may).toBe(false);
  if (egress.nearest === undefined) throw new Error('nothing is near');
  const changed = mend(plane, egress.nearest, egress.nearest.lacks, connection);
  expect(passes(changed, to, more)).toBe(true);
  expect(mend(plane, egress.nearest, [], connection)).toEqual(plane);
  return changed;
}

function passes(plane: Plane, to: Asked[1], more: Asked[3] = {}): boolean {
  return explained(plane, to, {}, more).allowed.must;
}

function http(method: string, path: string, more: Partial<{ host: string; headers: string[] }> = {}): Asked[3] {
  return { sent: { protocol: 'http', request: { method, path, host: '', headers: [], ...more } } };
}

describe('a rule that is mended', () => {
  it('lets one more request through, and no other', () => {
    const rule = {
      requests: [{ protocol: 'http', methods: ['GET'], path: { segments: ['v1'], below: true } }],
    } as const;
    const plane = mended(anything, { rule }, SERVER, http('POST', '/v2/models'));
    expect(passes(plane, SERVER, http('GET', '/v1/models'))).toBe(true);
    expect(passes(plane, SERVER, http('GET', '/v2/models'))).toBe(false);
    expect(passes(plane, SERVER, http('POST', '/v2'))).toBe(false);
    expect(passes(plane, SERVER, http('POST', '/v2/models/a'))).toBe(false);
  });

  it('lets a request to the root through, and not what is below', () => {
    const rule = { requests: [{ protocol: 'http', methods: ['POST'] }] } as const;
    const plane = mended(anything, { rule }, SERVER, http('GET', '/'));
    expect(passes(plane, SERVER, http('GET', '/a'))).toBe(false);
  });

  it('asks of a request the host and the headers that it has', () => {
    const rule = { requests: [{ protocol: 'http', methods: ['POST'] }] } as const;
    const more = { host: 'api.example.com', headers: ['x-key'] };
    const plane = mended(anything, { rule }, SERVER, http('GET', '/', more));
    expect(passes(plane, SERVER, http('GET', '/', { ...more, host: 'other.example.com' }))).toBe(false);
    expect(passes(plane, SERVER, http('GET', '/', { ...more, headers: [] }))).toBe(false);
  });

  it('lets one more topic of Kafka through', () => {
    const sent = (topic: string): Sent => ({ protocol: 'kafka', role: 'produce', topic });
    const rule = { requests: [{ protocol: 'kafka', role: 'produce', topic: 'orders' }] } as const;
    const plane = mended(anything, { rule }, SERVER, { sent: sent('events') });
    expect(passes(plane, SERVER, { sent: sent('orders') })).toBe(true);
    expect(passes(plane, SERVER, { sent: sent('other') })).toBe(false);
  });

  it('lets one more host through, and no other', () => {
    const named: RulePeer[] = [...block, { kind: 'hosts', patterns: [{ kind: 'exact', name: 'a.example.com' }] }];
    const plane = mended(named, {}, host('b.example.com'));
    expect(passes(plane, host('a.example.com'))).toBe(true);
    expect(passes(plane, host('c.example.com'))).toBe(false);
    expect(passes(plane, '192.0.2.1')).toBe(true);
  });

  it('lets one more address through, and no other', () => {
    const plane = mended(block, {}, '203.0.113.1');
    expect(passes(plane, '203.0.113.2')).toBe(false);
    expect(passes(plane, '192.0.2.1')).toBe(true);
  });

  it.each<[string, Asked[1], Asked[1]]>([
    ['a host', host('b.example.com'), host('c.example.com')],
    ['a pod', SERVER, '203.0.113.1'],
  ])('gets a peer for %s where it has none of the kind', (_, to, other) => {
    const outside: RulePeer[] = [{ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') }];
    const plane = mended(outside, { mode: 'external-only' }, to);
    expect(passes(plane, other)).toBe(false);
  });

  it('gets a peer for an entity where it has none of the kind', () => {
    const named: RulePeer[] = [{ kind: 'hosts', patterns: [{ kind: 'any' }] }];
    const plane = mended(named, {}, 'nodes');
    expect(passes(plane, SERVER)).toBe(false);
  });
});
