import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, named, optional, part, peers, pods, serving, telemetry } from './table';

export const tempo: KnownSystem = {
  id: 'tempo',
  title: 'Tempo',
  role: 'observability',
  known: { images: ['grafana/tempo'] },
  parts: [
    part(
      'tempo',
      [named('charts of August 2026', 'tempo')],
      [
        serving(3200, 'the API, with metrics', { metricsAt: '/metrics' }),
        serving(4317, 'OTLP over gRPC'),
        serving(4318, 'OTLP over HTTP'),
        peers(9095, 'gRPC'),
        peers(7946, 'gossip'),
        optional(peers(11211, 'Memcached')),
      ],
    ),
  ],
  flows: [
    flow(
      'tempo',
      'tempo',
      [3200, 9095, 7946],
      'components call each other and find each other by gossip',
      'it is distributed',
    ),
    flow('tempo', pods('object storage'), 'every port', 'traces are kept there', 'it does not keep them on a volume'),
  ],
  telemetry: [telemetry('stats.grafana.org', 'usage_report.reporting_enabled: false')],
  source:
    'tempo ad33aa8faf, pkg/usagestats/stats.go; grafana/helm-charts 7a0ab9689 and grafana-community/helm-charts 3386a115 rendered',
  versions: 'of August 2026, after 3.0.3',
  lookedAt: LOOKED_AT,
};
