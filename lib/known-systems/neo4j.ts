import type { KnownSystem } from './known-system';
import {
  administration,
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

export const neo4j: KnownSystem = {
  id: 'neo4j',
  title: 'Neo4j',
  role: 'data',
  known: { images: ['neo4j', 'bitnami/neo4j', 'bitnamilegacy/neo4j'] },
  parts: [
    part(
      'neo4j',
      [labelled('chart 5.17', {}, 'helm.neo4j.com/instance')],
      [
        serving(7687, 'Bolt'),
        serving(7474, 'HTTP'),
        serving(7473, 'HTTPS'),
        administration(6362, 'backups, which read everything'),
        optional(peers(5000, 'discovery, of a cluster')),
        optional(peers(6000, 'transactions, of a cluster')),
        optional(peers(7000, 'Raft, of a cluster')),
        optional(peers(7688, 'routing, of a cluster')),
        optional(metrics(2004, 'Prometheus')),
        optional(metrics(2003, 'Graphite')),
        optional(administration(3637, 'JMX')),
      ],
    ),
  ],
  flows: [
    flow(
      'neo4j',
      'neo4j',
      [5000, 6000, 7000, 7688],
      'nodes of a cluster find each other and replicate',
      'it runs as a cluster',
    ),
  ],
  policies: [BITNAMI_POLICY],
  traps: ['The Service of the chart is of type LoadBalancer by default.'],
  unknown: ['what later charts than that of March 2024 do'],
  source: 'neo4j/helm-charts 97dc7d7, 5.17.0 rendered; bitnami/charts 5165628ae0',
  versions: 'chart 5.17, of March 2024',
  lookedAt: LOOKED_AT,
};
