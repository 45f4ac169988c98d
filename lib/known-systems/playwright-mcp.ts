import type { KnownSystem } from './known-system';
import { part, serving } from './table';

export const playwrightMcp: KnownSystem = {
  id: 'playwright-mcp',
  title: 'Playwright MCP',
  role: 'agents',
  known: { images: ['playwright/mcp'] },
  parts: [
    part('playwright-mcp', [], [serving(8931, 'MCP over HTTP at /mcp, on the port that its README starts it with')]),
  ],
  traps: [
    'It serves nobody without --port, and its own pod alone without --host 0.0.0.0.',
    'It opens whatever address it is told to, in the cluster too: close its egress to everything that it is not for.',
    '--allowed-origins and --blocked-origins are no boundary, and redirects pass them.',
    'The image starts the browser without its sandbox.',
  ],
  unknown: [
    'labels, as there is no official chart',
    'the port of run-server of Playwright itself, which is given at start',
  ],
  source: 'microsoft/playwright-mcp 7e0457a, README.md, Dockerfile',
  versions: '0.0.79',
  lookedAt: '2026-11-28',
};
