import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { metadataServices } from '../../lib/cluster/metadata-services';
import { internetIpv4, internetIpv6, NOT_INTERNET, privateRanges } from '../../lib/cluster/special-addresses';
import * as ips from '../../lib/model/ip-set';

const internet = ips.union(internetIpv4, internetIpv6);

describe('the internet', () => {
  it.each(['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.0', '172.15.255.255', '172.32.0.0', '223.255.255.255'])(
    'has %s',
    (address) => expect(ips.hasAddress(internet, address)).toBe(true),
  );

  it.each(['2001:4860:4860::8888', '2606:4700:4700::1111', '2a00:1450:4001::1', '2001:200::1', '2003::1'])(
    'has %s',
    (address) => expect(ips.hasAddress(internet, address)).toBe(true),
  );

  it.each([
    ['this network', '0.0.0.0'],
    ['private addresses', '10.0.0.1'],
    ['private addresses', '172.31.255.255'],
    ['private addresses', '192.168.1.1'],
    ['shared addresses, which EKS and GKE number pods from', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['metadata services', '169.254.169.254'],
    ['benchmarks', '198.19.255.255'],
    ['multicast', '224.0.0.251'],
    ['reserved addresses', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['loopback', '::1'],
    ['NAT64, behind which all of IPv4 is', '64:ff9b::808:808'],
    ['NAT64 of one’s own', '64:ff9b:1::1'],
    ['Teredo, behind which IPv4 is', '2001::1'],
    ['6to4, behind which IPv4 is', '2002:a00:1::1'],
    ['private addresses', 'fd00::1'],
    ['metadata services', 'fd00:ec2::254'],
    ['link-local addresses', 'fe80::1'],
    ['multicast', 'ff02::1'],
  ])('has nothing of %s: %s', (_, address) => {
    expect(ips.hasAddress(internet, address)).toBe(false);
  });

  it('is what Node’s BlockList lets through, address by address', () => {
    const blocked = new BlockList();
    for (const { block } of NOT_INTERNET) {
      const [address = '', prefix] = block.split('/');
      blocked.addSubnet(address, Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6');
    }
    const global = new BlockList();
    global.addSubnet('2000::', 3, 'ipv6');
    fc.assert(
      fc.property(addressNearTheBlocks, (address) => {
        const isIn = isIPv4(address)
          ? !blocked.check(address, 'ipv4')
          : global.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
        expect(ips.hasAddress(internet, address)).toBe(isIn);
      }),
      { numRuns: 1000 },
    );
  });

  it('is of one family each', () => {
    expect(internetIpv4.v6).toEqual([]);
    expect(internetIpv6.v4).toEqual([]);
  });

  it('leaves out ranges that are apart, each with a source', () => {
    const sets = NOT_INTERNET.map(({ block }) => ips.fromBlock(block));
    for (const [i, one] of sets.entries()) {
      for (const other of sets.slice(i + 1)) expect(ips.intersects(one, other)).toBe(false);
    }
    for (const { what } of NOT_INTERNET) expect(what).toMatch(/\(RFC \d+\)/);
  });

  it('has neither the private ranges nor the metadata services', () => {
    expect(ips.intersects(internet, privateRanges)).toBe(false);
    expect(ips.intersects(internet, metadataServices)).toBe(false);
  });
});

/** The first and last addresses of each block, and those beside them; and others anywhere. */
const addressNearTheBlocks: fc.Arbitrary<string> = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom(...NOT_INTERNET).chain(({ block }) => {
    const { v4, v6 } = ips.fromBlock(block);
    const [interval] = [...v4, ...v6];
    if (interval === undefined) throw new Error(block);
    const highest = v4.length > 0 ? 2n ** 32n - 1n : 2n ** 128n - 1n;
    const edges = [interval.first - 1n, interval.first, interval.last, interval.last + 1n];
    const inRange = edges.filter((n) => n >= 0n && n <= highest);
    return fc.constantFrom(...inRange).map((n) => (v4.length > 0 ? ipv4Text(n) : ipv6Text(n)));
  }),
);

function ipv4Text(n: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (n >> shift) & 255n).join('.');
}

function ipv6Text(n: bigint): string {
  return Array.from({ length: 8 }, (_, i) => ((n >> BigInt(112 - 16 * i)) & 65535n).toString(16)).join(':');
}

describe('private ranges', () => {
  it.each(['10.244.0.1', '172.17.0.2', '192.168.0.1', '100.100.0.1', 'fd00::1', 'fc00::1'])('have %s', (address) => {
    expect(ips.hasAddress(privateRanges, address)).toBe(true);
  });

  it.each(['169.254.20.10', '8.8.8.8', '100.128.0.1', 'fe80::1', '2001:db8::1'])('have nothing of %s', (address) => {
    expect(ips.hasAddress(privateRanges, address)).toBe(false);
  });
});

it('metadata services are single addresses, and the DNS agent of a node is none of them', () => {
  expect(ips.size(metadataServices)).toEqual({ v4: 4n, v6: 3n });
  expect(ips.hasAddress(metadataServices, '169.254.169.254')).toBe(true);
  expect(ips.hasAddress(metadataServices, '169.254.20.10')).toBe(false);
});
