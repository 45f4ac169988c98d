import type { KnownSystem } from './known-system';
import { administration, flow, LOOKED_AT, named, optional, part, peers, serving, system } from './table';

export const grafana: KnownSystem = {
  id: 'grafana',
  title: 'Grafana',
  role: 'observability',
  known: { images: ['grafana/grafana'] },
  parts: [
    part(
      'grafana',
      [named('chart of the community 12.11', 'grafana')],
      [
        serving(3000, 'the user interface and the API, with metrics', { metricsAt: '/metrics' }),
        peers(9094, 'gossip about alerts'),
        optional(administration(6060, 'profiling')),
      ],
    ),
  ],
  flows: [
    flow('grafana', system('prometheus', 'Prometheus'), [9090], 'dashboards ask it', 'it is a source of data'),
    flow('grafana', system('loki', 'Loki'), [3100], 'dashboards ask it', 'it is a source of data'),
  ],
  unknown: ['whom it tells about its use, and where plugins are fetched from'],
  source: 'grafana-community/helm-charts 3386a115, grafana 12.11.1 rendered',
  versions: 'chart of the community 12.11',
  lookedAt: LOOKED_AT,
};
