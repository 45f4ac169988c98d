import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  calledByApiServer,
  flow,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  serving,
  webhook,
} from './table';

export const istio: KnownSystem = {
  id: 'istio',
  title: 'Istio',
  role: 'gateway',
  known: { images: [], labelKeys: ['gateway.istio.io/managed'] },
  parts: [
    part(
      'gateway',
      [labelled('Gateway API', {}, 'gateway.istio.io/managed', 'gateway.networking.k8s.io/gateway-name')],
      [metrics(15020, 'metrics'), health(15021, 'readiness'), metrics(15090, 'metrics of Envoy')],
      { madeBy: 'istiod, from a Gateway' },
    ),
    part(
      'istiod',
      [labelled('of August 2026', { app: 'istiod' })],
      [
        serving(15012, 'xDS and certificates'),
        optional(serving(15010, 'xDS without TLS')),
        metrics(15014, 'metrics'),
        webhook(15017, 'injection and validation'),
        health(8080, 'readiness, and pages for debugging'),
      ],
      { role: 'cluster', images: ['istio/pilot'] },
    ),
    part('ztunnel', [labelled('of August 2026', { app: 'ztunnel' })], [], {
      role: 'cluster',
      images: ['istio/ztunnel'],
    }),
  ],
  flows: [
    flow('gateway', 'istiod', [15012], 'gateways get their configuration and certificates there'),
    flow('ztunnel', 'istiod', [15012], 'nodes get their configuration and certificates there'),
    calledByApiServer('istiod', 15017, 'injection fails closed'),
    asksApiServer('istiod'),
  ],
  traps: [
    'In ambient mode pods receive HBONE on 15008, so that policies about the ports of the application no longer say what passes.',
  ],
  unknown: ['the ports of listeners, which are those of the Gateway'],
  source: 'istio 86c9f01fd73, files/kube-gateway.yaml, files/waypoint.yaml, charts rendered',
  versions: 'of August 2026, after 1.31.0-alpha.0',
  lookedAt: LOOKED_AT,
};
