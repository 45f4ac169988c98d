import type { KnownSystem } from './known-system';
import { administration, LOOKED_AT, metrics, optional, part, serving, telemetry } from './table';

export const lmcache: KnownSystem = {
  id: 'lmcache',
  title: 'LMCache',
  role: 'inference',
  known: { images: [] },
  parts: [
    part(
      'server',
      [],
      [
        serving(5555, 'the cache, for engines'),
        optional(administration(8080, 'its HTTP server')),
        optional(administration(9000, 'the API server')),
        optional(metrics(9090, 'metrics')),
      ],
    ),
  ],
  telemetry: [telemetry('stats.lmcache.ai', 'LMCACHE_TRACK_USAGE=false', { port: 8080 })],
  traps: ['Its telemetry is plain HTTP to port 8080, so that a rule about 443 alone leaves it closed.'],
  unknown: ['labels and images, as there is no official chart'],
  source: 'lmcache 0.5.6, v1/config.py, v1/multiprocess/config.py, usage_telemetry/transport.py',
  versions: '0.5.6',
  lookedAt: LOOKED_AT,
};
