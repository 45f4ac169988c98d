import { anything, listOf, oneOf, optional, properties, type Shape, text } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import { HttpPath } from '../values/http-path';
import { HttpRule } from '../values/http-rule';
import { Endpoint, type IPeer, peerSpec } from '../values/peer';

/** How clients speak to an MCP server. */
export enum McpTransport {
  /** Requests to one path; from protocol 2025-03-26 on. */
  STREAMABLE_HTTP = 'streamable-http',
  /** A stream and a path to post to, of protocol 2024-11-05; deprecated since. */
  SSE = 'sse',
  /** A process of the client, to which nothing is sent over the network. */
  STDIO = 'stdio',
}

/** What is known of an MCP server. */
export interface McpServerOptions {
  /**
   * How clients speak to it.
   *
   * @default McpTransport.STREAMABLE_HTTP
   */
  readonly transport?: McpTransport;

  /**
   * The path of its endpoint; that of the stream over SSE.
   *
   * @default '/mcp' over streamable HTTP, as in the examples of the protocol; over SSE it is needed
   */
  readonly path?: string;

  /**
   * The path that it tells clients of SSE to post to.
   *
   * @default - needed over SSE
   */
  readonly messagesPath?: string;

  /**
   * The revision of the protocol that it speaks with these clients, `2026-07-28`.
   *
   * @default - one that is not known: `tools` is refused
   */
  readonly protocolVersion?: string;
}

/**
 * A server of tools that speaks MCP, as a peer: whatever it runs on, with the requests of its transport. There is no port of
 * the protocol: its tier names one.
 *
 * On engines that tell requests apart, `requests` keeps clients to the endpoint, and `tools` to single tools. The tool is
 * named in a header from protocol 2026-07-28 on, and the server must refuse a request whose body says another; before, it
 * is named in the body alone, which no policy sees, so that `tools` is refused. (MCP 2026-07-28, Streamable HTTP, "Standard
 * Request Headers" and "Server Validation".)
 *
 * @example
 * const search = McpServer.of(searchTier, { protocolVersion: '2026-07-28' });
 * agent.connections.allowTo(search, { http: search.tools(['web_search']), because: 'the agent searches the web' });
 */
export class McpServer implements IPeer {
  /**
   * An MCP server.
   *
   * @param peer its tier, or its pods or addresses where others run it.
   * @param options how it is spoken to.
   * @throws for a server over stdio, which is no peer, a path that is none, and a revision that is none.
   */
  public static of(peer: IPeer, options: McpServerOptions = {}): McpServer {
    return new McpServer(
      Endpoint._of(peerSpec(peer, 'the peer of the MCP server')),
      spoken(properties(options, OPTIONS, 'the options of McpServer.of')),
    );
  }

  /** Whom clients connect to. */
  public readonly endpoint: Endpoint;

  readonly #spoken: Spoken;

  private constructor(endpoint: Endpoint, spokenTo: unknown) {
    this.endpoint = endpoint;
    this.#spoken = spokenTo as Spoken;
  }

  /** The requests of its transport, whatever is asked in them. */
  public requests(): HttpRule[] {
    const { path, messagesPath, protocolVersion } = this.#spoken;
    if (messagesPath !== undefined) return [HttpRule.get(path), HttpRule.post(messagesPath)];
    // Streams by GET, and sessions that end by DELETE, are gone from this revision on.
    if (namesTools(protocolVersion)) return [HttpRule.post(path)];
    return [HttpRule.of({ methods: ['POST', 'GET', 'DELETE'], path: HttpPath.exact(path) })];
  }

  /**
   * Calls of single tools, beside what every client asks first: what the server is, and which tools it has.
   *
   * @param names of the tools.
   * @throws where no header names the tool: over SSE, and before protocol 2026-07-28; for no name, and one that is none.
   */
  public tools(names: string[]): HttpRule[] {
    const { path, protocolVersion, messagesPath } = this.#spoken;
    if (messagesPath !== undefined || protocolVersion === undefined || !namesTools(protocolVersion)) {
      throw toolsUnseen(protocolVersion, messagesPath !== undefined);
    }
    const given = listOf(text, "'web_search'")(names, 'names');
    const wrong = given.length === 0 ? '' : given.find((name) => !TOOL.test(name));
    if (wrong !== undefined) throw notATool(wrong);
    const asking = (headers: Record<string, string>) =>
      HttpRule.of({
        methods: ['POST'],
        path: HttpPath.exact(path),
        headerValues: { 'mcp-protocol-version': protocolVersion, ...headers },
      });
    return [
      ...ASKED_FIRST.map((method) => asking({ 'mcp-method': method })),
      ...given.map((name) => asking({ 'mcp-method': 'tools/call', 'mcp-name': name })),
    ];
  }
}

/** What clients know of a server that they reach over the network. */
interface Spoken {
  readonly path: string;
  /** Over SSE alone. */
  readonly messagesPath?: string;
  readonly protocolVersion?: string;
}

interface Given {
  readonly transport?: McpTransport;
  readonly path?: string;
  readonly messagesPath?: string;
  readonly protocolVersion?: unknown;
}

const OPTIONS: Shape<Given> = {
  transport: optional(oneOf(McpTransport, 'a transport of MCP')),
  path: optional(text),
  messagesPath: optional(text),
  protocolVersion: anything,
};

function spoken({ transport = McpTransport.STREAMABLE_HTTP, path, messagesPath, protocolVersion }: Given): Spoken {
  if (transport === McpTransport.STDIO) throw overStdio();
  const version = protocolVersion === undefined ? undefined : revision(protocolVersion);
  if (transport === McpTransport.SSE && (path === undefined || messagesPath === undefined)) throw pathsOfSse();
  for (const one of [path, messagesPath]) if (one !== undefined) HttpPath.exact(one);
  return {
    path: path ?? '/mcp',
    ...(transport === McpTransport.SSE && { messagesPath }),
    ...(version !== undefined && { protocolVersion: version }),
  };
}

/** Revisions are days, so that they compare as text. */
function namesTools(protocolVersion: string | undefined): boolean {
  return protocolVersion !== undefined && protocolVersion >= '2026-07-28';
}

/** The first request of a client, and the list of tools. */
const ASKED_FIRST = ['server/discover', 'tools/list'];

/** What a header carries as it is; others are sent in an encoding of their own. */
const TOOL = /^[A-Za-z0-9_./-]{1,128}$/;

function revision(version: unknown): string {
  if (typeof version === 'string' && /^20\d\d-[01]\d-[0-3]\d$/.test(version)) return version;
  throw new ZeroTrustError({
    rule: 'mcp-protocol',
    what: `${JSON.stringify(version)} is not a revision of MCP`,
    value: String(version),
    allowed: 'a day: 2025-11-25, 2026-07-28',
    fix: "Give the one that the server speaks: McpServer.of(tier, { protocolVersion: '2026-07-28' })",
  });
}

function overStdio(): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'mcp-stdio',
    what: 'an MCP server over stdio is a process in the pod of its client, so that there is no connection to let through',
    value: 'stdio',
    allowed: 'streamable HTTP and SSE',
    fix: 'Leave it out, and declare on the tier of the client what the server reaches. To keep it apart, let it serve HTTP in pods of its own.',
  });
}

function pathsOfSse(): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'mcp-path',
    what: 'over SSE a server tells clients where to post, and both of its paths are needed to let requests through',
    value: 'undefined',
    allowed: '`path` of the stream and `messagesPath` that is posted to',
    fix: "Name both: McpServer.of(tier, { transport: McpTransport.SSE, path: '/sse', messagesPath: '/messages' })",
  });
}

function toolsUnseen(protocolVersion: string | undefined, isSse: boolean): ZeroTrustError {
  const speaks = isSse
    ? 'SSE'
    : protocolVersion === undefined
      ? 'a revision of MCP that is not given'
      : protocolVersion;
  return new ZeroTrustError({
    rule: 'mcp-tools',
    what: `the server speaks ${speaks}, and before MCP 2026-07-28 the tool is named in the body of a request alone, which no policy sees`,
    value: speaks,
    allowed: 'single tools over streamable HTTP from 2026-07-28 on; all requests of the server',
    fix: "Let all of its requests through (server.requests()), or have it speak { protocolVersion: '2026-07-28' }. Otherwise give the tool a server of its own.",
  });
}

function notATool(name: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'mcp-tools',
    what:
      name === ''
        ? 'no tool is named, or one that is empty'
        : `"${name}" cannot be the name of a tool in a header as it is`,
    value: name,
    allowed: 'one name or more, of letters, digits and _ . / -, at most 128',
    fix: "Name them as the server does: server.tools(['web_search'])",
  });
}
