import type { KnownSystem } from './known-system';
import { flow, health, named, part, pods, serving, system } from './table';

export const langfuse: KnownSystem = {
  id: 'langfuse',
  title: 'Langfuse',
  role: 'observability',
  known: { images: [] },
  parts: [
    part('web', [named('chart 2.0', 'langfuse', 'web')], [serving(3000, 'the user interface and the API')], {
      images: ['langfuse/langfuse'],
    }),
    part('worker', [named('chart 2.0', 'langfuse', 'worker')], [health(3030, 'probes')], {
      images: ['langfuse/langfuse-worker'],
    }),
  ],
  flows: ['web', 'worker'].flatMap((name) => [
    flow(name, system('clickhouse', 'ClickHouse'), [8123, 9000], 'traces are kept there'),
    flow(name, system('postgresql', 'PostgreSQL'), [5432], 'projects and users are kept there'),
    flow(name, system('redis', 'Redis'), [6379], 'events wait there'),
    flow(name, pods('object storage'), 'every port', 'events and media are kept there'),
  ]),
  traps: [
    'Its pods have app: web and app: worker beside their name, which those of others may have too.',
    'The Valkey of its chart has app.kubernetes.io/name: redis, and the SeaweedFS s3.',
    'With a licence for the enterprise edition TELEMETRY_ENABLED=false does not switch telemetry off.',
  ],
  unknown: ['the host that telemetry goes to (PostHog)'],
  source: 'langfuse-k8s f5e4abf, 2.0.0 rendered; langfuse 0fcc48ca, web/src/features/telemetry/index.ts',
  versions: 'chart 2.0',
  lookedAt: '2026-11-28',
};
