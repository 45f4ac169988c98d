import type { KnownSystem } from './known-system';

export const qdrant: KnownSystem = {
  id: 'qdrant',
  title: 'Qdrant',
  role: 'data',
  known: { images: ['qdrant/qdrant'] },
  parts: [
    {
      name: 'qdrant',
      labels: [
        {
          labels: { app: 'qdrant', 'app.kubernetes.io/name': 'qdrant' },
          keys: ['app.kubernetes.io/instance'],
          of: 'chart 1.19',
        },
      ],
      ports: [
        { number: 6333, purpose: 'serving', what: 'HTTP, with metrics and probes', metricsAt: '/metrics' },
        { number: 6334, purpose: 'serving', what: 'gRPC' },
        { number: 6335, purpose: 'peers', what: 'the consensus of its nodes' },
      ],
    },
  ],
  flows: [
    {
      from: { kind: 'part', name: 'qdrant' },
      to: { kind: 'part', name: 'qdrant' },
      ports: [6335],
      because: 'nodes of a cluster agree and replicate',
      when: 'it runs as a cluster',
    },
  ],
  telemetry: [{ host: 'telemetry.qdrant.io', off: 'QDRANT__TELEMETRY_DISABLED=true' }],
  traps: [
    'The Service of the chart offers the port of its nodes, 6335, to clients.',
    'There is no key by default.',
    'Test pods of the chart have the labels of the application.',
  ],
  source: 'qdrant 74f3e85b94, config/config.yaml, src/common/telemetry_reporting.rs; qdrant-helm 1.19.0',
  versions: '1.19',
  lookedAt: '2026-11-27',
};
