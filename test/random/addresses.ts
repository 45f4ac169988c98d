import { isIPv4 } from 'node:net';

/** The first and last address of a block, and those beside it, as far as there are any. */
export function edgesOf(cidr: string): string[] {
  const { first, last, width } = numbersOf(cidr);
  return [first - 1n, first, last, last + 1n]
    .filter((value) => value >= 0n && value < 1n << BigInt(width))
    .map((value) => textOf(value, width));
}

/** The part of a block that is `bits` longer, at this position among such parts; the block itself where it has no parts. */
export function partOf(cidr: string, bits: number, position: number): string {
  const { first, width, length } = numbersOf(cidr);
  if (length === width) return cidr;
  const longer = Math.min(length + bits, width);
  const parts = 1n << BigInt(longer - length);
  return `${textOf(first + ((BigInt(position) % parts) << BigInt(width - longer)), width)}/${longer}`;
}

export function isIpv6(text: string): boolean {
  return text.includes(':');
}

function numbersOf(cidr: string) {
  const [base = '', length] = cidr.split('/');
  const width = isIPv4(base) ? 32 : 128;
  const first = isIPv4(base) ? joined(base.split('.').map(Number), 8n) : joined(groupsOf(base), 16n);
  return { first, last: first + (1n << BigInt(width - Number(length))) - 1n, width, length: Number(length) };
}

function groupsOf(ipv6: string): number[] {
  const [before = [], after] = ipv6.split('::').map((half) => half.split(':').filter(Boolean).map(hexadecimal));
  return after === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill(0), ...after];
}

function hexadecimal(text: string): number {
  return Number.parseInt(text, 16);
}

function joined(digits: readonly number[], bits: bigint): bigint {
  return digits.reduce((value, digit) => (value << bits) + BigInt(digit), 0n);
}

/** IPv6 with zeros at the end as `::`, where they are two groups or more. */
function textOf(value: bigint, width: number): string {
  if (width === 32) return digitsOf(value, 4, 8n).join('.');
  const groups = digitsOf(value, 8, 16n);
  const end = groups.findLastIndex((group) => group !== 0) + 1;
  const shown = groups.map((group) => group.toString(16));
  return end > 6 ? shown.join(':') : `${shown.slice(0, end).join(':')}::`;
}

function digitsOf(value: bigint, count: number, bits: bigint): number[] {
  return Array.from({ length: count }, (_, index) => {
    return Number((value >> (bits * BigInt(count - 1 - index))) & ((1n << bits) - 1n));
  });
}
