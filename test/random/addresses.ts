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

/** IPv6 is written in the short form that both the library and the judge read: zeros at the end as `::`. */
function textOf(value: bigint, width: number): string {
  const bits = width === 32 ? 8n : 16n;
  const digits = Array.from(
    { length: width / Number(bits) },
    (_, index, { length } = { length: width / Number(bits) }) =>
      Number((value >> (bits * BigInt(length - 1 - index))) & ((1n << bits) - 1n)),
  );
  if (width === 32) return digits.join('.');
  const end = digits.findLastIndex((digit) => digit !== 0) + 1;
  const shown = digits.slice(0, end).map((digit) => digit.toString(16));
  return end >= 7 ? digits.map((digit) => digit.toString(16)).join(':') : `${shown.join(':')}::`;
}
