import { BlockList } from 'node:net';
import * as fc from 'fast-check';
import { isIn, sameFamily } from './addresses';

describe('addresses and blocks', () => {
  it('agree with the block lists of node, whatever the address, the base and the length', () => {
    const near = (family: 'ipv4' | 'ipv6') =>
      fc.record({
        family: fc.constant(family),
        base: family === 'ipv4' ? fc.ipV4() : fc.ipV6(),
        other: family === 'ipv4' ? fc.ipV4() : fc.ipV6(),
        length: fc.nat({ max: family === 'ipv4' ? 32 : 128 }),
        isSame: fc.boolean(),
      });
    fc.assert(
      fc.property(fc.oneof(near('ipv4'), near('ipv6')), ({ family, base, other, length, isSame }) => {
        const ip = isSame ? base : other;
        const judge = new BlockList();
        judge.addSubnet(base, length, family);
        expect(isIn(`${base}/${length}`, ip)).toBe(judge.check(ip, family));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.1.2.3/4', '15.255.255.255', true],
    ['10.1.2.3/4', '16.0.0.0', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.0.0.1/32', '10.0.0.2', false],
    ['fd00::/8', 'fdff::1', true],
    ['fd00::/8', 'fe00::', false],
    ['::/0', '10.0.0.1', false],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::10/124', '2001:db8::1f', true],
    ['2001:db8::10/124', '2001:db8::20', false],
    ['::ffff:10.0.0.0/104', '::ffff:10.9.9.9', true],
  ])('%s holds %s: %s', (cidr, ip, expected) => {
    expect(isIn(cidr, ip)).toBe(expected);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0/8', '010.0.0.0/8', 'fd00::/129', 'x/8'])(
    'the block %s is refused',
    (cidr) => {
      expect(() => isIn(cidr, '10.0.0.1')).toThrow(/no (block|address)/);
    },
  );

  it('families are told apart', () => {
    expect([sameFamily('10.0.0.1', '10.0.0.2'), sameFamily('::1', '10.0.0.2')]).toEqual([true, false]);
  });
});
