import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, labelled, metrics, named, part, pods } from './table';

export const dcgmExporter: KnownSystem = {
  id: 'dcgm-exporter',
  title: 'DCGM exporter',
  role: 'observability',
  known: { images: ['nvidia/k8s/dcgm-exporter', 'dcgm-exporter'] },
  parts: [
    part(
      'exporter',
      [named('chart 4.8', 'dcgm-exporter'), labelled('GPU operator', { app: 'nvidia-dcgm-exporter' })],
      [metrics(9400, 'metrics of GPUs')],
    ),
  ],
  flows: [
    flow(
      'exporter',
      pods('the host engine of DCGM', { app: 'nvidia-dcgm' }),
      [5555],
      'figures come from there',
      'the engine runs apart',
    ),
  ],
  source: 'dcgm-exporter d5e5f51, chart 4.8.2 rendered; gpu-operator a22dbf671, assets',
  versions: 'chart 4.8',
  lookedAt: LOOKED_AT,
};
