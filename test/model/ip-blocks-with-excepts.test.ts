import * as ips from '../../lib/model/ip-set';
import { everyBlock, type IpUniverse, ipv4Universe, ipv6Universe, maskOf, setOfMask, setOfTerms } from './ip-universe';

interface Cost {
  readonly terms: number;
  readonly excepts: number;
}

const isCheaper = (a: Cost, b: Cost | undefined) =>
  b === undefined || a.terms < b.terms || (a.terms === b.terms && a.excepts < b.excepts);
const sum = (a: Cost, b: Cost): Cost => ({ terms: a.terms + b.terms, excepts: a.excepts + b.excepts });

/**
 * The cost of the cheapest form of every set of a universe, tried out: every block with every choice of excepts inside
 * it, and unions of these for as long as some set gets cheaper. Knows nothing of tries.
 */
function cheapestByTrial(universe: IpUniverse): Map<number, Cost> {
  const all = everyBlock(universe);
  const ofOneTerm = new Map<number, Cost>();
  const offer = (to: Map<number, Cost>, mask: number, cost: Cost) => {
    const better = isCheaper(cost, to.get(mask));
    if (better) to.set(mask, cost);
    return better;
  };
  for (const { mask } of all) {
    const inside = all.filter((other) => other.mask !== mask && (other.mask & ~mask) === 0).map((other) => other.mask);
    const exceptFrom = (left: number, cost: Cost, next: number) => {
      offer(ofOneTerm, left, cost);
      for (let i = next; i < inside.length; i++) {
        exceptFrom(left & ~inside[i], sum(cost, { terms: 1, excepts: 1 }), i + 1);
      }
    };
    exceptFrom(mask, { terms: 1, excepts: 0 }, 0);
  }
  const cheapest = new Map<number, Cost>([[0, { terms: 0, excepts: 0 }]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [mask, cost] of [...cheapest]) {
      for (const [term, termCost] of ofOneTerm) {
        if (offer(cheapest, mask | term, sum(cost, termCost))) changed = true;
      }
    }
  }
  return cheapest;
}

describe.each([
  ['IPv4', ipv4Universe(3)],
  ['IPv6', ipv6Universe(3)],
])('the blocks of every set of eight %s addresses', (_, universe) => {
  const cheapest = cheapestByTrial(universe);
  const everyMask = Array.from({ length: 256 }, (_, mask) => mask);

  it('are of the fewest terms that any form has, and then of the fewest excepts', () => {
    for (const mask of everyMask) {
      const found = ips.blocks(setOfMask(universe, mask));
      const excepts = found.reduce((count, { except }) => count + except.length, 0);
      expect([mask, { terms: found.length + excepts, excepts }]).toEqual([mask, cheapest.get(mask)]);
    }
  });

  it('mean the set, as plain blocks do', () => {
    for (const mask of everyMask) {
      const set = setOfMask(universe, mask);
      expect(maskOf(universe, setOfTerms(ips.blocks(set)))).toBe(mask);
      expect(ips.fromBlocks(ips.plainBlocks(set))).toEqual(set);
    }
  });
});

describe('the fewest terms', () => {
  const { difference, fromBlock, fromBlocks, ipsText, union } = ips;

  it.each<[string, ips.IpSet]>([
    ['10.0.0.0/8 except 10.0.0.0/28', fromBlock('10.0.0.0/8', ['10.0.0.0/28'])],
    [
      '10.0.0.0/8 except 10.0.0.0/28, 192.0.2.0/24',
      union(fromBlock('192.0.2.0/24'), fromBlock('10.0.0.0/8', ['10.0.0.0/28'])),
    ],
    ['10.0.0.0/8 except 10.1.0.0/16 and 10.3.0.0/16', fromBlock('10.0.0.0/8', ['10.3.0.0/16', '10.1.0.0/16'])],
    ['10.0.0.0/7', fromBlocks(['11.0.0.0/8', '10.0.0.0/8'])],
    ['2001:db8::/32 except 2001:db8:0:1::/64', fromBlock('2001:DB8::/32', ['2001:0db8:0:1:0:0:0:0/64'])],
  ])('are as a person would write them: %s', (text, set) => {
    expect(ipsText(set)).toBe(text);
  });

  it('need no except where plain blocks are as few', () => {
    expect(ipsText(fromBlock('10.0.0.0/8', ['10.0.0.0/9']))).toBe('10.128.0.0/9');
    expect(ipsText(fromBlock('10.0.0.0/8', ['10.64.0.0/10']))).toBe('10.0.0.0/10, 10.128.0.0/9');
  });

  it('add again what lies inside an except, where that is shorter than going around it', () => {
    const set = union(fromBlock('10.0.0.0/8', ['10.1.0.0/16']), fromBlock('10.1.7.0/24'));
    expect(ips.blocks(set)).toEqual([
      { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
      { cidr: '10.1.7.0/24', except: [] },
    ]);
  });

  it('are found for every address but some of either family', () => {
    const set = difference(ips.all, fromBlocks(['255.255.255.255/32', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128']));
    expect(ipsText(set)).toBe(
      '0.0.0.0/0 except 255.255.255.255/32, ::/0 except ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128',
    );
  });

  it('are found within seconds for thousands of IPv6 addresses, which have no block in common', () => {
    const scattered = Array.from(
      { length: 3000 },
      (_, n) => `2001:db8:${((n * 7919) % 65536).toString(16)}::${n.toString(16)}/128`,
    );
    const set = fromBlocks(scattered);
    expect(ips.blocks(set)).toHaveLength(3000);
    expect(ips.blocks(difference(ips.anyIpv6, set))).toMatchObject([{ cidr: '::/0', except: { length: 3000 } }]);
  });
});
