import * as fc from 'fast-check';
import { PairMemo } from '../../../lib/analysis/connectivity/pair-memo';
import { lineOf, portsOn } from '../../../lib/analysis/connectivity/port-line';
import { type PortNames, Verdicts } from '../../../lib/analysis/connectivity/verdicts';
import type { PortSet } from '../../../lib/model/port-set';
import * as ports from '../../../lib/model/port-set';

const protocol = fc.constantFrom(...ports.PROTOCOLS);
const edge = fc.constantFrom(1, 2, 80, 81, 65534, 65535);
/** What has no ports: ICMP and the like. */
const other = ports.difference(ports.everything, ports.union(...ports.PROTOCOLS.map(ports.allOf)));
const numbered: fc.Arbitrary<PortSet> = fc
  .array(
    fc.oneof(
      fc.tuple(protocol, edge, edge).map(([of, a, b]) => ports.range(of, Math.min(a, b), Math.max(a, b))),
      protocol.map(ports.allOf),
      fc.constant(ports.everything),
      fc.constant(other),
    ),
    { maxLength: 4 },
  )
  .map((sets) => ports.union(...sets));

describe('ports on one line', () => {
  it('come back as they were', () => {
    fc.assert(fc.property(numbered, (set) => expect(portsOn(lineOf(set))).toEqual(set)));
  });

  it('leave a gap between protocols, so that one set has one line', () => {
    const line = lineOf(ports.everything);
    expect(new Set(line).size).toBe(line.length);
    const verdicts = new Verdicts();
    const joined = verdicts.union(verdicts.certainly(other), verdicts.certainly(ports.allOf('SCTP')));
    expect(ports.portsText(verdicts.verdict(joined).must)).toBe('SCTP/* other');
  });
});

describe('verdicts by number', () => {
  it('are joined and met as their ports are', () => {
    fc.assert(
      fc.property(numbered, numbered, numbered, numbered, (a, b, c, d) => {
        const verdicts = new Verdicts();
        const surely = verdicts.union(verdicts.certainly(a), verdicts.perhaps(b));
        const other = verdicts.union(verdicts.certainly(c), verdicts.perhaps(d));
        expect(texts(verdicts, verdicts.union(surely, other))).toEqual([
          ports.portsText(ports.union(a, c)),
          ports.portsText(ports.union(a, b, c, d)),
        ]);
        expect(texts(verdicts, verdicts.meet(surely, other))).toEqual([
          ports.portsText(ports.intersection(a, c).certain),
          ports.portsText(ports.intersection(ports.union(a, b), ports.union(c, d)).certain),
        ]);
      }),
    );
  });

  it('are equal numbers for equal ports, however they were made', () => {
    const verdicts = new Verdicts();
    const [low, high] = [ports.range('TCP', 1, 80), ports.range('TCP', 81, 65535)].map((set) =>
      verdicts.certainly(set),
    );
    expect(verdicts.union(low, high)).toBe(verdicts.certainly(ports.allOf('TCP')));
  });

  it('keep names apart until the ports of a pod say what they are', () => {
    const verdicts = new Verdicts();
    const named = verdicts.union(
      verdicts.certainly(ports.named('TCP', 'http')),
      verdicts.certainly(ports.number('TCP', 1)),
    );
    expect(texts(verdicts, verdicts.resolve(named, names(0, [{ name: 'http', protocol: 'TCP', number: 80 }])))[0]).toBe(
      'TCP/1,80',
    );
    expect(texts(verdicts, verdicts.resolve(named, names(1, [])))).toEqual(['TCP/1', 'TCP/1']);
    expect(texts(verdicts, verdicts.resolve(named, names(2, [], true)))).toEqual(['TCP/1', 'TCP/*']);
  });
});

describe('a memo of pairs', () => {
  it('holds what a map of pairs holds, also when it has grown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(40), fc.nat(2 ** 31 - 1), fc.nat()), { minLength: 1000, maxLength: 4000 }),
        (entries) => {
          const memo = new PairMemo();
          const map = new Map<string, number>();
          for (const [first, second, value] of entries) {
            const key = `${first} ${second}`;
            expect(memo.get(first, second)).toBe(map.get(key) ?? -1);
            if (!map.has(key)) map.set(key, memo.keep(first, second, value));
          }
          for (const [first, second] of entries) expect(memo.get(first, second)).toBe(map.get(`${first} ${second}`));
          expect(memo.size).toBe(map.size);
        },
      ),
      { numRuns: 5 },
    );
  });
});

function texts(verdicts: Verdicts, id: number): string[] {
  const { must, may } = verdicts.verdict(id);
  return [ports.portsText(must), ports.portsText(may)];
}

function names(portsKey: number, declared: PortNames['ports'], mayHaveMorePorts = false): PortNames {
  return { portsKey, ports: declared, mayHaveMorePorts };
}
