import type * as IpAddress from 'ip-address';
import { type Problem, ZeroTrustError } from './problem';

export type Family = 'v4' | 'v6';

/** The addresses that begin with the same bits. */
export interface IpBlock {
  readonly family: Family;
  /** The lowest address; its bits after the first `prefix` are zero. */
  readonly first: bigint;
  /** 0 to 32, or 0 to 128. */
  readonly prefix: number;
}

export const BITS: Readonly<Record<Family, number>> = { v4: 32, v6: 128 };
const NAMES: Readonly<Record<Family, string>> = { v4: 'IPv4', v6: 'IPv6' };

export const BLOCK_ALLOWED = "an IPv4 or IPv6 block in full, as '10.20.0.0/16' or '2001:db8::/32'";
const ADDRESS_ALLOWED = "one IPv4 or IPv6 address in full, as '10.20.0.1' or '2001:db8::1'";

// ::ffff:0:0/96
const MAPPED = 0xffffn;
const MAPPED_SHIFT = 32n;
const MAPPED_PART = 0xffffffffn;

/** How many addresses the block has. */
export function blockSize({ family, prefix }: IpBlock): bigint {
  return 1n << BigInt(BITS[family] - prefix);
}

/** The last address of the block. */
export function lastOf(block: IpBlock): bigint {
  return block.first + blockSize(block) - 1n;
}

/** Canonical text: IPv6 as RFC 5952 has it. */
export function blockText({ family, first, prefix }: IpBlock): string {
  return `${addressText(family, first)}/${prefix}`;
}

export function addressText(family: Family, address: bigint): string {
  return family === 'v4' ? v4Text(Number(address)) : ipAddress().Address6.fromBigInt(address).correctForm();
}

function v4Text(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/**
 * Reads a block, strictly: what readers disagree on is refused rather than guessed.
 *
 * @throws ZeroTrustError with rule `cidr` or `cidr-host-bits`.
 */
export function parseBlock(text: string): IpBlock {
  if (typeof text !== 'string') throw refused(text, 'is not text');
  if (text.trim() === '') throw refused(text, 'is empty');
  const [address, prefixText, ...rest] = text.split('/');
  const { family, value } = readAddress(text, address);
  if (rest.length > 0) throw refused(text, "has more than one '/'");
  if (prefixText === undefined) {
    const whole = `${address}/${BITS[family]}`;
    throw refused(text, 'has no prefix length', `Write '${whole}' for this one address, or the block that is meant.`);
  }
  const prefix = readPrefix(text, family, prefixText);
  const hostBits = BigInt(BITS[family] - prefix);
  const block = { family, first: (value >> hostBits) << hostBits, prefix };
  if (block.first !== value) throw new ZeroTrustError(hostBitsProblem(text, block));
  return block;
}

/**
 * Reads one address, without a prefix length.
 *
 * @throws ZeroTrustError with rule `ip-address`.
 */
export function parseAddress(text: string): IpBlock {
  if (typeof text !== 'string') throw refusedAddress(text, 'is not text');
  if (text.trim() === '') throw refusedAddress(text, 'is empty');
  if (text.includes('/')) {
    throw refusedAddress(text, 'is a block, not one address', `Write '${text.split('/')[0]}'.`);
  }
  const { family, value } = readAddress(text, text, refusedAddress);
  return { family, first: value, prefix: BITS[family] };
}

type Refusal = (text: string, why: string, fix?: string) => ZeroTrustError;

function readAddress(
  text: string,
  address: string,
  refusal: Refusal = refused,
): { readonly family: Family; readonly value: bigint } {
  const family = address.includes(':') ? 'v6' : 'v4';
  if (address.includes('%')) {
    throw refusal(text, 'has a zone, which means something on one machine only', "Leave out the '%' and what follows.");
  }
  // The parser refuses them too, but cannot say which of the two readings was meant.
  if (/(^|[.:])0\d+\b(?=\.|$)/.test(address) && address.includes('.')) {
    throw refusal(text, 'has a number with a leading zero, which some read as octal', 'Leave out the leading zeros.');
  }
  const value = addressValue(family, address);
  if (value === undefined) throw refusal(text, `cannot be read as an ${NAMES[family]} address`);
  // Refused by the API server where StrictIPCIDRValidation is on (alpha in 1.33, KEP-4858), since readers differ on
  // whether it means IPv4. It is how a program sees an IPv4 peer; the packets are IPv4 (RFC 4038, section 4.2).
  if (family === 'v6' && value >> MAPPED_SHIFT === MAPPED) {
    const v4 = addressText('v4', value & MAPPED_PART);
    throw refusal(
      text,
      'is IPv4 in IPv6 form, which is read in two ways',
      `Write '${v4}', with a prefix length 96 less where there is one.`,
    );
  }
  return { family, value };
}

function addressValue(family: Family, address: string): bigint | undefined {
  const plain = PLAIN_V4.exec(address);
  if (plain !== null) return ofBytes(plain.slice(1).map(Number));
  const plainV6 = family === 'v6' ? plainV6Value(address) : undefined;
  if (plainV6 !== undefined) return plainV6;
  try {
    const { Address4, Address6 } = ipAddress();
    return (family === 'v4' ? new Address4(address) : new Address6(address)).bigInt();
  } catch {
    return undefined;
  }
}

/** Four numbers with dots between them, as nearly every address is: read at once, since policies have thousands of them. */
const PLAIN_V4 = /^(0|[1-9]\d{0,2})[.](0|[1-9]\d{0,2})[.](0|[1-9]\d{0,2})[.](0|[1-9]\d{0,2})$/;

function ofBytes(bytes: readonly number[]): bigint | undefined {
  return bytes.some((byte) => byte > 255) ? undefined : BigInt(bytes.reduce((value, byte) => value * 256 + byte, 0));
}

/** Groups of digits alone, of which `::` stands for two or more that are zero; undefined for anything else, right or wrong. */
function plainV6Value(address: string): bigint | undefined {
  const [head, tail, ...more] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const left = GROUPS_OF_V6 - head.length - (tail?.length ?? 0);
  if (more.length > 0 || (tail === undefined ? left !== 0 : left < 2)) return undefined;
  const groups = [...head, ...Array.from({ length: left }, () => '0'), ...(tail ?? [])];
  if (!groups.every((group) => GROUP_OF_V6.test(group))) return undefined;
  return BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`);
}

const GROUPS_OF_V6 = 8;
const GROUP_OF_V6 = /^[0-9a-f]{1,4}$/i;

/** Loaded for an address that is not plain, so that whoever imports the package does not wait for it. */
function ipAddress(): typeof IpAddress {
  return require('ip-address');
}

function readPrefix(text: string, family: Family, prefixText: string): number {
  const prefix = Number(prefixText);
  if (/^(0|[1-9]\d*)$/.test(prefixText) && prefix <= BITS[family]) return prefix;
  throw refused(
    text,
    `has the prefix length '${prefixText}'`,
    `Give a prefix length from 0 to ${BITS[family]}, without leading zeros.`,
  );
}

function refused(text: string, why: string, fix?: string): ZeroTrustError {
  const what = `The address block '${text}' ${why}`;
  return new ZeroTrustError({ rule: 'cidr', what, value: String(text), allowed: BLOCK_ALLOWED, fix });
}

function refusedAddress(text: string, why: string, fix?: string): ZeroTrustError {
  const what = `The address '${text}' ${why}`;
  return new ZeroTrustError({ rule: 'ip-address', what, value: String(text), allowed: ADDRESS_ALLOWED, fix });
}

function hostBitsProblem(text: string, block: IpBlock): Problem {
  const address = text.split('/')[0];
  return {
    rule: 'cidr-host-bits',
    what: `The address block '${text}' has bits set after its prefix, so one address or the whole block may be meant`,
    value: text,
    allowed: BLOCK_ALLOWED,
    fix: `Write '${blockText(block)}' for the block, or '${address}/${BITS[block.family]}' for the one address.`,
  };
}
