import type { KnownSystem } from './known-system';
import { BITNAMI_POLICY, flow, LOOKED_AT, named, optional, part, peers, serving } from './table';

export const redis: KnownSystem = {
  id: 'redis',
  title: 'Redis',
  role: 'data',
  known: { images: ['redis', 'bitnami/redis-cluster', 'bitnamilegacy/redis-cluster'], runsBesideOthers: true },
  parts: [
    part(
      'redis',
      [named('chart of Bitnami 23.1', 'redis', 'master'), named('chart of Bitnami 23.1', 'redis', 'replica')],
      [
        serving(6379, 'clients, and replicas'),
        optional(peers(26379, 'Sentinel')),
        optional(peers(16379, 'the bus of a cluster')),
      ],
    ),
  ],
  flows: [
    flow('redis', 'redis', [6379], 'replicas follow the master', 'there are replicas'),
    flow('redis', 'redis', [16379], 'nodes of a cluster find each other', 'it runs as a cluster'),
    flow('redis', 'redis', [26379], 'Sentinels agree who is the master', 'Sentinel is on'),
  ],
  policies: [BITNAMI_POLICY],
  traps: ['A chart that renames it as its own Valkey, as Langfuse does, labels Valkey app.kubernetes.io/name: redis.'],
  source: 'bitnami/charts 5165628ae0, redis 23.1.1 rendered, redis-cluster values.yaml',
  versions: 'chart of Bitnami 23.1',
  lookedAt: LOOKED_AT,
};
