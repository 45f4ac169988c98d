import type { KnownSystem } from './known-system';
import {
  administration,
  asksApiServer,
  BITNAMI_POLICY,
  calledByApiServer,
  health,
  LOOKED_AT,
  metrics,
  named,
  optional,
  part,
  serving,
  webhook,
} from './table';

export const kong: KnownSystem = {
  id: 'kong',
  title: 'Kong',
  role: 'gateway',
  known: { images: ['kong', 'bitnami/kong', 'bitnamilegacy/kong'] },
  parts: [
    part(
      'kong',
      [named('chart 3.4', 'kong', 'app')],
      [
        serving(8000, 'HTTP'),
        serving(8443, 'HTTPS'),
        metrics(8100, 'status and metrics'),
        optional(administration(8001, 'the admin API')),
        optional(administration(8444, 'the admin API over TLS')),
        optional(administration(8002, 'the manager')),
        optional(administration(8445, 'the manager over TLS')),
        webhook(8080, 'admission, of the ingress controller'),
        metrics(10255, 'metrics of the ingress controller'),
        health(10254, 'probes of the ingress controller'),
      ],
    ),
  ],
  flows: [calledByApiServer('kong', 8080), asksApiServer('kong', 'the ingress controller is in the same pod')],
  policies: [BITNAMI_POLICY],
  traps: ['The admin API reroutes every request.', 'The Service of the manager is a NodePort by default.'],
  source: 'Kong/charts e76b8003, kong 3.4.1 rendered; bitnami/charts 5165628ae0',
  versions: 'chart 3.4',
  lookedAt: LOOKED_AT,
};
