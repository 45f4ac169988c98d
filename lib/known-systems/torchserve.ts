import type { KnownSystem } from './known-system';
import { administration, generic, LOOKED_AT, metrics, part, serving } from './table';

export const torchserve: KnownSystem = {
  id: 'torchserve',
  title: 'TorchServe',
  role: 'inference',
  known: { images: ['pytorch/torchserve'] },
  parts: [
    part(
      'torchserve',
      [generic('of March 2025', { app: 'torchserve' })],
      [
        serving(8080, 'HTTP'),
        administration(8081, 'management, which loads models from anywhere'),
        metrics(8082, 'metrics'),
        serving(7070, 'gRPC'),
        administration(7071, 'management over gRPC'),
      ],
    ),
  ],
  traps: ['Its makers say that it is no longer maintained.', 'It listens on 127.0.0.1 unless it is told otherwise.'],
  source: 'torchserve 62c4d6a1f, docs/configuration.md, SECURITY.md',
  versions: 'of March 2025, after 0.12.0',
  lookedAt: LOOKED_AT,
};
