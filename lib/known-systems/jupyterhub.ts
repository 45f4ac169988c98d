import type { KnownSystem } from './known-system';
import { administration, asksApiServer, flow, LOOKED_AT, labelled, optional, part, serving } from './table';

const of = (component: string) => [labelled('chart of July 2026', { app: 'jupyterhub', component }, 'release')];

export const jupyterhub: KnownSystem = {
  id: 'jupyterhub',
  title: 'JupyterHub',
  role: 'agents',
  known: { images: [] },
  parts: [
    part('hub', of('hub'), [serving(8081, 'the API of the hub')], { images: ['jupyterhub/k8s-hub'] }),
    part(
      'proxy',
      of('proxy'),
      [
        serving(8000, 'HTTP'),
        optional(serving(8443, 'HTTPS')),
        administration(8001, 'the API by which the hub sets routes'),
      ],
      { images: ['jupyterhub/configurable-http-proxy'] },
    ),
    part('singleuser-server', of('singleuser-server'), [serving(8888, 'a notebook, which runs code')], {
      images: ['jupyterhub/k8s-singleuser-sample'],
      madeBy: 'the hub, for each user',
    }),
  ],
  flows: [
    flow('proxy', 'hub', [8081], 'users sign in'),
    flow('hub', 'proxy', [8001], 'the hub sets routes'),
    flow('proxy', 'singleuser-server', [8888], 'users work in their notebooks'),
    flow('hub', 'singleuser-server', [8888], 'the hub asks whether a notebook is there'),
    flow('singleuser-server', 'hub', [8081], 'notebooks ask who a user is'),
    asksApiServer('hub', 'the hub starts notebooks'),
  ],
  policies: [
    {
      by: 'the chart',
      effect:
        'in, pods with its access labels; out, for hub and proxy everything, and for notebooks every public address',
      off: 'hub.networkPolicy.enabled, proxy.chp.networkPolicy.enabled and singleuser.networkPolicy.enabled: false',
    },
  ],
  traps: [
    'A pod that gets one of the labels hub.jupyter.org/network-access-… gets the access.',
    'What its policies let notebooks reach, no other policy takes away.',
  ],
  source: 'zero-to-jupyterhub-k8s 48ea50e3, rendered',
  versions: 'of July 2026, after 4.3.2',
  lookedAt: LOOKED_AT,
};
