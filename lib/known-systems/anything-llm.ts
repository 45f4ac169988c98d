import type { KnownSystem } from './known-system';
import { LOOKED_AT, part, peers, serving, telemetry } from './table';

export const anythingLlm: KnownSystem = {
  id: 'anything-llm',
  title: 'AnythingLLM',
  role: 'agents',
  known: { images: ['mintplexlabs/anythingllm', 'mintplex-labs/anything-llm'] },
  parts: [
    part(
      'anything-llm',
      [],
      [
        serving(3001, 'the user interface and the API'),
        peers(8888, 'the collector of documents, which fetches addresses of users'),
      ],
    ),
  ],
  telemetry: [telemetry('us.i.posthog.com', 'DISABLE_TELEMETRY=true')],
  unknown: ['labels of its chart'],
  source:
    'anything-llm 72aabbd15, docker/.env.example, collector/index.js, server/models/telemetry.js; posthog-node 5.70.0',
  versions: 'of August 2026, after 1.16.0',
  lookedAt: LOOKED_AT,
};
