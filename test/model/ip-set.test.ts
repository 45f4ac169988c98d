import * as fc from 'fast-check';
import * as ips from '../../lib/model/ip-set';
import { ipv4Universe, ipv6Universe, maskOf, maskOfTerms, setOfTerms, someTerms } from './ip-universe';

describe.each([
  ['IPv4', ipv4Universe(4)],
  ['IPv6', ipv6Universe(4)],
])('a set of %s addresses, against sixteen addresses counted out', (_, universe) => {
  const some = someTerms(universe);

  it('has the addresses of its blocks less what is excluded', () => {
    fc.assert(
      fc.property(some, (terms) => {
        expect(maskOf(universe, setOfTerms(terms))).toBe(maskOfTerms(terms));
      }),
    );
  });

  it('unites, intersects and subtracts', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [x, y, inX, inY] = [setOfTerms(a), setOfTerms(b), maskOfTerms(a), maskOfTerms(b)];
        expect(maskOf(universe, ips.union(x, y))).toBe(inX | inY);
        expect(maskOf(universe, ips.intersection(x, y))).toBe(inX & inY);
        expect(maskOf(universe, ips.difference(x, y))).toBe(inX & ~inY);
      }),
    );
  });

  it('is compared by its addresses', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [x, y, inX, inY] = [setOfTerms(a), setOfTerms(b), maskOfTerms(a), maskOfTerms(b)];
        expect(ips.contains(x, y)).toBe((inY & ~inX) === 0);
        expect(ips.contains(x, ips.intersection(x, y))).toBe(true);
        expect(ips.intersects(x, y)).toBe((inX & inY) !== 0);
        expect(ips.equal(x, y)).toBe(inX === inY);
        expect(ips.isEmpty(x)).toBe(inX === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('has the same text and the same fields as another exactly when it has the same addresses', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const same = maskOfTerms(a) === maskOfTerms(b);
        expect(ips.ipsText(setOfTerms(a)) === ips.ipsText(setOfTerms(b))).toBe(same);
        const respelled = setOfTerms(ips.blocks(setOfTerms(a)));
        expect(respelled).toEqual(setOfTerms([...a].reverse()));
        expect(ips.blocks(respelled)).toEqual(ips.blocks(setOfTerms(a)));
      }),
      { numRuns: 300 },
    );
  });

  it('has a sample among its addresses, and their number', () => {
    fc.assert(
      fc.property(some, (terms) => {
        const set = setOfTerms(terms);
        const sample = ips.sampleAddress(set);
        expect(sample !== undefined && ips.hasAddress(set, sample)).toBe(maskOfTerms(terms) !== 0);
        const { v4, v6 } = ips.size(set);
        expect(v4 + v6).toBe(BigInt([...maskOfTerms(terms).toString(2)].filter((bit) => bit === '1').length));
      }),
    );
  });
});

/** Blocks near each other and of every width, so that they meet, overlap and hold each other. */
const someIpv4Block = fc
  .tuple(fc.constantFrom(0, 10, 11, 255), fc.constantFrom(0, 1, 128, 255), fc.nat(255), fc.integer({ min: 0, max: 32 }))
  .map(([a, b, c, prefix]) =>
    masked(4, (BigInt(a) << 24n) | (BigInt(b) << 16n) | (BigInt(c) << 8n) | BigInt(c), prefix),
  );
const someIpv6Block = fc
  .tuple(
    fc.constantFrom(0x2001, 0xfe80),
    fc.constantFrom(0, 0xdb8, 0xffff),
    fc.nat(0xffff),
    fc.integer({ min: 0, max: 128 }),
  )
  .map(([a, b, c, prefix]) =>
    masked(6, (BigInt(a) << 112n) | (BigInt(b) << 96n) | (BigInt(c) << 48n) | BigInt(c), prefix),
  );

function masked(version: 4 | 6, address: bigint, prefix: number): string {
  const hostBits = BigInt((version === 4 ? 32 : 128) - prefix);
  const first = (address >> hostBits) << hostBits;
  const groups =
    version === 4
      ? [24n, 16n, 8n, 0n].map((shift) => String((first >> shift) & 255n)).join('.')
      : [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((first >> shift) & 0xffffn).toString(16)).join(':');
  return `${groups}/${prefix}`;
}

describe('a set of addresses, judged by cidr-tools', () => {
  // An ES module, which a CommonJS file can only load so.
  const cidrTools = import('cidr-tools');
  const someBlocks = fc.array(fc.oneof(someIpv4Block, someIpv6Block), { maxLength: 12 });
  const inAnyOrder = (cidrs: readonly string[]) => [...cidrs].sort();

  it('is written with the same plain blocks', async () => {
    const { mergeCidr } = await cidrTools;
    fc.assert(
      fc.property(someBlocks, (cidrs) => {
        expect(inAnyOrder(ips.plainBlocks(ips.fromBlocks(cidrs)))).toEqual(inAnyOrder(mergeCidr(cidrs)));
      }),
      { numRuns: 500 },
    );
  });

  it('unites and subtracts to the same plain blocks', async () => {
    const { mergeCidr, excludeCidr } = await cidrTools;
    fc.assert(
      fc.property(someBlocks, someBlocks, (a, b) => {
        const [x, y] = [ips.fromBlocks(a), ips.fromBlocks(b)];
        expect(inAnyOrder(ips.plainBlocks(ips.union(x, y)))).toEqual(inAnyOrder(mergeCidr([...a, ...b])));
        expect(inAnyOrder(ips.plainBlocks(ips.difference(x, y)))).toEqual(inAnyOrder(excludeCidr(a, b)));
      }),
      { numRuns: 500 },
    );
  });

  it('contains and overlaps the same', async () => {
    const { containsCidr, mergeCidr, overlapCidr } = await cidrTools;
    const some = fc.array(fc.oneof(someIpv4Block, someIpv6Block), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(ips.contains(ips.fromBlocks(a), ips.fromBlocks(b))).toBe(containsCidr(mergeCidr(a), mergeCidr(b)));
        expect(ips.intersects(ips.fromBlocks(a), ips.fromBlocks(b))).toBe(overlapCidr(a, b));
      }),
      { numRuns: 1000 },
    );
  });

  it('means the same with its excepts as without', async () => {
    const { excludeCidr, mergeCidr } = await cidrTools;
    fc.assert(
      fc.property(someBlocks, someBlocks, (a, b) => {
        const set = ips.difference(ips.fromBlocks(a), ips.fromBlocks(b));
        const parts = ips.blocks(set).flatMap(({ cidr, except }) => excludeCidr(cidr, [...except]));
        expect(inAnyOrder(mergeCidr(parts))).toEqual(inAnyOrder(ips.plainBlocks(set)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('sets of one interval each', () => {
  it('are equal only where both its ends are', () => {
    const [whole, low, high] = ['10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9'].map((cidr) => ips.fromBlock(cidr));
    expect(ips.equal(whole, low)).toBe(false);
    expect(ips.equal(whole, high)).toBe(false);
    expect(ips.equal(whole, ips.union(high, low))).toBe(true);
  });
});

describe('the well-known sets of addresses', () => {
  it('are every address of a family, of both, or none', () => {
    expect(ips.ipsText(ips.all)).toBe('0.0.0.0/0, ::/0');
    expect(ips.equal(ips.all, ips.union(ips.anyIpv4, ips.anyIpv6))).toBe(true);
    expect(ips.size(ips.all)).toEqual({ v4: 2n ** 32n, v6: 2n ** 128n });
    expect(ips.ipsText(ips.none)).toBe('-');
    expect(ips.sampleAddress(ips.none)).toBeUndefined();
  });

  it('have their samples among addresses that a host can have', () => {
    expect(ips.sampleAddress(ips.fromBlock('10.0.0.0/8'))).toBe('10.0.0.1');
    expect(ips.sampleAddress(ips.fromAddress('192.0.2.7'))).toBe('192.0.2.7');
    expect(ips.sampleAddress(ips.fromBlock('2001:db8::/32'))).toBe('2001:db8::1');
  });
});
