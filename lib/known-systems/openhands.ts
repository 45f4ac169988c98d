import type { KnownSystem } from './known-system';
import { asksApiServer, BITNAMI_POLICY, flow, LOOKED_AT, labelled, named, part, serving } from './table';

const OPEN = 'chart 0.7';

export const openhands: KnownSystem = {
  id: 'openhands',
  title: 'OpenHands',
  role: 'agents',
  known: { images: [] },
  parts: [
    ...['openhands', 'openhands-integrations', 'openhands-mcp'].map((app) =>
      part(app, [labelled(OPEN, { app })], [serving(3000, 'the user interface and the API')]),
    ),
    part('runtime-api', [named(OPEN, 'runtime-api')], [serving(5000, 'starts sandboxes')], {
      images: ['openhands/runtime-api'],
    }),
    part('sandbox', [], [serving(60000, 'the agent server, which runs code'), serving(60001, 'an editor')], {
      madeBy: 'the runtime API',
    }),
  ],
  flows: [
    flow('openhands', 'runtime-api', [5000], 'the application asks for sandboxes'),
    flow('openhands', 'sandbox', [60000], 'the application works in sandboxes'),
    asksApiServer('runtime-api', 'it makes pods'),
  ],
  policies: [{ ...BITNAMI_POLICY, by: 'the charts of Bitnami for its PostgreSQL and Redis' }],
  traps: [
    'Pods of the application have the label app alone, without the release.',
    'Pods of its CronJobs have no labels, so that they hang under a default deny.',
  ],
  unknown: ['labels of sandboxes', 'which image each part of the application has'],
  source: 'OpenHands-Cloud 75ceeb8, openhands 0.7.19 rendered',
  versions: 'chart 0.7',
  lookedAt: LOOKED_AT,
};
