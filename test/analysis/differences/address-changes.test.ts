// What changed with addresses is found by walking both sides together: the same as of every pair of verdicts, and no more
// work than there are blocks.
import * as fc from 'fast-check';
import { addressChanges } from '../../../lib/analysis/differences/address-changes';
import type { VerdictChanges } from '../../../lib/analysis/differences/verdict-changes';
import type { IpSet } from '../../../lib/model/ip-set';
import * as ips from '../../../lib/model/ip-set';
import { howMany } from '../../how-many';

/** The number of a change is that of both verdicts. */
function counting() {
  const counted = { asked: 0 };
  const changes = {
    of: (before: number, after: number) => {
      counted.asked += 1;
      return before === after ? -1 : 100 * before + after;
    },
  } as unknown as VerdictChanges;
  return { counted, changes };
}

/** Verdicts from 1 on; each address has one, or none. */
const sides = fc
  .array(fc.tuple(fc.constantFrom('10.0.0', '10.0.1', 'fd00:'), fc.nat(7), fc.nat(4)), { maxLength: 12 })
  .map((blocks) => {
    const found = new Map<number, IpSet>();
    let taken = ips.none;
    for (const [net, last, verdict] of blocks) {
      const block = ips.fromBlock(net === 'fd00:' ? `fd00::${last * 2}/127` : `${net}.${last * 32}/27`);
      const free = ips.difference(block, taken);
      taken = ips.union(taken, block);
      if (!ips.isEmpty(free)) found.set(verdict + 1, ips.union(found.get(verdict + 1) ?? ips.none, free));
    }
    return found;
  });

it('is what every pair of verdicts has in common', () => {
  fc.assert(
    fc.property(sides, sides, (was, is) => {
      const { changes } = counting();
      const expected = new Map<number, IpSet>();
      for (const [before, had] of withRest(was)) {
        for (const [after, has] of withRest(is)) {
          const both = ips.intersection(had, has);
          if (before !== after && !ips.isEmpty(both)) expected.set(100 * before + after, both);
        }
      }
      const found = addressChanges(was, is, changes);
      expect(new Map(found.map(({ change, addresses }) => [change, addresses]))).toEqual(expected);
      expect(found.map(({ text }) => text)).toEqual(found.map(({ addresses }) => ips.ipsText(addresses)));
    }),
    { numRuns: howMany(300) },
  );
});

it('takes no more steps than there are blocks on both sides', () => {
  const side = (shift: number) =>
    new Map(
      Array.from({ length: 500 }, (_, i) => [i + 1, ips.fromBlock(`10.${i >> 8}.${i & 255}.${shift}/32`)] as const),
    );
  const { counted, changes } = counting();
  addressChanges(side(1), side(2), changes);
  expect(counted.asked).toBeLessThan(2 * (500 + 500) + 4);
});

function withRest(side: ReadonlyMap<number, IpSet>): readonly (readonly [number, IpSet])[] {
  return [...side, [0, ips.difference(ips.all, ips.unionOf([ips.none, ...side.values()]))]];
}
