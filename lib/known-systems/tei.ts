import type { KnownSystem } from './known-system';
import { call, LOOKED_AT, metrics, optional, part, serving } from './table';

export const tei: KnownSystem = {
  id: 'tei',
  title: 'Text Embeddings Inference',
  role: 'inference',
  known: { images: ['huggingface/text-embeddings-inference', 'text-embeddings-inference'] },
  parts: [
    part(
      'tei',
      [],
      [
        serving(80, 'the API in the image'),
        optional(serving(3000, 'the API as the program has it')),
        metrics(9000, 'Prometheus'),
      ],
    ),
  ],
  calls: [call('huggingface.co', 'weights are pulled from the Hub', { when: 'they are not mounted' })],
  unknown: ['labels, as there is no official chart'],
  source: 'text-embeddings-inference 0d124dc, router/src/main.rs, Dockerfile, README.md',
  versions: 'of July 2026, after 1.9.3',
  lookedAt: LOOKED_AT,
};
