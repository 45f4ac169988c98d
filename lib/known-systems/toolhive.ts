import type { KnownSystem } from './known-system';
import { asksApiServer, flow, health, LOOKED_AT, labelled, metrics, part, serving, telemetry } from './table';

const MADE = { madeBy: 'the operator' };
const app = (value: string) => labelled('of August 2026', { app: value, toolhive: 'true' }, 'toolhive-name');

export const toolhive: KnownSystem = {
  id: 'toolhive',
  title: 'ToolHive',
  role: 'agents',
  known: { images: [], kinds: ['toolhive.stacklok.dev/MCPServer'], labelKeys: ['toolhive-name'] },
  parts: [
    part(
      'mcp-server',
      [app('mcpserver')],
      [
        serving(8080, 'MCP, with metrics unless metricsOnTransportPort is false', { metricsAt: '/metrics' }),
        metrics(9464, 'metrics and diagnostics'),
      ],
      MADE,
    ),
    part(
      'mcp-remote-proxy',
      [app('mcpremoteproxy')],
      [
        serving(8080, 'MCP, with metrics unless metricsOnTransportPort is false', { metricsAt: '/metrics' }),
        metrics(9464, 'metrics and diagnostics'),
      ],
      MADE,
    ),
    part(
      'virtual-mcp-server',
      [app('virtualmcpserver')],
      [serving(4483, 'MCP'), metrics(9464, 'metrics and diagnostics')],
      { ...MADE, images: ['stacklok/toolhive/vmcp'] },
    ),
    part('operator', [], [metrics(8080, 'metrics'), health(8081, 'probes')], {
      role: 'cluster',
      images: ['stacklok/toolhive/operator'],
    }),
  ],
  flows: [flow('virtual-mcp-server', 'mcp-server', [8080], 'it hands calls of tools on'), asksApiServer('operator')],
  telemetry: [telemetry('updates.stacklok.com', 'TOOLHIVE_USAGE_METRICS_ENABLED=false')],
  traps: ['Metrics are on the port for MCP as well until metricsOnTransportPort is false.'],
  unknown: ['labels of the operator', 'ports and labels of the server behind its proxy, which are its own'],
  source: 'toolhive e25de16cf, cmd/thv-operator/controllers, docs/observability.md, pkg/usagemetrics/client.go',
  versions: 'of August 2026, after 0.44.0',
  lookedAt: LOOKED_AT,
};
