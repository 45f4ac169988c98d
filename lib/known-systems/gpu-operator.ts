import type { KnownSystem } from './known-system';
import { asksApiServer, health, LOOKED_AT, metrics, part } from './table';

export const gpuOperator: KnownSystem = {
  id: 'gpu-operator',
  title: 'NVIDIA GPU Operator',
  role: 'cluster',
  known: { images: ['nvidia/gpu-operator', 'nvidia/k8s-device-plugin'], kinds: ['nvidia.com/ClusterPolicy'] },
  parts: [
    part('operator', [], [metrics(8080, 'metrics'), health(8081, 'probes')], { images: ['nvidia/gpu-operator'] }),
    part('device-plugin', [], [], {
      images: ['nvidia/k8s-device-plugin'],
      madeBy: 'the operator, from a ClusterPolicy',
    }),
    part('node-status', [], [metrics(8000, 'metrics of each node')], { madeBy: 'the operator, from a ClusterPolicy' }),
  ],
  flows: [asksApiServer('operator')],
  traps: [
    'It has no webhook, and its pods are not on the host network, though they share processes with it.',
    'The exporter and the engine of DCGM are pods of their own (dcgm-exporter).',
  ],
  unknown: ['labels', 'what drivers are fetched from'],
  source: 'gpu-operator a22dbf671, assets, chart rendered; k8s-device-plugin 1b826acc6, 0.20.0 rendered',
  versions: 'of August 2026, after 26.7.0',
  lookedAt: LOOKED_AT,
};
