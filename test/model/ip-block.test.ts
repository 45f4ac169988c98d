import * as fc from 'fast-check';
import * as ips from '../../lib/model/ip-set';
import { type Problem, problemText, ZeroTrustError } from '../../lib/model/problem';

const problemsOf = (make: () => unknown): readonly Problem[] => {
  try {
    make();
  } catch (error) {
    if (error instanceof ZeroTrustError) return error.problems;
  }
  throw new Error('was not refused');
};

describe('a block of addresses', () => {
  it.each([
    ['', 'is empty'],
    [' ', 'is empty'],
    [undefined, 'is not text'],
    ['anywhere', 'cannot be read as an IPv4 address'],
    ['/8', 'cannot be read as an IPv4 address'],
    ['10.0.0/8', 'cannot be read as an IPv4 address'],
    ['10.0.0.256/32', 'cannot be read as an IPv4 address'],
    [' 10.0.0.0/8', 'cannot be read as an IPv4 address'],
    ['0x0a.0.0.0/8', 'cannot be read as an IPv4 address'],
    ['010.0.0.0/8', 'leading zero'],
    ['10.0.0.00/8', 'leading zero'],
    ['64:ff9b::192.0.2.01/128', 'leading zero'],
    ['2001:db8::1::/64', 'cannot be read as an IPv6 address'],
    ['2001:db8:0:0/64', 'cannot be read as an IPv6 address'],
    ['[2001:db8::]/32', 'cannot be read as an IPv6 address'],
    ['fe80::%eth0/64', 'has a zone'],
    ['fe80::/64%eth0', "has the prefix length '64%eth0'"],
    ['10.0.0.0/33', "has the prefix length '33'"],
    ['2001:db8::/129', "has the prefix length '129'"],
    ['10.0.0.0/08', "has the prefix length '08'"],
    ['10.0.0.0/', "has the prefix length ''"],
    ['10.0.0.0/-8', "has the prefix length '-8'"],
    ['10.0.0.0/255.0.0.0', "has the prefix length '255.0.0.0'"],
    ['10.0.0.0/8/8', "more than one '/'"],
    ['::ffff:10.0.0.0/104', 'is IPv4 in IPv6 form'],
    ['::FFFF:a00:0/104', 'is IPv4 in IPv6 form'],
  ])('is refused as %p, which %s', (text, why) => {
    const [problem, ...others] = problemsOf(() => ips.fromBlock(text as string));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'cidr', value: String(text), what: expect.stringContaining(why) });
  });

  it('is refused without a prefix length, with the block that one address is', () => {
    expect(problemsOf(() => ips.fromBlock('10.0.0.1'))).toMatchObject([
      { rule: 'cidr', fix: "Write '10.0.0.1/32' for this one address, or the block that is meant." },
    ]);
    expect(problemsOf(() => ips.fromBlock('2001:db8::1'))[0].fix).toContain("'2001:db8::1/128'");
  });

  it('is refused with bits after its prefix, with both things that may be meant', () => {
    const [problem] = problemsOf(() => ips.fromBlock('10.1.2.3/8'));
    expect(problem.rule).toBe('cidr-host-bits');
    expect(problemText(problem)).toBe(
      "The address block '10.1.2.3/8' has bits set after its prefix, so one address or the whole block may be meant.\n" +
        "Allowed: an IPv4 or IPv6 block in full, as '10.20.0.0/16' or '2001:db8::/32'.\n" +
        "Write '10.0.0.0/8' for the block, or '10.1.2.3/32' for the one address.",
    );
    expect(problemsOf(() => ips.fromBlock('2001:db8::1/32'))[0].fix).toContain("'2001:db8::/32'");
  });

  it('may hold IPv4 in IPv6 form among others', () => {
    expect(ips.hasAddress(ips.fromBlock('::/0'), '2001:db8::1')).toBe(true);
    expect(ips.ipsText(ips.fromBlock('::fffe:0:0/95'))).toBe('::fffe:0:0/95');
  });

  it('tells of every wrong block in a list', () => {
    const problems = problemsOf(() => ips.fromBlocks(['10.0.0.0/8', '10.0.0.1/8', '', '::/0']));
    expect(problems.map(({ rule, value }) => [rule, value])).toEqual([
      ['cidr-host-bits', '10.0.0.1/8'],
      ['cidr', ''],
    ]);
  });
});

describe('a part that is excluded from a block', () => {
  it.each([
    ['9.0.0.0/16', 'is not inside the block'],
    ['11.0.0.0/16', 'is not inside the block'],
    ['0.0.0.0/0', 'is not inside the block'],
    ['10.0.0.0/8', 'is the whole block'],
    ['2001:db8::/32', 'is IPv6, and the block is IPv4'],
  ])('is refused as %s, which %s', (except, why) => {
    expect(problemsOf(() => ips.fromBlock('10.0.0.0/8', ['10.1.0.0/16', except]))).toMatchObject([
      { rule: 'cidr-except', value: except, what: expect.stringContaining(why) },
    ]);
  });

  it('is refused when it is given twice, in whatever spelling', () => {
    expect(problemsOf(() => ips.fromBlock('2001:db8::/32', ['2001:db8:1::/48', '2001:0DB8:1::/48']))).toMatchObject([
      { rule: 'cidr-except', value: '2001:0DB8:1::/48', what: expect.stringContaining('twice') },
    ]);
  });

  it('is read as strictly as the block', () => {
    expect(problemsOf(() => ips.fromBlock('10.0.0.0/8', ['10.0.0.1', '10.0.0.1/9']))).toMatchObject([
      { rule: 'cidr', value: '10.0.0.1' },
      { rule: 'cidr-host-bits', value: '10.0.0.1/9' },
    ]);
  });

  it('may lie inside another', () => {
    const nested = ips.fromBlock('10.0.0.0/8', ['10.1.0.0/16', '10.1.2.0/24']);
    expect(nested).toEqual(ips.fromBlock('10.0.0.0/8', ['10.1.0.0/16']));
  });
});

describe('an address', () => {
  it.each(['', '10.0.0', '010.0.0.1', 'fe80::1%eth0', '::ffff:10.0.0.1', '10.0.0.1/32'])(
    "is refused as '%s'",
    (text) => {
      expect(problemsOf(() => ips.fromAddress(text))).toMatchObject([{ rule: 'ip-address', value: text }]);
      expect(problemsOf(() => ips.hasAddress(ips.all, text))).toMatchObject([{ rule: 'ip-address' }]);
    },
  );

  it.each<[unknown, string]>([
    [10, 'is not text'],
    [undefined, 'is not text'],
    ['', 'is empty'],
    ['  ', 'is empty'],
  ])('is refused as %j, which %s', (text, why) => {
    expect(problemsOf(() => ips.fromAddress(text as string))).toMatchObject([{ what: expect.stringContaining(why) }]);
  });

  // The examples of RFC 5952, sections 4.2 and 4.3.
  it.each([
    ['2001:DB8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ])('is written as RFC 5952 has it: %s', (text, canonical) => {
    expect(ips.ipsText(ips.fromAddress(text))).toBe(`${canonical}/128`);
  });

  it('is read again from its own text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        fc.pre(!/^(0*:)*:?(0*:)*ffff:/i.test(text));
        const set = ips.fromAddress(text);
        expect(ips.fromBlocks(ips.plainBlocks(set))).toEqual(set);
        expect(ips.hasAddress(set, text)).toBe(true);
      }),
    );
  });
});
