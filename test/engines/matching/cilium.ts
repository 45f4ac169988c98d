import type { HttpRequest } from '../../../lib/model/request-match';

/**
 * How Cilium matches, from its sources at 1.20: expressions have to match in full. They are those of RE2, which say the
 * same here as the ones of this language.
 */

/** An entry of `rules.http`. */
export interface HttpRule {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: readonly string[];
}

/**
 * The path that Envoy compares and sends on, or undefined where the request goes no further: it is answered with an error,
 * or with a redirect to the path without encoded slashes. In Envoy's order (source/common/http/conn_manager_impl.cc, then
 * `maybeNormalizePath` in conn_manager_utility.cc) with what Cilium turns on (pkg/envoy/model.go, `httpNormalizePath`):
 * encoded slashes, then the path as a browser makes it plain (Chromium's url_canon_path.cc), then slashes side by side.
 */
export function seenByEnvoy(target: string): string | undefined {
  if (!target.startsWith('/') || target.includes('#')) return undefined;
  const query = target.indexOf('?');
  const [path, rest] = query < 0 ? [target, ''] : [target.slice(0, query), target.slice(query)];
  if (/%(2f|5c|00)/i.test(path)) return undefined;
  // The URL of this language resolves dot segments and backslashes by the same standard, and decodes nothing.
  const { pathname } = new URL(`http://host${path}`);
  return `${withoutNeedlessCodes(pathname).replace(/\/+/g, '/')}${rest}`;
}

function withoutNeedlessCodes(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : code;
  });
}

/** pkg/envoy/policy/envoy_l7_rules_translator.go: each field that is given is matched, and headers have to be there. */
export function passesHttp(rules: readonly HttpRule[], { method, path, host, headers }: HttpRequest): boolean {
  const seen = seenByEnvoy(path);
  if (seen === undefined) return false;
  return rules.some(
    (rule) =>
      isInFull(rule.method, method) &&
      isInFull(rule.path, seen) &&
      isInFull(rule.host, host) &&
      (rule.headers ?? []).every((given) => hasHeader(given, headers)),
  );
}

/** The text is split at its first space: with a value behind it, that value is compared exactly. */
function hasHeader(given: string, headers: readonly string[]): boolean {
  const space = given.indexOf(' ');
  if (space < 0) return headers.some((sent) => sent.split('=')[0] === given.toLowerCase());
  const name = given.slice(0, space).replace(/:+$/, '').toLowerCase();
  return headers.includes(`${name}=${given.slice(space + 1)}`);
}

function isInFull(expression: string | undefined, text: string): boolean {
  return expression === undefined || new RegExp(`^(?:${expression})$`).test(text);
}

/** An entry of `toFQDNs`. */
export interface FqdnSelector {
  readonly matchName?: string;
  readonly matchPattern?: string;
}

const CHARACTER = '[-a-zA-Z0-9_]';

/** pkg/policy/api/fqdn.go, `ToRegex`; pkg/fqdn/matchpattern, where `**.` at the front is special from 1.19 on. */
export function selectsName(
  { matchName, matchPattern = '' }: FqdnSelector,
  asked: string,
  isBefore119 = false,
): boolean {
  return new RegExp(expressionOf(matchName ?? matchPattern, isBefore119)).test(fullName(asked));
}

function expressionOf(given: string, isBefore119: boolean): string {
  if (/^\*+\.?$/.test(given)) return `(^(${CHARACTER}+[.])+$)|(^[.]$)`;
  const dotted = fullName(given).replaceAll('.', '[.]');
  const deep = isBefore119 ? dotted : dotted.replace(/^\*{2,}\[\.\]/, `(${CHARACTER}+([.]${CHARACTER}+){0,})[.]`);
  return `^${deep.replace(/\*+/g, `${CHARACTER}*`)}$`;
}

/** pkg/fqdn/dns, `FQDN`. */
function fullName(name: string): string {
  return `${name.toLowerCase().replace(/\.$/, '')}.`;
}
