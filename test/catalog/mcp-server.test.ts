import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cluster,
  type FlowOptions,
  McpServer,
  type McpServerOptions,
  McpTransport,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Purpose,
  Tier,
  ZeroTrustNamespace,
} from '../../lib';
import { refusalOf } from '../tiers/bad-input/refusal';

const ranges = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['10.1.0.0/16'] };
const because = 'the agent searches the web';
const CLUSTERS = {
  Kubernetes: () => Cluster.kubernetes(ranges),
  Cilium: () => Cluster.cilium({ ...ranges, version: '1.20' }),
  Calico: () => Cluster.calico({ ...ranges, version: '3.32' }),
  Antrea: () => Cluster.antrea({ ...ranges, version: '2.7' }),
  'Network Policy API': () => Cluster.clusterNetworkPolicy(ranges),
};

/** An agent and a server of tools, with a flow between them. */
function searching(
  cluster: Cluster,
  options: McpServerOptions,
  ask: (server: McpServer) => Partial<FlowOptions> = () => ({}),
): App {
  const app = new App();
  Cluster.use(app, cluster);
  const chart = new Chart(app, 'chart');
  const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: Purpose.AGENTS });
  const tools = new ZeroTrustNamespace(chart, 'ai-tools', { purpose: 'tools' });
  const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  const search = new Tier(tools, 'search', { pods: Pods.labeled({ app: 'search' }), ports: [Port.tcp(8080)] });
  const server = McpServer.of(search, options);
  agent.connections.allowTo(server, { because, ...ask(server) });
  return app;
}

function trafficOf(app: App): string | undefined {
  return PolicyGraph.of(app).flows.find(({ destination }) => destination === 'ai-tools/search')?.traffic;
}

const VERSION = 'header=mcp-protocol-version=2026-07-28';

describe('an MCP server', () => {
  it.each(Object.entries(CLUSTERS))('is its tier on its ports: %s', (_, cluster) => {
    const app = searching(cluster(), {});
    expect(trafficOf(app)).toBe('TCP/8080');
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
  });

  it.each<[string, McpServerOptions, string]>([
    ['of a revision that is not known', {}, 'DELETE,GET,POST /mcp'],
    ['of 2025-11-25', { protocolVersion: '2025-11-25', path: '/tools' }, 'DELETE,GET,POST /tools'],
    ['of 2026-07-28', { protocolVersion: '2026-07-28' }, 'POST /mcp'],
    ['over SSE', { transport: McpTransport.SSE, path: '/sse', messagesPath: '/messages' }, 'GET /sse; POST /messages'],
  ])('has the requests of its transport: %s', (_, options, requests) => {
    const app = searching(CLUSTERS.Cilium(), options, (server) => ({ http: server.requests() }));
    expect(trafficOf(app)).toBe(`TCP/8080 (${requests})`);
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
  });

  it('has its requests on Calico as well', () => {
    const app = searching(CLUSTERS.Calico(), {}, (server) => ({ http: server.requests() }));
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
  });

  it('is called for single tools by the headers of its protocol', () => {
    const app = searching(CLUSTERS.Cilium(), { protocolVersion: '2026-07-28' }, (server) => ({
      http: server.tools(['web_search']),
    }));
    expect(trafficOf(app)).toBe(
      `TCP/8080 (${[
        `POST /mcp header=mcp-method=server/discover ${VERSION}`,
        `POST /mcp header=mcp-method=tools/call header=mcp-name=web_search ${VERSION}`,
        `POST /mcp header=mcp-method=tools/list ${VERSION}`,
      ].join('; ')})`,
    );
    expect(PolicyProof.of(app).toText()).toMatch(/^Proved/);
    expect(JSON.stringify(app.charts.flatMap((chart) => chart.toJson()))).toContain(
      '"headers":["mcp-method: tools/call","mcp-name: web_search","mcp-protocol-version: 2026-07-28"]',
    );
  });

  it.each(['Kubernetes', 'Calico', 'Antrea', 'Network Policy API'] as const)(
    'has no single tools where the engine sees no headers: %s',
    (name) => {
      const app = searching(CLUSTERS[name](), { protocolVersion: '2026-07-28' }, (server) => ({
        http: server.tools(['web_search']),
      }));
      const { message } = refusalOf({ rule: 'engine-requests', make: () => PolicyGraph.of(app) });
      expect(message).toContain('Cilium');
    },
  );
});
