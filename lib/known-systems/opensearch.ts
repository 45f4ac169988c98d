import type { KnownSystem } from './known-system';
import { BITNAMI_POLICY, flow, LOOKED_AT, metrics, named, part, peers, serving } from './table';

export const opensearch: KnownSystem = {
  id: 'opensearch',
  title: 'OpenSearch',
  role: 'data',
  known: { images: ['opensearchproject/opensearch', 'bitnami/opensearch', 'bitnamilegacy/opensearch'] },
  parts: [
    part(
      'node',
      [named('chart 3.6', 'opensearch')],
      [serving(9200, 'HTTP'), peers(9300, 'transport between nodes'), metrics(9600, 'the performance analyzer')],
    ),
    part('dashboards', [], [serving(5601, 'the user interface')], {
      role: 'observability',
      images: ['opensearchproject/opensearch-dashboards'],
    }),
  ],
  flows: [
    flow('node', 'node', [9300], 'nodes of a cluster find each other and replicate'),
    flow('dashboards', 'node', [9200], 'pages ask the cluster'),
  ],
  policies: [
    {
      by: 'the chart, where it is asked to',
      effect: 'nothing: it selects a label that no pod of the chart has',
      off: 'networkPolicy.create: false',
    },
    BITNAMI_POLICY,
  ],
  traps: ['The policy of the chart protects nothing, as it selects no pod.'],
  unknown: ['labels of the dashboards'],
  source: 'opensearch-project/helm-charts 3c0157e, opensearch 3.6.0 rendered; bitnami/charts 5165628ae0',
  versions: 'chart 3.6',
  lookedAt: LOOKED_AT,
};
