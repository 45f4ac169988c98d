import { isIPv4, isIPv6 } from 'node:net';

/** An address as a number, with the number of bits of its family. */
interface Bits {
  readonly value: bigint;
  readonly width: 32 | 128;
}

/** The address lies in the block. Families never mix. */
export function isIn(cidr: string, ip: string): boolean {
  const [base, length] = cidr.split('/');
  const block = bitsOf(base);
  const address = bitsOf(ip);
  const rest = BigInt(block.width - prefixLength(cidr, length, block.width));
  return block.width === address.width && block.value >> rest === address.value >> rest;
}

export function sameFamily(a: string, b: string): boolean {
  return bitsOf(a).width === bitsOf(b).width;
}

function prefixLength(cidr: string, length: string | undefined, width: number): number {
  if (length === undefined || !/^\d+$/.test(length) || Number(length) > width) throw new Error(`no block: ${cidr}`);
  return Number(length);
}

/** The same few addresses are asked about again and again, and reading them is what takes the time. */
const read = new Map<string, Bits>();

function bitsOf(ip: string): Bits {
  const bits = read.get(ip) ?? readBits(ip);
  read.set(ip, bits);
  return bits;
}

function readBits(ip: string): Bits {
  if (isIPv4(ip)) return { value: number(ip.split('.').map(Number), 8n), width: 32 };
  if (isIPv6(ip) && !ip.includes('%')) return { value: number(groupsOfIpv6(ip), 16n), width: 128 };
  throw new Error(`no address: ${ip}`);
}

/** The eight groups, with `::` filled in, and a dotted end (`::ffff:10.0.0.1`) as two groups. */
function groupsOfIpv6(ip: string): number[] {
  const [before, after] = ip.split('::').map((half) => half.split(':').filter(Boolean).flatMap(groups));
  return after === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill(0), ...after];
}

function groups(text: string): number[] {
  if (!text.includes('.')) return [Number.parseInt(text, 16)];
  const [a, b, c, d] = text.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

function number(digits: readonly number[], bits: bigint): bigint {
  return digits.reduce((value, digit) => (value << bits) + BigInt(digit), 0n);
}
