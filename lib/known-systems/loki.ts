import type { KnownSystem } from './known-system';
import { asksApiServer, flow, LOOKED_AT, metrics, named, part, peers, pods, serving, telemetry } from './table';

const of = (component: string) => [named('chart 7.3', 'loki', component)];
const NODE = [
  serving(3100, 'the API, with metrics', { metricsAt: '/metrics' }),
  peers(9095, 'gRPC'),
  peers(7946, 'gossip'),
];
const OF_IT = ['read', 'write', 'backend'];

export const loki: KnownSystem = {
  id: 'loki',
  title: 'Loki',
  role: 'observability',
  known: { images: ['grafana/loki', 'grafana/enterprise-logs'] },
  parts: [
    ...OF_IT.map((name) => part(name, of(name), NODE)),
    part('single-binary', of('single-binary'), NODE),
    part('gateway', of('gateway'), [serving(8080, 'the API, by way of NGINX')]),
    part('canary', of('canary'), [metrics(3500, 'metrics')], { images: ['grafana/loki-canary'] }),
    part(
      'cache',
      [...of('memcached-chunks-cache'), ...of('memcached-results-cache')],
      [peers(11211, 'Memcached'), metrics(9150, 'the exporter')],
    ),
  ],
  flows: [
    ...OF_IT.flatMap((a) =>
      OF_IT.map((b) => flow(a, b, [3100, 9095, 7946], 'components call each other and find each other by gossip')),
    ),
    ...OF_IT.flatMap((name) => [
      flow('gateway', name, [3100], 'requests are handed on'),
      flow(name, 'cache', [11211], 'chunks and results are cached'),
    ]),
    ...OF_IT.map((name) => flow(name, pods('object storage'), 'every port', 'logs are kept there')),
    asksApiServer('backend', 'its sidecar reads rules', 'the sidecar for rules is on'),
  ],
  telemetry: [telemetry('stats.grafana.org', 'analytics.reporting_enabled: false')],
  policies: [
    {
      by: 'the chart, where it is asked to',
      effect: 'isolates every pod of the namespace, and lets DNS out for its own alone',
      off: 'networkPolicy.enabled: false',
    },
  ],
  source: 'loki 65e30f8488, chart 7.3.0 rendered, pkg/analytics/stats.go',
  versions: 'chart 7.3',
  lookedAt: LOOKED_AT,
};
