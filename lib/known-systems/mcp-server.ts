import type { KnownSystem } from './known-system';
import { part, serving } from './table';

export const mcpServer: KnownSystem = {
  id: 'mcp-server',
  title: 'MCP server',
  role: 'agents',
  known: { images: [] },
  parts: [
    part(
      'mcp-server',
      [],
      [serving(8000, 'streamable HTTP at /mcp, or SSE at /sse and /messages/, as the SDK for Python has it')],
    ),
  ],
  traps: [
    'The SDK binds 127.0.0.1 unless it is given a host, so that a server that nobody set up serves its own pod alone.',
    'A server over stdio has no port: it runs inside the pod of its agent, and has the flows of that.',
    'Which tool is called stands in the body, unless the revision of the protocol names it in a header: McpServer says which.',
  ],
  unknown: [
    'its pods, since every server is a program of its own',
    'ports of servers of other SDKs, since the protocol has none',
  ],
  source: 'mcp 2.3.0, server/mcpserver/server.py',
  versions: 'SDK for Python 2.3',
  lookedAt: '2026-11-28',
};
