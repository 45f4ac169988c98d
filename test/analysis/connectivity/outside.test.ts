import { type AddressRange, outside, verdictAt } from '../../../lib/analysis/connectivity/outside';
import { NOTHING, Verdicts } from '../../../lib/analysis/connectivity/verdicts';
import * as ips from '../../../lib/model/ip-set';
import * as ports from '../../../lib/model/port-set';

const verdicts = new Verdicts();
const [web, dns] = [ports.number('TCP', 443), ports.number('UDP', 53)].map((set) => verdicts.certainly(set));
const both = verdicts.union(web, dns);
const of = (verdict: number, ...blocks: string[]) => ({ addresses: ips.fromBlocks(blocks), verdict });

/** Each range as its first and last address. */
function texts(ranges: readonly AddressRange[]): string[] {
  return ranges.map(({ first, last, verdict }) => `${address(first)}-${address(last)} ${verdict}`);
}

function address(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

describe('what is admitted of the addresses outside', () => {
  it('is in ranges that are sorted and apart, where ranges beside each other with the same are one', () => {
    const { v4, v6 } = outside([of(web, '10.0.1.0/24'), of(web, '10.0.0.0/24'), of(dns, '10.0.3.0/24')], verdicts);
    expect(texts(v4)).toEqual([`10.0.0.0-10.0.1.255 ${web}`, `10.0.3.0-10.0.3.255 ${dns}`]);
    expect(v6).toEqual([]);
  });

  it('is all that holds for an address, and ranges with a gap or with other ports stay apart', () => {
    const admissions = [of(web, '10.0.0.0/23'), of(dns, '10.0.1.0/24'), of(web, '10.0.2.0/24'), of(web, '10.0.4.0/24')];
    expect(texts(outside(admissions, verdicts).v4)).toEqual([
      `10.0.0.0-10.0.0.255 ${web}`,
      `10.0.1.0-10.0.1.255 ${both}`,
      `10.0.2.0-10.0.2.255 ${web}`,
      `10.0.4.0-10.0.4.255 ${web}`,
    ]);
  });

  it('is the same where one admission ends and another of the same begins', () => {
    const overlapping = [of(web, '10.0.0.0/24'), of(web, '10.0.0.128/25', '10.0.1.0/24')];
    expect(texts(outside(overlapping, verdicts).v4)).toEqual([`10.0.0.0-10.0.1.255 ${web}`]);
  });

  it('is of each family by itself', () => {
    const { v4, v6 } = outside([of(web, '10.0.0.0/24', '2001:db8::/64'), of(web, '2001:db8:0:1::/64')], verdicts);
    expect(v4).toHaveLength(1);
    expect(v6).toEqual([{ ...ips.fromBlock('2001:db8::/63').v6[0], verdict: web }]);
  });

  it('is found for each address, and nothing beside the ranges', () => {
    const { v4 } = outside([of(web, '10.0.0.0/24'), of(dns, '10.0.2.0/24'), of(web, '10.0.4.0/24')], verdicts);
    const at = (text: string) => verdictAt(v4, ips.fromAddress(text).v4[0].first);
    expect(['10.0.0.0', '10.0.0.255', '10.0.2.7', '10.0.4.255'].map(at)).toEqual([web, web, dns, web]);
    expect(['9.255.255.255', '10.0.1.0', '10.0.3.255', '10.0.5.0'].map(at)).toEqual(Array(4).fill(NOTHING));
    expect(verdictAt([], 0n)).toBe(NOTHING);
  });
});
