import * as ips from '../../lib/model/ip-set';
import { Cidr } from '../../lib/values/cidr';
import { Internet } from '../../lib/values/internet';
import { type IPeer, peerSpec } from '../../lib/values/peer';
import { Pods } from '../../lib/values/pods';
import { SourceAddress } from '../../lib/values/source-address';

describe('a peer', () => {
  it('of one’s own stands for what the peer does whose endpoint it hands on', () => {
    const pods = Pods.labeled({ app: 'prometheus' });
    expect(peerSpec({ endpoint: pods.endpoint })).toBe(peerSpec(pods));
  });

  it.each([
    [undefined, /the peer is not given/],
    [null, /the peer is not given/],
    ['10.0.0.0/8', /"10\.0\.0\.0\/8" is not a peer/],
    [{ endpoint: { _spec: { kind: 'internet' } } }, /an object with endpoint is not a peer/],
    [new Map(), /an object of class Map is not a peer/],
    [Object.create(null), /\{\} is not a peer/],
  ])('is nothing that has no endpoint of this library: %p', (value, message) => {
    expect(() => peerSpec(value as IPeer)).toThrow(message);
  });
});

describe('a block', () => {
  it('is its addresses without those that are excluded', () => {
    const spec = peerSpec(Cidr.of('10.0.0.0/8', { excluding: ['10.0.0.0/28', '10.64.0.0/10'] }));
    if (spec.kind !== 'block') throw new Error(spec.kind);
    expect(ips.hasAddress(spec.addresses, '10.0.0.16')).toBe(true);
    expect(ips.hasAddress(spec.addresses, '10.0.0.15')).toBe(false);
    expect(ips.hasAddress(spec.addresses, '10.64.0.0')).toBe(false);
    expect(ips.size(spec.addresses)).toEqual({ v4: 2n ** 24n - 16n - 2n ** 22n, v6: 0n });
  });

  it('is the same however it is spelled', () => {
    const spelled = Cidr.of('2001:DB8:0:0::/32', { excluding: ['2001:db8::/64'] });
    expect(peerSpec(spelled)).toEqual(peerSpec(Cidr.of('2001:db8::/32', { excluding: ['2001:0db8:0::/64'] })));
  });
});

it.each([
  [Internet.any(), 'any'],
  [Internet.anyIpv4(), 'ipv4'],
  [Internet.anyIpv6(), 'ipv6'],
])('the internet is of the families that were asked for', (peer, families) => {
  expect(peerSpec(peer)).toEqual({ kind: 'internet', families });
});

describe('the source address that a gateway sees', () => {
  it('is the client’s own where it is preserved, and has no ranges then', () => {
    expect(SourceAddress.preserved()._ranges).toBeUndefined();
  });

  it('is in any of the ranges that it is rewritten to', () => {
    const ranges = SourceAddress.rewrittenTo(['192.168.0.0/20', '2001:db8::/64'])._ranges ?? ips.none;
    expect(ips.ipsText(ranges)).toBe('192.168.0.0/20, 2001:db8::/64');
  });

  it('is refused where no range is named', () => {
    expect(() => SourceAddress.rewrittenTo([])).toThrow(/names no address/);
  });
});
