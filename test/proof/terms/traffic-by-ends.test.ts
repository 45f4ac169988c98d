import * as ips from '../../../lib/model/ip-set';
import type { RulePeer } from '../../../lib/model/layer';
import { podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { TrafficByEnds } from '../../../lib/proof/terms/traffic-by-ends';
import { tier } from '../mechanical';

const tcp = (n: number) => ports.number('TCP', n);
const [one, other] = [selectors.fromLabels({ app: 'one' }), selectors.fromLabels({ app: 'other' })];
const server = tier('b', 'server');
const peer: RulePeer = { kind: 'pods', pods: server.pods };
const get: RequestMatch = { protocol: 'http', methods: ['GET'] };
const post: RequestMatch = { protocol: 'http', methods: ['POST'] };

describe('traffic between ends', () => {
  it('is there between the same ends, however they are named', () => {
    const traffic = new TrafficByEnds();
    expect(traffic.cover(one, peer, { ports: tcp(80) })).toBe(false);
    traffic.add(one, peer, { ports: tcp(80) });
    const again = selectors.fromLabels({ app: 'one' });
    expect(traffic.cover(again, { ...server, kind: 'tier' }, { ports: tcp(80) })).toBe(true);
    expect(traffic.cover(other, peer, { ports: tcp(80) })).toBe(false);
    expect(traffic.cover(one, { kind: 'anything' }, { ports: tcp(80) })).toBe(false);
    expect(traffic.cover(one, peer, { ports: tcp(81) })).toBe(false);
  });

  it('has addresses however they are cut into blocks, on ports that each of these has', () => {
    const traffic = new TrafficByEnds();
    const block = (cidr: string): RulePeer => ({ kind: 'addresses', addresses: ips.fromBlock(cidr) });
    traffic.add(one, block('192.0.2.0/25'), { ports: tcp(80) });
    traffic.add(one, block('192.0.2.128/25'), { ports: ports.range('TCP', 80, 90) });
    expect(traffic.cover(one, block('192.0.2.0/24'), { ports: tcp(80) })).toBe(true);
    expect(traffic.cover(one, block('192.0.2.64/26'), { ports: tcp(80) })).toBe(true);
    expect(traffic.cover(one, block('192.0.2.0/24'), { ports: tcp(81) })).toBe(false);
    expect(traffic.cover(one, block('192.0.2.0/23'), { ports: tcp(80) })).toBe(false);
    expect(traffic.cover(other, block('192.0.2.0/24'), { ports: tcp(80) })).toBe(false);
    traffic.add(one, block('192.0.3.0/24'), { ports: tcp(80), requests: [get] });
    expect(traffic.cover(one, block('192.0.2.0/23'), { ports: tcp(80) })).toBe(false);
    traffic.add(one, block('192.0.3.0/24'), { ports: tcp(80) });
    expect(traffic.cover(one, block('192.0.2.0/23'), { ports: tcp(80) })).toBe(true);
  });

  it('is of all peers and sets of ports that were added for a subject', () => {
    const traffic = new TrafficByEnds();
    const elsewhere: RulePeer = { kind: 'pods', pods: podsIn('c', selectors.anything) };
    traffic.add(one, peer, { ports: tcp(80) });
    traffic.add(one, elsewhere, { ports: tcp(443) });
    traffic.add(one, peer, { ports: ports.range('TCP', 81, 90) });
    expect(traffic.cover(one, peer, { ports: tcp(80) })).toBe(true);
    expect(traffic.cover(one, peer, { ports: ports.range('TCP', 80, 85) })).toBe(true);
    expect(traffic.cover(one, peer, { ports: ports.range('TCP', 80, 91) })).toBe(false);
    expect(traffic.cover(one, elsewhere, { ports: tcp(443) })).toBe(true);
    expect(traffic.cover(one, elsewhere, { ports: tcp(80) })).toBe(false);
  });

  it('has every request where it has no limit, and with a limit those alone', () => {
    const traffic = new TrafficByEnds();
    traffic.add(one, peer, { ports: tcp(80) });
    traffic.add(one, peer, { ports: tcp(81), requests: [get, post] });
    expect(traffic.cover(one, peer, { ports: tcp(80), requests: [get] })).toBe(true);
    expect(traffic.cover(one, peer, { ports: tcp(81), requests: [post, get] })).toBe(true);
    expect(traffic.cover(one, peer, { ports: tcp(81), requests: [get] })).toBe(false);
    expect(traffic.cover(one, peer, { ports: tcp(81) })).toBe(false);
    expect(traffic.cover(one, peer, { ports: ports.range('TCP', 80, 81), requests: [get, post] })).toBe(true);
    expect(traffic.cover(one, peer, { ports: ports.range('TCP', 80, 81) })).toBe(false);
  });

  it('is told apart by what its peer is', () => {
    const names = (...all: string[]): RulePeer => ({
      kind: 'hosts',
      patterns: all.map((name) => ({ kind: 'exact', name })),
    });
    const peers: RulePeer[] = [
      peer,
      { kind: 'pods', pods: podsIn('b', selectors.anything) },
      { kind: 'pods', pods: podsIn('c', server.pods.pods) },
      { kind: 'anything' },
      { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') },
      { kind: 'addresses', addresses: ips.fromBlock('198.51.100.0/24') },
      { kind: 'entity', entity: 'nodes' },
      { kind: 'entity', entity: 'api-server' },
      names('x.test'),
      names('y.test'),
      names('x.test', 'y.test'),
      { kind: 'hosts', patterns: [{ kind: 'one-label', under: 'x.test' }] },
      { kind: 'hosts', patterns: [{ kind: 'any-depth', under: 'x.test' }] },
    ];
    for (const added of peers) {
      const traffic = new TrafficByEnds();
      traffic.add(one, added, { ports: tcp(80) });
      const found = peers.filter((asked) => traffic.cover(one, structuredClone(asked), { ports: tcp(80) }));
      expect(found).toEqual([added]);
    }
  });
});
