import type { KnownSystem } from './known-system';
import {
  administration,
  BITNAMI_POLICY,
  flow,
  LOOKED_AT,
  named,
  optional,
  part,
  peers,
  serving,
  system,
  telemetry,
} from './table';

const of = (component: string) => [named('chart of the community 0.9', 'dify', component)];
const STORES = [
  [system('postgresql', 'PostgreSQL'), 5432, 'applications are kept there'],
  [system('redis', 'Redis'), 6379, 'tasks wait there'],
] as const;

export const dify: KnownSystem = {
  id: 'dify',
  title: 'Dify',
  role: 'agents',
  known: { images: [] },
  parts: [
    part('api', of('api'), [serving(5001, 'the API')], { images: ['langgenius/dify-api'] }),
    part('worker', of('worker'), []),
    part('worker-beat', of('worker-beat'), []),
    part('frontend', of('frontend'), [serving(3000, 'the user interface')], { images: ['langgenius/dify-web'] }),
    part('sandbox', of('sandbox'), [peers(8194, 'code to run, from the API and workers')], {
      images: ['langgenius/dify-sandbox'],
    }),
    part(
      'plugin-daemon',
      of('plugin-daemon'),
      [peers(5002, 'plugins, for the API and workers'), optional(administration(5003, 'debugging of plugins'))],
      { images: ['langgenius/dify-plugin-daemon'] },
    ),
  ],
  flows: [
    flow('frontend', 'api', [5001], 'pages ask the API'),
    ...['api', 'worker'].flatMap((name) => [
      flow(name, 'sandbox', [8194], 'workflows run code'),
      flow(name, 'plugin-daemon', [5002], 'workflows use plugins'),
      ...STORES.map(([store, port, because]) => flow(name, store, [port], because)),
    ]),
  ],
  telemetry: [
    telemetry('updates.dify.ai', 'CHECK_UPDATE_URL=', { what: 'looks for a newer release' }),
    telemetry('marketplace.dify.ai', 'MARKETPLACE_ENABLED=false', { what: 'offers plugins' }),
  ],
  policies: [{ ...BITNAMI_POLICY, by: 'the charts of Bitnami for its PostgreSQL and Redis' }],
  traps: [
    'The chart of the community has no ssrf-proxy, so that code in the sandbox reaches whatever policy leaves it.',
    'Test pods of the chart have the labels of the application.',
  ],
  source: 'douban/charts bc922d9, dify 0.9.1 rendered; langgenius/dify 0055b983, docker compose',
  versions: 'chart of the community 0.9',
  lookedAt: LOOKED_AT,
};
