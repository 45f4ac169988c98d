import { posix } from 'node:path';
import type { HttpRequest } from '../../../lib/model/request-match';

/** How Dikastes matches requests (projectcalico/calico, app-policy/checker/match.go). */

/** `http` of a rule. */
export interface Http {
  readonly methods?: readonly string[];
  readonly paths?: readonly { readonly exact?: string; readonly prefix?: string }[];
}

/** A release: what it takes the path of a request for, and how it compares a path of a rule with it. */
export interface Release {
  /** Undefined where no path of a rule matches. */
  readonly seen: (target: string) => string | undefined;
  readonly isPrefix: (path: string, prefix: string) => boolean;
}

/** Before 3.31.6: text that is compared as it is sent, and a prefix is any beginning of it. */
export const comparingText: Release = {
  seen: (target) => (target.startsWith('/') ? target.split(/[?#]/)[0] : undefined),
  isPrefix: (path, prefix) => path.startsWith(prefix),
};

/** From 3.31.6 and 3.32 on: both sides are decoded and cleaned, and a prefix ends at a segment. */
export const cleaning: Release = {
  seen: cleaned,
  isPrefix: (path, prefix) => {
    const whole = cleaned(prefix) as string;
    return whole === '/' || path === whole || path.startsWith(`${whole}/`);
  },
};

/** `normalizeHTTPPath` */
function cleaned(target: string): string | undefined {
  const path = target.split(/[?#]/)[0];
  if (/%(?![0-9a-f]{2})/i.test(path)) return undefined;
  const decoded = decodedOnce(path);
  if (/%(2e|2f|5c)/i.test(decoded) || decoded.includes('\0')) return undefined;
  const folded = decoded.replaceAll('\\', '/');
  if (!folded.startsWith('/')) return undefined;
  const plain = folded
    .split('/')
    .map((segment) => segment.split(';')[0])
    .join('/');
  // Go's path.Clean leaves no slash at the end.
  return posix.normalize(plain).replace(/(?<=.)\/$/, '');
}

/** Byte by byte, since the bytes of a character may be encoded apart. */
function decodedOnce(path: string): string {
  const bytes = Buffer.from(path)
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

export function passesHttp(rules: readonly Http[], { method, path }: HttpRequest, release: Release): boolean {
  return rules.some(
    ({ methods = [], paths = [] }) =>
      (methods.length === 0 || methods.includes('*') || methods.includes(method)) &&
      (paths.length === 0 || paths.some((it) => isPath(it, release.seen(path), release))),
  );
}

function isPath(
  { exact, prefix }: { readonly exact?: string; readonly prefix?: string },
  seen: string | undefined,
  { isPrefix, seen: see }: Release,
): boolean {
  if (seen === undefined) return false;
  return exact === undefined ? isPrefix(seen, prefix ?? '') : seen === see(exact);
}
