import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, health, LOOKED_AT, metrics, named, part, webhook } from './table';

export const externalSecrets: KnownSystem = {
  id: 'external-secrets',
  title: 'External Secrets',
  role: 'cluster',
  known: { images: ['external-secrets/external-secrets'] },
  parts: [
    part('controller', [named('chart 2.9', 'external-secrets')], [metrics(8080, 'metrics'), health(8082, 'probes')]),
    part(
      'webhook',
      [named('chart 2.9', 'external-secrets-webhook')],
      [webhook(10250, 'admission'), metrics(8080, 'metrics'), health(8081, 'probes')],
    ),
    part(
      'cert-controller',
      [named('chart 2.9', 'external-secrets-cert-controller')],
      [metrics(8080, 'metrics'), health(8081, 'probes')],
    ),
  ],
  flows: [
    calledByApiServer('webhook', 10250, 'its webhook fails closed'),
    asksApiServer('controller'),
    asksApiServer('webhook'),
    asksApiServer('cert-controller'),
  ],
  policies: [
    { by: 'the chart, where it is asked to', effect: 'nothing out at all', off: 'networkPolicy.enabled: false' },
  ],
  traps: ['The controller calls the stores of secrets that its objects name.'],
  source: 'external-secrets cc5bfbc22, 2.9.0 rendered',
  versions: 'chart 2.9',
  lookedAt: LOOKED_AT,
};
