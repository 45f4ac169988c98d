import type { KnownSystem } from './known-system';
import { administration, flow, LOOKED_AT, named, part, pods, serving } from './table';

export const apisix: KnownSystem = {
  id: 'apisix',
  title: 'APISIX',
  role: 'gateway',
  known: { images: ['apache/apisix'] },
  parts: [
    part(
      'apisix',
      [named('chart 2.14', 'apisix')],
      [
        serving(9080, 'HTTP'),
        serving(9443, 'HTTPS'),
        administration(9180, 'the admin API'),
        administration(9090, 'the control API'),
      ],
    ),
  ],
  flows: [
    flow('apisix', pods('etcd', { 'app.kubernetes.io/name': 'etcd' }), [2379], 'its configuration is kept there'),
  ],
  policies: [
    {
      by: 'the chart, for its etcd',
      effect: '2379 and 2380 from any source, and every destination',
      off: 'etcd.networkPolicy.enabled: false',
    },
  ],
  traps: ['The admin API has a key that everybody knows, and nothing but a list of addresses guards it.'],
  source: 'apisix-helm-chart 60c9cbb, 2.14.0 rendered',
  versions: 'chart 2.14',
  lookedAt: LOOKED_AT,
};
