import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, flow, LOOKED_AT, NODES, part, webhook } from './table';

export const metricsServer: KnownSystem = {
  id: 'metrics-server',
  title: 'metrics-server',
  role: 'cluster',
  known: { images: ['metrics-server/metrics-server'] },
  parts: [part('metrics-server', [], [webhook(10250, 'an aggregated API')])],
  flows: [
    calledByApiServer('metrics-server', 10250, 'it serves an aggregated API'),
    flow('metrics-server', NODES, [10250], 'kubelets are asked by the addresses of nodes'),
    asksApiServer('metrics-server'),
  ],
  unknown: ['labels'],
  source: 'metrics-server 5ed5d3a2, 3.13.1 rendered',
  versions: 'chart 3.13',
  lookedAt: LOOKED_AT,
};
