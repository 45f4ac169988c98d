import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, health, LOOKED_AT, metrics, named, part, webhook } from './table';

export const certManager: KnownSystem = {
  id: 'cert-manager',
  title: 'cert-manager',
  role: 'cluster',
  known: { images: [] },
  parts: [
    part(
      'controller',
      [named('chart of August 2026', 'cert-manager', 'controller')],
      [metrics(9402, 'metrics'), health(9403, 'probes')],
      { images: ['jetstack/cert-manager-controller'] },
    ),
    part('cainjector', [named('chart of August 2026', 'cainjector', 'cainjector')], [metrics(9402, 'metrics')], {
      images: ['jetstack/cert-manager-cainjector'],
    }),
    part(
      'webhook',
      [{ ...named('chart of August 2026', 'webhook'), isGeneric: true }],
      [webhook(10250, 'admission'), health(6080, 'probes'), metrics(9402, 'metrics')],
      { images: ['jetstack/cert-manager-webhook'] },
    ),
  ],
  flows: [
    calledByApiServer('webhook', 10250, 'its webhook fails closed'),
    asksApiServer('controller'),
    asksApiServer('cainjector'),
    asksApiServer('webhook'),
  ],
  policies: [
    {
      by: 'the chart, where it is asked to',
      effect: '80, 443, 53 and 6443 of every destination',
      off: 'networkPolicy.enabled: false',
    },
  ],
  traps: [
    'Pods of the webhook have app.kubernetes.io/name: webhook, as those of others may.',
    'The controller calls the ACME server and DNS that issuers name.',
  ],
  source: 'cert-manager 2d0d7f7f7, chart rendered',
  versions: 'of August 2026, after 1.21.0-beta.0',
  lookedAt: LOOKED_AT,
};
