import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, metrics, named, optional, part, serving } from './table';

export const valkey: KnownSystem = {
  id: 'valkey',
  title: 'Valkey',
  role: 'data',
  known: { images: ['valkey/valkey', 'bitnami/valkey', 'bitnamilegacy/valkey'], runsBesideOthers: true },
  parts: [
    part(
      'valkey',
      [named('chart 0.11', 'valkey')],
      [serving(6379, 'clients, and replicas'), optional(metrics(9121, 'the exporter'))],
    ),
  ],
  flows: [flow('valkey', 'valkey', [6379], 'replicas follow the primary', 'there are replicas')],
  policies: [
    {
      by: 'the chart, where it is asked to',
      effect: 'nothing, where enabled: true is all that is said',
      off: 'networkPolicy.enabled: false',
    },
  ],
  source: 'valkey-helm dbcf6a6, 0.11.0 rendered',
  versions: 'chart 0.11',
  lookedAt: LOOKED_AT,
};
