import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  BITNAMI_POLICY,
  calledByApiServer,
  flow,
  health,
  LOOKED_AT,
  labelled,
  optional,
  part,
  peers,
  serving,
  webhook,
} from './table';

export const elasticsearch: KnownSystem = {
  id: 'elasticsearch',
  title: 'Elasticsearch',
  role: 'data',
  known: {
    images: ['elasticsearch/elasticsearch', 'bitnami/elasticsearch', 'bitnamilegacy/elasticsearch'],
    kinds: ['elasticsearch.k8s.elastic.co/Elasticsearch'],
    labelKeys: ['elasticsearch.k8s.elastic.co/cluster-name'],
  },
  parts: [
    part(
      'node',
      [
        labelled(
          'ECK of August 2026',
          { 'common.k8s.elastic.co/type': 'elasticsearch' },
          'elasticsearch.k8s.elastic.co/cluster-name',
        ),
      ],
      [serving(9200, 'HTTP'), peers(9300, 'transport between nodes'), optional(peers(9443, 'other clusters'))],
      { madeBy: 'the operator, from an Elasticsearch' },
    ),
    part('operator', [], [webhook(9443, 'admission'), health(8081, 'probes')], {
      role: 'cluster',
      images: ['eck/eck-operator'],
    }),
  ],
  flows: [
    flow('node', 'node', [9300], 'nodes of a cluster find each other and replicate'),
    flow('operator', 'node', [9200], 'the operator runs the cluster'),
    calledByApiServer('operator', 9443),
    asksApiServer('operator'),
  ],
  policies: [
    {
      by: 'the chart of the operator, with softMultiTenancy',
      effect: 'DNS over UDP to anywhere, 9200 and 9300 by tenant, and no store for snapshots',
      off: 'softMultiTenancy.enabled: false',
    },
    BITNAMI_POLICY,
  ],
  unknown: ['labels of the operator'],
  source: 'cloud-on-k8s 7b93383d8, pkg/controller/elasticsearch/label, network, chart rendered',
  versions: 'ECK of August 2026, after 3.5.0',
  lookedAt: LOOKED_AT,
};
