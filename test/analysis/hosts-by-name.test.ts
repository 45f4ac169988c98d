import { standIns, withoutNames } from '../../lib/analysis/hosts-by-name';
import { exactHost, type HostPattern, hostText } from '../../lib/model/host-pattern';
import * as ips from '../../lib/model/ip-set';
import type { Plane, Rule } from '../../lib/model/layer';

type Peer = Rule['peers'][number];

const names = (...patterns: HostPattern[]): Peer => ({ kind: 'hosts', patterns }) as Peer;
const block: Peer = { kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/8') } as Peer;

const rule = (peers: Peer[], of: Partial<Rule> = {}) =>
  ({ direction: 'egress', action: 'allow', peers, ...of }) as unknown as Rule;

const plane = (...rules: Rule[]) => ({ name: 'plane', layers: [{ name: 'layer', rules }] }) as unknown as Plane;

const [a, b, c] = ['a', 'b', 'c'].map((name) => exactHost(`${name}.example.com`));

describe('addresses that stand for names', () => {
  it('are one for each name of the way out, of all planes, in the order of the names', () => {
    const found = standIns([
      plane(rule([names(c), block]), rule([names(a, c)], { action: 'deny' })),
      plane(rule([names(b)]), rule([names(exactHost('in.example.com'))], { direction: 'ingress' })),
    ]);
    expect(found.map(({ pattern, address }) => [hostText(pattern), ips.ipsText(address)])).toEqual([
      ['a.example.com', '240.0.0.0/32'],
      ['b.example.com', '240.0.0.1/32'],
      ['c.example.com', '240.0.0.2/32'],
    ]);
  });

  it('are apart for a name and for a wildcard', () => {
    const wildcard: HostPattern = { kind: 'any-depth', under: 'example.com' };
    const one: HostPattern = { kind: 'one-label', under: 'example.com' };
    expect(standIns([plane(rule([names(wildcard, one, a)]))])).toHaveLength(3);
    expect(standIns([plane(rule([block]))])).toEqual([]);
  });
});

describe('a plane without names', () => {
  const rulesOf = (...rules: Rule[]) => withoutNames(plane(...rules)).layers[0].rules;

  it('has nothing left of a rule that allows names alone, and the rest of one that allows more', () => {
    expect(rulesOf(rule([names(a)]))).toEqual([]);
    expect(rulesOf(rule([names(a), block, names(b)]))).toEqual([rule([block])]);
  });

  it('keeps what is denied by name, what comes in, and what has no names', () => {
    const kept = [
      rule([names(a), block], { action: 'deny' }),
      rule([names(a)], { direction: 'ingress' }),
      rule([block]),
      rule([]),
    ];
    expect(rulesOf(...kept)).toEqual(kept);
  });
});
