import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, health, LOOKED_AT, labelled, metrics, part, webhook } from './table';

export const kueue: KnownSystem = {
  id: 'kueue',
  title: 'Kueue',
  role: 'cluster',
  known: { images: ['kueue/kueue'] },
  parts: [
    part(
      'controller',
      [labelled('chart 0.19', { 'app.kubernetes.io/name': 'kueue', 'control-plane': 'controller-manager' })],
      [
        webhook(9443, 'admission'),
        webhook(8082, 'an aggregated API'),
        metrics(8443, 'metrics'),
        health(8081, 'probes'),
      ],
    ),
  ],
  flows: [
    calledByApiServer('controller', 9443, 'its webhook fails closed'),
    calledByApiServer('controller', 8082, 'it serves an aggregated API'),
    asksApiServer('controller'),
  ],
  traps: ['MultiKueue calls the API servers of other clusters.'],
  source: 'kueue ff69552e79, chart 0.19.2 rendered',
  versions: 'chart 0.19',
  lookedAt: LOOKED_AT,
};
