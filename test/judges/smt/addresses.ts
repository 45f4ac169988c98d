import { isIPv4 } from 'node:net';

/** A block as numbers: the address that it begins with, the length of its prefix, and the bits of its family. */
export interface BlockBits {
  readonly value: bigint;
  readonly length: number;
  readonly width: 32 | 128;
}

export function blockBits(cidr: string): BlockBits {
  const [address = '', length = ''] = cidr.split('/');
  if (!/^\d+$/.test(length)) throw new Error(`not a block: ${cidr}`);
  return isIPv4(address)
    ? { value: ofBytes(address.split('.').map(Number)), length: Number(length), width: 32 }
    : { value: ofGroups(groupsOf(address)), length: Number(length), width: 128 };
}

function ofBytes(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
}

function ofGroups(groups: readonly number[]): bigint {
  if (groups.length !== 8) throw new Error('an IPv6 address has eight groups');
  return groups.reduce((value, group) => value * 65536n + BigInt(group), 0n);
}

/** Eight groups of 16 bits: `::` is as many zeros as are missing. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((half) =>
    half
      .split(':')
      .filter((group) => group !== '')
      .flatMap((group) => {
        if (!isIPv4(group)) return [Number.parseInt(group, 16)];
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
        return [a * 256 + b, c * 256 + d];
      }),
  ) as [number[], number[]];
  if (tail === undefined) return before;
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The address with this number. */
export function addressText(value: bigint, width: 32 | 128): string {
  const size = width === 32 ? 8n : 16n;
  const count = width === 32 ? 4 : 8;
  const parts = Array.from({ length: count }, (_, i) => (value >> (size * BigInt(count - 1 - i))) % (1n << size));
  return width === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');
}
