import type { KnownSystem } from './known-system';
import {
  administration,
  asksApiServer,
  flow,
  generic,
  health,
  LOOKED_AT,
  metrics,
  part,
  serving,
  webhook,
} from './table';

export const higress: KnownSystem = {
  id: 'higress',
  title: 'Higress',
  role: 'gateway',
  known: { images: [] },
  parts: [
    part(
      'gateway',
      [generic('chart 2.2', { app: 'higress-gateway' })],
      [
        serving(80, 'HTTP'),
        serving(443, 'HTTPS'),
        metrics(15020, 'metrics'),
        health(15021, 'readiness'),
        metrics(15090, 'metrics of Envoy'),
      ],
      { images: ['higress/gateway'] },
    ),
    part(
      'controller',
      [generic('chart 2.2', { app: 'higress-controller' })],
      [
        serving(15051, 'xDS'),
        serving(15010, 'xDS without TLS'),
        serving(15012, 'xDS and certificates'),
        metrics(15014, 'metrics'),
        webhook(15017, 'injection'),
        administration(8888, 'its HTTP server'),
        administration(8889, 'its gRPC server'),
        health(8080, 'readiness'),
      ],
      { role: 'cluster', images: ['higress/higress', 'higress/pilot'] },
    ),
  ],
  flows: [
    flow('gateway', 'controller', [15012, 15051], 'gateways get their configuration there'),
    asksApiServer('controller'),
  ],
  source: 'higress 4e0d6914, chart 2.2.1 rendered',
  versions: 'chart 2.2',
  lookedAt: LOOKED_AT,
};
