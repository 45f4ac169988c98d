import type { KnownSystem } from './known-system';
import { administration, asksApiServer, LOOKED_AT, metrics, named, part, serving } from './table';

export const traefik: KnownSystem = {
  id: 'traefik',
  title: 'Traefik',
  role: 'gateway',
  known: { images: ['traefik'] },
  parts: [
    part(
      'traefik',
      [named('chart 41', 'traefik')],
      [
        serving(8000, 'HTTP'),
        serving(8443, 'HTTPS'),
        administration(8080, 'the API and the dashboard, with probes'),
        metrics(9100, 'metrics'),
      ],
    ),
  ],
  flows: [asksApiServer('traefik')],
  traps: [
    'The label app.kubernetes.io/instance is the release and the namespace, joined by a hyphen.',
    'It looks for newer releases unless checkNewVersion is false.',
  ],
  unknown: ['the host of which newer releases are asked'],
  source: 'traefik-helm-chart a8a66d00, 41.3.0 rendered',
  versions: 'chart 41.3',
  lookedAt: LOOKED_AT,
};
