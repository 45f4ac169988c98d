import type { KnownSystem } from './known-system';
import { LOOKED_AT, metrics, named, optional, part, serving } from './table';

export const flowise: KnownSystem = {
  id: 'flowise',
  title: 'Flowise',
  role: 'agents',
  known: { images: ['flowiseai/flowise'] },
  parts: [
    part(
      'flowise',
      [named('chart of cowboysysop 6.0', 'flowise', 'flowise')],
      [serving(3000, 'the user interface and the API'), optional(metrics(5566, 'a worker of the queue'))],
    ),
  ],
  traps: ['HTTP_SECURITY_CHECK and HTTP_DENY_LIST say what users may have it fetch.'],
  source:
    'flowise ababf4c8e, docker/.env.example, packages/server/src/utils/telemetry.ts; chart of cowboysysop 6.0.0 rendered',
  versions: 'of July 2026, after 3.1.3',
  lookedAt: LOOKED_AT,
};
