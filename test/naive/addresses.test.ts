import { BlockList } from 'node:net';
import * as fc from 'fast-check';
import { isIn, sameFamily } from './addresses';

describe('addresses and blocks', () => {
  it('agree with the block lists of node, around every edge', () => {
    const bytes = (length: number) => fc.array(fc.nat(255), { minLength: length, maxLength: length });
    const families = [
      { family: 'ipv4', bits: 32, base: bytes(4) },
      { family: 'ipv6', bits: 128, base: bytes(16) },
    ] as const;
    for (const { family, bits, base } of families) {
      let inside = 0;
      fc.assert(
        fc.property(base, fc.nat(bits), fc.nat(bits - 1), (block, length, flipped) => {
          // An address that differs from the base in one bit lies in the block exactly if that bit is beyond the length.
          const ip = block.map((byte, i) => (i === flipped >> 3 ? byte ^ (128 >> (flipped & 7)) : byte));
          const judge = new BlockList();
          judge.addSubnet(textOf(block), length, family);
          const expected = judge.check(textOf(ip), family);
          inside += expected ? 1 : 0;
          expect(isIn(`${textOf(block)}/${length}`, textOf(ip))).toBe(expected);
        }),
        { numRuns: 1000, seed: 34 },
      );
      expect(inside).toBeGreaterThan(200);
      expect(inside).toBeLessThan(800);
    }
  });

  it('takes every way to write an IPv6 address for the address that node takes it for', () => {
    fc.assert(
      fc.property(fc.ipV6(), (ip) => {
        const judge = new BlockList();
        judge.addAddress(ip, 'ipv6');
        const [, canonical] = /^Address: IPv6 (.+)$/.exec(judge.rules[0]) ?? [];
        expect(isIn(`${ip}/128`, canonical)).toBe(true);
      }),
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

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0/8',
    '010.0.0.0/8',
    'fd00::/129',
    'fe80::1%1/64',
    'x/8',
  ])('the block %s is refused', (cidr) => {
    expect(() => isIn(cidr, '10.0.0.1')).toThrow(/no (block|address)/);
  });

  it('families are told apart', () => {
    expect([sameFamily('10.0.0.1', '10.0.0.2'), sameFamily('::1', '10.0.0.2')]).toEqual([true, false]);
  });
});

function textOf(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return (hex.match(/.{4}/g) ?? []).join(':');
}
