import { Address4, Address6 } from 'ip-address';

/** A block as numbers. */
export interface Numbers {
  readonly width: 32 | 128;
  readonly first: bigint;
  readonly length: number;
}

export function numbersOf(cidr: string): Numbers {
  const [base = '', length] = cidr.split('/');
  const isV6 = base.includes(':');
  const address = isV6 ? new Address6(base) : new Address4(base);
  return { width: isV6 ? 128 : 32, first: address.bigInt(), length: Number(length) };
}

export function lastOf({ width, first, length }: Numbers): bigint {
  return first + (1n << BigInt(width - length)) - 1n;
}

export function addressText(width: 32 | 128, value: bigint): string {
  return (width === 32 ? Address4.fromBigInt(value) : Address6.fromBigInt(value)).correctForm();
}

/** The block of that length around the beginning of the given one. */
export function around({ width, first }: Numbers, length: number): string {
  const rest = BigInt(width - length);
  return `${addressText(width, (first >> rest) << rest)}/${length}`;
}

/** The part of the block that has that length and that position among such parts. */
export function partOf({ width, first }: Numbers, length: number, position: bigint): string {
  return `${addressText(width, first + (position << BigInt(width - length)))}/${length}`;
}

export function isStrictlyIn(inner: string, outer: string): boolean {
  const [a, b] = [numbersOf(inner), numbersOf(outer)];
  return a.width === b.width && a.length > b.length && b.first <= a.first && lastOf(a) <= lastOf(b);
}
