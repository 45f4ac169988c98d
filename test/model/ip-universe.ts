import * as fc from 'fast-check';
import type { IpSet } from '../../lib/model/ip-set';
import * as ips from '../../lib/model/ip-set';

/** A universe of 2^bits addresses that can be counted out; sets of them are bit masks, address n being bit n. */
export interface IpUniverse {
  readonly bits: number;
  /** The text of the block of 2^(bits-depth) addresses from the nth on. */
  readonly block: (n: number, depth: number) => string;
}

export function ipv4Universe(bits: number): IpUniverse {
  return { bits, block: (n, depth) => `198.51.100.${64 + n}/${32 - bits + depth}` };
}

export function ipv6Universe(bits: number): IpUniverse {
  return { bits, block: (n, depth) => `2001:db8::${(64 + n).toString(16)}/${128 - bits + depth}` };
}

/** A block of a universe less others inside it. */
export interface MaskTerm {
  readonly cidr: string;
  readonly except: readonly string[];
  readonly mask: number;
}

interface MaskBlock {
  readonly cidr: string;
  readonly mask: number;
}

export function everyBlock({ bits, block }: IpUniverse): MaskBlock[] {
  return Array.from({ length: bits + 1 }, (_, depth) => {
    const width = 2 ** (bits - depth);
    return Array.from({ length: 2 ** depth }, (_, i) => ({
      cidr: block(i * width, depth),
      mask: (2 ** width - 1) * 2 ** (i * width),
    }));
  }).flat();
}

export function someTerm(universe: IpUniverse): fc.Arbitrary<MaskTerm> {
  const all = everyBlock(universe);
  return fc.constantFrom(...all).chain(({ cidr, mask }) => {
    const inside = all.filter((other) => other.mask !== mask && (other.mask & ~mask) === 0);
    return fc.shuffledSubarray(inside, { maxLength: Math.min(3, inside.length) }).map((excepts) => ({
      cidr,
      except: excepts.map((except) => except.cidr),
      mask: excepts.reduce((left, except) => left & ~except.mask, mask),
    }));
  });
}

export const someTerms = (universe: IpUniverse) => fc.array(someTerm(universe), { maxLength: 5 });

export function setOfTerms(terms: readonly { readonly cidr: string; readonly except: readonly string[] }[]): IpSet {
  return ips.union(...terms.map(({ cidr, except }) => ips.fromBlock(cidr, except)));
}

export function maskOfTerms(terms: readonly MaskTerm[]): number {
  return terms.reduce((mask, term) => mask | term.mask, 0);
}

/** The addresses of a set, by asking for each. */
export function maskOf({ bits, block }: IpUniverse, set: IpSet): number {
  const addresses = Array.from({ length: 2 ** bits }, (_, n) => n);
  return addresses
    .filter((n) => ips.hasAddress(set, block(n, bits).split('/')[0]))
    .reduce((mask, n) => mask | (1 << n), 0);
}

/** The set with the addresses of a mask, one by one. */
export function setOfMask({ bits, block }: IpUniverse, mask: number): IpSet {
  const addresses = Array.from({ length: 2 ** bits }, (_, n) => n).filter((n) => mask & (1 << n));
  return ips.fromBlocks(addresses.map((n) => block(n, bits)));
}
