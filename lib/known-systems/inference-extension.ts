import type { KnownSystem } from './known-system';
import { asksApiServer, LOOKED_AT, part, serving } from './table';

export const inferenceExtension: KnownSystem = {
  id: 'inference-extension',
  title: 'Gateway API Inference Extension',
  role: 'gateway',
  known: { images: [] },
  parts: [part('picker', [], [serving(9002, 'the endpoint picker, for gateways')])],
  flows: [asksApiServer('picker', 'it watches pools and pods')],
  traps: ['With failureMode: FailOpen the gateway serves on where a policy closes 9002, and picks at random.'],
  unknown: ['labels and images, which are those of the implementation', 'the ports of health and metrics, likewise'],
  source:
    'gateway-api-inference-extension 84436a96, docs/proposals/002-api-proposal, site-src/api-types/inferencepool.md',
  versions: 'of August 2026, after 1.6.0',
  lookedAt: LOOKED_AT,
};
