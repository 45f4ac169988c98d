import type { KnownSystem } from './known-system';
import { LOOKED_AT, part, serving } from './table';

export const browserless: KnownSystem = {
  id: 'browserless',
  title: 'Browserless',
  role: 'agents',
  known: { images: ['browserless/chromium', 'browserless/firefox', 'browserless/multi'] },
  parts: [part('browserless', [], [serving(3000, 'HTTP, and the protocol of browsers, which drives one')])],
  traps: [
    'Without TOKEN it serves whoever asks.',
    'It opens whatever address it is given, in the cluster too: close its egress to everything that it is not for.',
  ],
  unknown: ['labels, as there is no official chart'],
  source: 'browserless 0e2f33ed, src/config.ts, docker/base/Dockerfile, README.md',
  versions: 'of August 2026, after 2.56.0',
  lookedAt: LOOKED_AT,
};
