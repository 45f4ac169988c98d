import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  calledByApiServer,
  flow,
  LOOKED_AT,
  labelled,
  metrics,
  part,
  peers,
  pods,
  serving,
  webhook,
} from './table';

export const envoyAiGateway: KnownSystem = {
  id: 'envoy-ai-gateway',
  title: 'Envoy AI Gateway',
  role: 'gateway',
  known: { images: ['envoyproxy/ai-gateway-controller'] },
  parts: [
    part(
      'controller',
      [labelled('chart of August 2026', { 'app.kubernetes.io/name': 'ai-gateway-helm' })],
      [
        peers(1063, 'the extension server, for Envoy Gateway'),
        webhook(9443, 'admission of proxies'),
        metrics(8080, 'metrics'),
        serving(18002, 'modules for proxies'),
      ],
      { role: 'cluster' },
    ),
  ],
  flows: [
    flow(
      pods('controller of Envoy Gateway', { 'control-plane': 'envoy-gateway' }),
      'controller',
      [1063],
      'Envoy Gateway has its configuration extended there',
    ),
    calledByApiServer('controller', 9443, 'its webhook puts a container into every proxy and fails closed'),
    asksApiServer('controller'),
  ],
  traps: ['Proxies are those of Envoy Gateway with one more container, whose metrics are on 1064.'],
  source:
    'envoyproxy/ai-gateway c217da8a5, cmd/controller/main.go, internal/controller/extproc_builder.go, chart rendered',
  versions: '1.1',
  lookedAt: LOOKED_AT,
};
