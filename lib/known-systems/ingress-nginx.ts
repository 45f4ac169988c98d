import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, LOOKED_AT, metrics, named, part, serving, webhook } from './table';

export const ingressNginx: KnownSystem = {
  id: 'ingress-nginx',
  title: 'Ingress NGINX',
  role: 'gateway',
  known: { images: ['ingress-nginx/controller'] },
  parts: [
    part(
      'controller',
      [named('chart 4.15', 'ingress-nginx', 'controller')],
      [serving(80, 'HTTP'), serving(443, 'HTTPS'), webhook(8443, 'admission'), metrics(10254, 'metrics and probes')],
    ),
  ],
  flows: [calledByApiServer('controller', 8443, 'its webhook fails closed'), asksApiServer('controller')],
  policies: [
    {
      by: 'the chart, where it is asked to',
      effect: '80, 443 and 8443 from any source and every destination, and nothing for scraping',
      off: 'controller.networkPolicy.enabled: false',
    },
  ],
  traps: ['It is retired: the last commit is of March 2026.'],
  source: 'ingress-nginx dbb11b92d, chart 4.15.1 rendered',
  versions: 'chart 4.15',
  lookedAt: LOOKED_AT,
};
