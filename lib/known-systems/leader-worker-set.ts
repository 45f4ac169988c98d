import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  calledByApiServer,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  webhook,
} from './table';

export const leaderWorkerSet: KnownSystem = {
  id: 'leader-worker-set',
  title: 'LeaderWorkerSet',
  role: 'cluster',
  known: { images: ['lws/lws'] },
  parts: [
    part(
      'controller',
      [labelled('chart of August 2026', { 'app.kubernetes.io/name': 'lws' })],
      [webhook(9443, 'admission'), optional(metrics(8443, 'metrics')), health(8081, 'probes')],
    ),
  ],
  flows: [calledByApiServer('controller', 9443, 'its webhook fails closed'), asksApiServer('controller')],
  traps: [
    'Pods of a group share leaderworkerset.sigs.k8s.io/name and group-index: isolate each group by both, and its leader by worker-index "0".',
  ],
  source: 'lws 060ab4d, api/leaderworkerset/v1/leaderworkerset_types.go, chart rendered',
  versions: 'of August 2026, after 0.10.0',
  lookedAt: LOOKED_AT,
};
