import { instance, listOf, optional, properties, type Shape, text, texts } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import { type HttpMatch, headerText } from '../model/request-match';
import { aHttpPath, HttpPath } from './http-path';

/** What HTTP requests must have to pass. What is not said may be anything. */
export interface HttpRuleProps {
  /**
   * Methods, `GET`.
   *
   * @default - every method
   */
  readonly methods?: string[];

  /**
   * The path.
   *
   * @default - every path
   */
  readonly path?: HttpPath;

  /**
   * The host that the request is for (`Host`, `:authority`), exactly, with its port where the client sends one.
   *
   * @default - every host
   */
  readonly host?: string;

  /**
   * Names of headers that must be there, whatever their value.
   *
   * @default - none
   */
  readonly headers?: string[];

  /**
   * Headers that must be there with one value, exactly: `{ 'mcp-method': 'tools/call' }`.
   *
   * @default - none
   */
  readonly headerValues?: Record<string, string>;
}

/**
 * HTTP requests that pass along a flow; all others are refused by the engine. The traffic must be plain HTTP where the
 * engine sees it: inside TLS it cannot look.
 *
 * @example
 * vllm.connections.allowFrom(gateway, { http: [HttpRule.post('/v1/chat/completions')], because: 'users ask the model' });
 */
export class HttpRule {
  /**
   * `GET` of one path.
   *
   * @param path as it is sent, `/v1/models`; any query passes.
   * @throws for what is no path.
   */
  public static get(path: string): HttpRule {
    return HttpRule.of({ methods: ['GET'], path: HttpPath.exact(path) });
  }

  /**
   * `POST` to one path.
   *
   * @param path as it is sent, `/v1/chat/completions`; any query passes.
   * @throws for what is no path.
   */
  public static post(path: string): HttpRule {
    return HttpRule.of({ methods: ['POST'], path: HttpPath.exact(path) });
  }

  /**
   * Requests by methods, path, host and headers, all of which must hold.
   *
   * @param props what must hold.
   * @throws for a method or header that is no token, a value that no header has, a host that is none, and an empty list.
   */
  public static of(props: HttpRuleProps): HttpRule {
    const { methods, path, host, headers, headerValues } = properties(props, SHAPE, 'the props of HttpRule.of');
    refuseEmpty('methods', methods);
    refuseEmpty('headers', headers);
    const asked = headersAsked(headers, headerValues);
    return new HttpRule({
      protocol: 'http',
      ...(methods && { methods: unique(methods.map(method)) }),
      ...(path && { path: path._pattern }),
      ...(host !== undefined && { host: authority(host) }),
      ...(asked.length > 0 && { headers: asked }),
    } satisfies HttpMatch);
  }

  /** @internal */
  public static _is(value: unknown): value is HttpRule {
    return typeof value === 'object' && value !== null && #match in value;
  }

  readonly #match: HttpMatch;

  private constructor(match: unknown) {
    this.#match = match as HttpMatch;
  }

  /** @internal */
  public get _match(): HttpMatch {
    return this.#match;
  }
}

const SHAPE: Shape<HttpRuleProps> = {
  methods: optional(listOf(text)),
  path: optional(aHttpPath),
  host: optional(text),
  headers: optional(listOf(text)),
  headerValues: optional(texts),
};

export const aHttpRule = instance(HttpRule._is, {
  className: 'HttpRule',
  is: 'an HttpRule',
  allowed: "HttpRule.get('/v1/models'), HttpRule.post('/v1/chat/completions'), HttpRule.of({ … })",
});

/** RFC 9110: methods and header names are tokens; methods are written in capitals. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function method(name: string): string {
  if (/^[A-Z]+$/.test(name)) return name;
  throw new ZeroTrustError({
    rule: 'http-method',
    what: `"${name}" is not a method of HTTP`,
    value: name,
    allowed: 'capital letters, such as GET, POST, DELETE',
    fix: `Write it in capitals: HttpRule.of({ methods: ['GET'] })`,
  });
}

function header(name: string): string {
  if (TOKEN.test(name)) return name.toLowerCase();
  throw new ZeroTrustError({
    rule: 'http-header',
    what: `"${name}" is not the name of a header`,
    value: name,
    allowed: 'the name alone, such as x-api-key',
    fix: "Leave the colon and the value out: { headers: ['x-api-key'] }",
  });
}

/** A header that has a value is there. */
function headersAsked(names: readonly string[] = [], values: Readonly<Record<string, string>> = {}): string[] {
  const valued = new Map<string, string>();
  for (const [given, value] of Object.entries(values)) {
    const name = header(given);
    if (!/^[!-~]([ -~]*[!-~])?$/.test(value) || valued.has(name)) throw headerValue(given, value, valued.has(name));
    valued.set(name, value);
  }
  const bare = names.map(header).filter((name) => !valued.has(name));
  return unique([...bare, ...[...valued].map(([name, value]) => headerText({ name, value }))]);
}

function headerValue(name: string, value: string, isTwice: boolean): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'http-header-value',
    what: isTwice
      ? `the header ${name} is given twice: upper and lower case are the same in the names of headers`
      : `"${value}" is not a value that the header ${name} could have`,
    value: isTwice ? name : value,
    allowed: 'printable ASCII without a space at either end, one value for a header',
    fix: isTwice
      ? 'Leave one of them out.'
      : "Write it as clients send it: { headerValues: { 'mcp-method': 'tools/call' } }",
  });
}

function authority(host: string): string {
  if (/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$/.test(host)) return host.toLowerCase();
  throw new ZeroTrustError({
    rule: 'http-host',
    what: `"${host}" is not the host of a request`,
    value: host,
    allowed: 'a name or an IPv4 address, with the port where the client sends one',
    fix: "Leave scheme and path out: { host: 'models.example.com' }",
  });
}

function refuseEmpty(property: string, list: readonly string[] | undefined): void {
  if (list === undefined || list.length > 0) return;
  throw new ZeroTrustError({
    rule: 'http-empty',
    what: `\`${property}\` is an empty list, which no request could satisfy`,
    value: '[]',
    allowed: 'one or more, or no list at all where any will do',
    fix: `Leave \`${property}\` out.`,
  });
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
