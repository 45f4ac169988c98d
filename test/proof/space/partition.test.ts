import fc from 'fast-check';
import * as ips from '../../../lib/model/ip-set';
import * as ports from '../../../lib/model/port-set';
import { partition } from '../../../lib/proof/space/partition';

const portSets = fc
  .array(
    fc.tuple(fc.constantFrom(...ports.PROTOCOLS), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 4 })),
    { maxLength: 4 },
  )
  .chain((ranges) =>
    fc.boolean().map((other) => ({
      ...ports.union(
        ports.none,
        ...ranges.map(([protocol, first, more]) => ports.range(protocol, first, first + more)),
      ),
      other,
    })),
  );

describe('a set cut into cells', () => {
  it('has every point in the cell that its sets tell, and no cell without a point', () => {
    fc.assert(
      fc.property(portSets, fc.array(portSets, { maxLength: 4 }), (whole, others) => {
        const cut = partition(whole, others);
        const signatures = new Set<string>();
        for (const protocol of ports.PROTOCOLS) {
          for (let n = 1; n <= 16; n++) {
            if (!ports.hasNumber(whole, protocol, n)) continue;
            signatures.add(others.map((set) => ports.hasNumber(set, protocol, n)).join());
          }
        }
        if (whole.other) signatures.add(others.map(({ other }) => other).join());
        const cells = cut.cellsIn(whole);
        const found = cells.map((cell) => others.map((set) => cut.cellsIn(set).includes(cell)).join());
        expect(found.sort()).toEqual([...signatures].sort());
        for (const cell of cells) {
          const { axis, first } = cut.spanOf(cell);
          const isIn = (set: ports.PortSet) =>
            axis === 'other' ? set.other : axis !== 'v4' && axis !== 'v6' && ports.hasNumber(set, axis, Number(first));
          expect(isIn(whole)).toBe(true);
          expect(others.map(isIn)).toEqual(others.map((set) => cut.cellsIn(set).includes(cell)));
        }
      }),
      { seed: 6 },
    );
  });

  it('is cut along both families of addresses', () => {
    const [low, v6] = [ips.fromBlock('10.0.0.0/9'), ips.fromBlock('2001:db8::/32')];
    const cut = partition(ips.all, [low, v6, low]);
    expect(cut.cellsIn(ips.all)).toHaveLength(3);
    expect(cut.cellsIn(low).map(cut.spanOf)).toEqual([{ axis: 'v4', ...low.v4[0] }]);
    expect(cut.cellsIn(v6).map(cut.spanOf)).toEqual([{ axis: 'v6', ...v6.v6[0] }]);
  });

  it('has one cell for the same sets, in whichever order their runs begin', () => {
    const one = ips.fromBlocks(['10.0.0.0/24', '10.0.3.0/24', '10.0.4.0/24']);
    const other = ips.fromBlocks(['10.0.0.128/25', '10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24']);
    const cut = partition(ips.fromBlock('10.0.0.0/16'), [one, other]);
    // In the first alone, in both, in the second alone, in none.
    expect([cut.cellsIn(one).length, cut.cellsIn(other).length]).toEqual([2, 2]);
    expect(cut.cellsIn(ips.fromBlock('10.0.0.0/16'))).toHaveLength(4);
  });
});
