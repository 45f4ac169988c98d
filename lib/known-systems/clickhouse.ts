import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  BITNAMI_POLICY,
  flow,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  peers,
  serving,
} from './table';

export const clickhouse: KnownSystem = {
  id: 'clickhouse',
  title: 'ClickHouse',
  role: 'data',
  known: {
    images: [
      'clickhouse/clickhouse-server',
      'altinity/clickhouse-server',
      'bitnami/clickhouse',
      'bitnamilegacy/clickhouse',
    ],
    kinds: ['clickhouse.altinity.com/ClickHouseInstallation'],
    labelKeys: ['clickhouse.altinity.com/chi'],
  },
  parts: [
    part(
      'server',
      [labelled('operator of Altinity 0.25', {}, 'clickhouse.altinity.com/chi')],
      [
        serving(8123, 'HTTP'),
        serving(9000, 'the native protocol'),
        optional(serving(8443, 'HTTPS')),
        optional(serving(9440, 'the native protocol over TLS')),
        peers(9009, 'replication'),
      ],
    ),
    part('keeper', [], [peers(2181, 'Keeper, for servers'), peers(9444, 'Raft')], {
      images: ['clickhouse/clickhouse-keeper'],
    }),
    part('operator', [], [metrics(8888, 'metrics'), metrics(9999, 'metrics of the operator')], {
      role: 'cluster',
      images: ['altinity/clickhouse-operator', 'altinity/metrics-exporter'],
    }),
  ],
  flows: [
    flow(
      'server',
      'server',
      [9009, 9000],
      'replicas fetch parts, and queries go to every shard',
      'it has shards or replicas',
    ),
    flow('server', 'keeper', [2181], 'replicas agree there', 'it has replicas'),
    flow('keeper', 'keeper', [9444], 'Keepers agree among themselves', 'there are several'),
    flow('operator', 'server', [8123], 'the operator runs the cluster'),
    asksApiServer('operator'),
  ],
  policies: [BITNAMI_POLICY],
  unknown: ['labels of Keeper and of the operator'],
  source: 'clickhouse-operator 50e8d0490, type_host.go, chart 0.25.6 rendered; bitnami/charts 5165628ae0',
  versions: 'operator of Altinity 0.25',
  lookedAt: LOOKED_AT,
};
