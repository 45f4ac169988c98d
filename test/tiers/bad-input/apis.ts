import { Apis, McpServer, McpTransport, Port, SandboxTier } from '../../../lib';
import type { BadInputs } from './refusal';
import { because, deployment, flowTo, namespace, tier } from './scenarios';

/** What Python and plain JavaScript hand over. */
const given = (options: object) => options as never;

export const apis: BadInputs = {
  'an API of a region without one': {
    rule: 'api-host-part',
    make: () => Apis.bedrock(given({})),
    value: 'undefined',
    says: /`region` is not given.*eu-central-1/s,
  },
  'a region with a dot': {
    rule: 'api-host-part',
    make: () => Apis.bedrock({ region: 'eu.central' }),
    value: 'eu.central',
    says: /"eu\.central" cannot be the region in the name of a host/,
  },
  'a region that is no text': {
    rule: 'api-host-part',
    make: () => Apis.s3(given({ region: 1, pathStyle: true })),
    value: '1',
    says: /1 cannot be the region/,
  },
  'an account by its URL': {
    rule: 'api-host-part',
    make: () => Apis.azureBlob({ account: 'https://models.blob.core.windows.net' }),
    value: 'https://models.blob.core.windows.net',
    says: /cannot be the account.*such as models/s,
  },
  'a resource with capitals': {
    rule: 'api-host-part',
    make: () => Apis.azureOpenAi({ resource: 'Contoso' }),
    value: 'Contoso',
    says: /cannot be the resource/,
  },
  'a bucket with an underscore': {
    rule: 'api-host-part',
    make: () => Apis.s3({ region: 'us-east-1', bucket: 'a_b' }),
    value: 'a_b',
    says: /cannot be the bucket.*with dots between them/s,
  },
  'a location that is empty': {
    rule: 'api-host-part',
    make: () => Apis.vertex({ location: '' }),
    value: '',
    says: /"" cannot be the location/,
  },
  'a region that OpenAI does not have': {
    rule: 'api-host-part',
    make: () => Apis.openAi({ region: 'eu-central-1' }),
    value: 'eu-central-1',
    says: /"eu-central-1" is no region in which requests to OpenAI stay.*us, eu, in/s,
  },
  'no options where some are needed': {
    rule: 'missing-value',
    make: () => Apis.vertex(undefined as never),
    says: /the options of Apis\.vertex/,
  },
  'no bucket and no path': {
    rule: 'api-nothing',
    make: () => Apis.s3({ region: 'us-east-1' }),
    says: /nothing of Amazon S3 is called.*pathStyle: true/s,
  },
  'nothing of GitHub': {
    rule: 'api-nothing',
    make: () => Apis.github({ repositories: false }),
    says: /nothing of GitHub is called/,
  },
  'an API as a source': {
    rule: 'host-as-source',
    make: () => tier().connections.allowFrom(Apis.openAi(), { because }),
    where: 'chart/ns/tier',
    says: /a connection shows the address that it comes from/,
  },
  'an API on a port by its name': {
    rule: 'port-name-address',
    make: flowTo(Apis.openAi(), { ports: [Port.named('https')] }),
    where: 'chart/ns/tier',
    says: /never match/,
  },
  'an MCP server over stdio': {
    rule: 'mcp-stdio',
    make: () => McpServer.of(tier(), { transport: McpTransport.STDIO }),
    value: 'stdio',
    says: /a process in the pod of its client, so that there is no connection/,
  },
  'an MCP server over SSE without its paths': {
    rule: 'mcp-path',
    make: () => McpServer.of(tier(), { transport: McpTransport.SSE, path: '/sse' }),
    says: /both of its paths are needed/,
  },
  'an MCP server at what is no path': {
    rule: 'http-path',
    make: () => McpServer.of(tier(), { path: 'mcp' }),
    value: 'mcp',
    says: /does not begin with a slash/,
  },
  'a revision of MCP that is none': {
    rule: 'mcp-protocol',
    make: () => McpServer.of(tier(), { protocolVersion: '1.0' }),
    value: '1.0',
    says: /"1\.0" is not a revision of MCP.*2026-07-28/s,
  },
  'tools of a server that names them in the body': {
    rule: 'mcp-tools',
    make: () => McpServer.of(tier(), { protocolVersion: '2025-11-25' }).tools(['search']),
    value: '2025-11-25',
    says: /named in the body of a request alone, which no policy sees/,
  },
  'tools of a server of which no revision is given': {
    rule: 'mcp-tools',
    make: () => McpServer.of(tier()).tools(['search']),
    says: /a revision of MCP that is not given/,
  },
  'tools over SSE': {
    rule: 'mcp-tools',
    make: () =>
      McpServer.of(tier(), {
        transport: McpTransport.SSE,
        path: '/sse',
        messagesPath: '/messages',
        protocolVersion: '2026-07-28',
      }).tools(['search']),
    value: 'SSE',
    says: /the server speaks SSE/,
  },
  'no tool': {
    rule: 'mcp-tools',
    make: () => McpServer.of(tier(), { protocolVersion: '2026-07-28' }).tools([]),
    says: /no tool is named/,
  },
  'a tool with a blank in its name': {
    rule: 'mcp-tools',
    make: () => McpServer.of(tier(), { protocolVersion: '2026-07-28' }).tools(['web search']),
    value: 'web search',
    says: /"web search" cannot be the name of a tool/,
  },
  'an MCP server on nothing': {
    rule: 'peer',
    make: () => McpServer.of(undefined as never),
    says: /the peer of the MCP server is not given.*must be made before it is handed over/s,
  },
  'sandboxes of another kind': {
    rule: 'sandbox-template',
    make: () => {
      const space = namespace();
      return new SandboxTier(space, 'sandbox', { template: deployment(space) });
    },
    value: 'apps/v1 Deployment',
    says: /is apps\/v1 Deployment, and not the SandboxTemplate.*AgentTier/s,
  },
  'sandboxes of nothing': {
    rule: 'sandbox-template',
    make: () => new SandboxTier(namespace(), 'sandbox', {} as never),
    says: /`template` of a tier of sandboxes/,
  },
};
