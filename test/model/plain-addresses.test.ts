import * as fc from 'fast-check';
import { Address4, Address6 } from 'ip-address';
import { addressText, parseAddress } from '../../lib/model/ip-block';

// Plain addresses are read without the library that knows all of them, and mean what it says.

const group = fc.oneof(fc.constant('0'), fc.stringMatching(/^[0-9a-fA-F]{1,4}$/));
const groups = (most: number) => fc.array(group, { maxLength: most }).map((all) => all.join(':'));
const written = fc.oneof(
  fc.array(group, { minLength: 8, maxLength: 8 }).map((all) => all.join(':')),
  fc.tuple(groups(4), groups(4)).map(([head, tail]) => `${head}::${tail}`),
  fc.tuple(groups(8), groups(3)).map(([head, tail]) => `${head}::${tail}`),
  fc.stringMatching(/^[0-9a-g:]{2,40}$/).filter((text) => text.includes(':')),
);

test('an IPv6 address is read as the library reads it, and refused where it is', () => {
  fc.assert(
    fc.property(written, (text) => {
      expect(readOrRefused(text)).toBe(readByLibrary(text));
    }),
    { numRuns: 500 },
  );
});

test('an IPv4 address is written as the library writes it', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 0xffffffffn }), (address) => {
      expect(addressText('v4', address)).toBe(Address4.fromBigInt(address).correctForm());
    }),
  );
});

function readOrRefused(text: string): bigint | 'refused' {
  try {
    return parseAddress(text).first;
  } catch {
    return 'refused';
  }
}

/** One that is IPv4 in IPv6 form is refused by us alone. */
function readByLibrary(text: string): bigint | 'refused' {
  try {
    const value = new Address6(text).bigInt();
    return value >> 32n === 0xffffn ? 'refused' : value;
  } catch {
    return 'refused';
  }
}
