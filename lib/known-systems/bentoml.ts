import type { KnownSystem } from './known-system';
import { LOOKED_AT, metrics, optional, part, serving, telemetry } from './table';

export const bentoml: KnownSystem = {
  id: 'bentoml',
  title: 'BentoML',
  role: 'inference',
  known: { images: [] },
  parts: [
    part(
      'bentoml',
      [],
      [
        serving(3000, 'HTTP, or gRPC'),
        optional(metrics(3001, 'metrics of gRPC')),
        optional(serving(8000, 'a proxied service')),
      ],
    ),
  ],
  telemetry: [telemetry('t.bentoml.com', 'BENTOML_DO_NOT_TRACK=True')],
  unknown: ['labels, and images, which everybody builds for himself'],
  source: 'BentoML 32230a527, _internal/configuration, analytics/usage_stats.py',
  versions: 'of April 2026, after 1.4.38',
  lookedAt: LOOKED_AT,
};
