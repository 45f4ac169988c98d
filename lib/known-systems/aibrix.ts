import type { KnownSystem } from './known-system';
import {
  administration,
  asksApiServer,
  flow,
  generic,
  LOOKED_AT,
  labelled,
  metrics,
  part,
  pods,
  serving,
  system,
} from './table';

export const aibrix: KnownSystem = {
  id: 'aibrix',
  title: 'AIBrix',
  role: 'gateway',
  known: { images: [] },
  parts: [
    part(
      'gateway-plugins',
      [generic('of August 2026', { app: 'gateway-plugins' })],
      [serving(50052, 'ext-proc, for its Envoy'), metrics(8080, 'metrics'), administration(6060, 'pprof')],
      { images: ['aibrix/gateway-plugins'] },
    ),
    part(
      'metadata-service',
      [generic('of August 2026', { app: 'metadata-service' })],
      [serving(8090, 'users and models')],
      { images: ['aibrix/metadata-service'] },
    ),
    part('model', [labelled('of August 2026', {}, 'model.aibrix.ai/name')], [], { role: 'inference' }),
  ],
  flows: [
    flow(pods('Envoy of the Gateway aibrix-eg'), 'gateway-plugins', [50052], 'it asks where each request goes'),
    flow('gateway-plugins', system('redis', 'Redis'), [6379], 'limits and metadata are kept there'),
    flow('metadata-service', system('redis', 'Redis'), [6379], 'limits and metadata are kept there'),
    asksApiServer('gateway-plugins', 'it watches models'),
  ],
  traps: ['The header target-pod of a client picks the upstream, so the gateway must take it away.'],
  unknown: ['the port of a model, which its label model.aibrix.ai/port says'],
  source: 'aibrix e3e10f9e, config/gateway, config/metadata, pkg/constants',
  versions: 'of August 2026, after 0.7.0',
  lookedAt: LOOKED_AT,
};
