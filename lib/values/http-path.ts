import { instance } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import type { PathPattern } from '../model/request-match';
import { shown } from '../model/shown';

/**
 * Paths of HTTP requests, as they are sent: nothing is decoded, and every character means itself. The query is no part of
 * a path, and any query passes.
 */
export class HttpPath {
  /**
   * One path.
   *
   * @param path `/v1/chat/completions`.
   * @throws for what is no path: without a slash at its start, with a query, a fragment, blanks, or dot segments.
   */
  public static exact(path: string): HttpPath {
    return new HttpPath({ segments: segmentsOf(path), below: false });
  }

  /**
   * A path and everything below it: `/v1/files` is also `/v1/files/…`, and not `/v1/filesystem`.
   *
   * @param path `/v1/files`.
   * @throws for what is no path, and for a slash at its end.
   */
  public static below(path: string): HttpPath {
    const segments = path === '/' ? [] : segmentsOf(path);
    if (segments.at(-1) === '') throw new ZeroTrustError(wrongPath(path, 'it ends with a slash'));
    return new HttpPath({ segments, below: true });
  }

  /**
   * Paths in which whole segments are free: each `{name}` stands for one segment that is not empty.
   *
   * @param template `/v1/models/{model}`.
   * @throws for what is no path, and for braces that are not a whole segment.
   */
  public static template(template: string): HttpPath {
    const segments = segmentsOf(template).map((segment) => (/^\{\w+\}$/.test(segment) ? undefined : segment));
    if (segments.some((segment) => segment !== undefined && /[{}]/.test(segment))) {
      throw new ZeroTrustError(wrongPath(template, 'a brace must hold a whole segment'));
    }
    return new HttpPath({ segments, below: false });
  }

  /** @internal */
  public static _is(value: unknown): value is HttpPath {
    return typeof value === 'object' && value !== null && #pattern in value;
  }

  readonly #pattern: PathPattern;

  private constructor(pattern: unknown) {
    this.#pattern = pattern as PathPattern;
  }

  /** @internal */
  public get _pattern(): PathPattern {
    return this.#pattern;
  }
}

/** Envoy and servers resolve dot segments and backslashes before they look, so a rule with them would be about other paths. */
function segmentsOf(path: unknown): string[] {
  if (typeof path !== 'string') throw new ZeroTrustError(wrongPath(path, 'it is not text'));
  const wrong = [
    [!path.startsWith('/'), 'it does not begin with a slash'],
    [/\?/.test(path), 'it has a query, and a rule lets any query through'],
    [/#/.test(path), 'it has a fragment, which is never sent'],
    [/[^\x21-\x7e]/.test(path), 'it has a character that is sent percent-encoded'],
    [/\\/.test(path), 'it has a backslash'],
    [/(^|\/)\.{1,2}(\/|$)/.test(path), 'it has a dot segment, which is resolved before a rule sees it'],
    [/%(?![0-9A-Fa-f]{2})/.test(path), 'it has a percent sign that encodes nothing'],
    [path.length > LONGEST, `it is longer than ${LONGEST} characters`],
  ].find(([is]) => is);
  if (wrong !== undefined) throw new ZeroTrustError(wrongPath(path, String(wrong[1])));
  return path === '/' ? [] : path.slice(1).split('/');
}

/** Shorter than any limit of an engine: Istio and Calico allow a kilobyte. */
const LONGEST = 1000;

function wrongPath(path: unknown, why: string) {
  return {
    rule: 'http-path',
    what: `${shown(path)} cannot be the path of an HTTP rule: ${why}`,
    value: typeof path === 'string' ? path : shown(path),
    allowed: 'a path as it is sent, from its first slash, without query and fragment',
    fix: "Write it as one of these: HttpPath.exact('/v1/models'), HttpPath.below('/v1/files'), HttpPath.template('/v1/models/{model}')",
  };
}

export const aHttpPath = instance(HttpPath._is, {
  className: 'HttpPath',
  is: 'an HttpPath',
  allowed: "HttpPath.exact('/v1/models'), HttpPath.below('/v1/files'), HttpPath.template('/v1/models/{model}')",
});
