import type { KnownSystem } from './known-system';
import { health, LOOKED_AT, named, part, serving } from './table';

export const opentelemetryCollector: KnownSystem = {
  id: 'opentelemetry-collector',
  title: 'OpenTelemetry Collector',
  role: 'observability',
  known: {
    images: [
      'opentelemetry-collector-k8s',
      'otel/opentelemetry-collector',
      'otel/opentelemetry-collector-contrib',
      'opentelemetry-collector-contrib',
    ],
    runsBesideOthers: true,
  },
  parts: [
    part(
      'collector',
      [
        named('chart 0.170', 'opentelemetry-collector', 'standalone-collector'),
        named('chart 0.170', 'opentelemetry-collector', 'agent-collector'),
      ],
      [
        serving(4317, 'OTLP over gRPC'),
        serving(4318, 'OTLP over HTTP'),
        serving(6831, 'Jaeger', { protocol: 'UDP' }),
        serving(14250, 'Jaeger over gRPC'),
        serving(14268, 'Jaeger over HTTP'),
        serving(9411, 'Zipkin'),
        health(13133, 'probes'),
      ],
    ),
  ],
  policies: [
    { by: 'the chart, where it is asked to', effect: 'its ports from any source', off: 'networkPolicy.enabled: false' },
  ],
  traps: [
    'As an agent on each node it takes ports of the node, so that clients reach an address of the node and no pod.',
  ],
  unknown: ['the port of its own metrics'],
  source: 'opentelemetry-helm-charts dd5665c06, opentelemetry-collector 0.170.0 rendered',
  versions: 'chart 0.170',
  lookedAt: LOOKED_AT,
};
