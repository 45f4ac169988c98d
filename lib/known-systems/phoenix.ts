import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, metrics, part, serving, system } from './table';

export const phoenix: KnownSystem = {
  id: 'phoenix',
  title: 'Phoenix',
  role: 'observability',
  known: { images: ['arizephoenix/phoenix'] },
  parts: [
    part(
      'phoenix',
      [],
      [
        serving(6006, 'the user interface, and OTLP over HTTP'),
        serving(4317, 'OTLP over gRPC'),
        metrics(9090, 'metrics'),
      ],
    ),
  ],
  flows: [
    flow('phoenix', system('postgresql', 'PostgreSQL'), [5432], 'traces are kept there', 'the database is PostgreSQL'),
  ],
  traps: [
    'The Service of the chart is of type NodePort.',
    'The only label of its pods is app with the name of the release.',
    'Browsers of its users report to Scarf and FullStory unless PHOENIX_TELEMETRY_ENABLED is false.',
  ],
  source: 'phoenix 9478f954bb, helm 12.0.4 rendered, src/phoenix/config.py',
  versions: 'chart 12.0',
  lookedAt: LOOKED_AT,
};
