import type { KnownSystem } from './known-system';

export const weaviate: KnownSystem = {
  id: 'weaviate',
  title: 'Weaviate',
  role: 'data',
  known: { images: ['semitechnologies/weaviate', 'weaviate/weaviate'] },
  parts: [
    {
      name: 'weaviate',
      labels: [{ labels: { app: 'weaviate', 'app.kubernetes.io/name': 'weaviate' }, of: 'chart 17.8' }],
      ports: [
        { number: 8080, purpose: 'serving', what: 'HTTP' },
        { number: 50051, purpose: 'serving', what: 'gRPC' },
        { number: 7000, purpose: 'peers', what: 'gossip' },
        { number: 7001, purpose: 'peers', what: 'data between nodes' },
        { number: 2112, purpose: 'metrics', what: 'metrics', isOptional: true },
      ],
    },
  ],
  flows: [
    {
      from: { kind: 'part', name: 'weaviate' },
      to: { kind: 'part', name: 'weaviate' },
      ports: [7000, 7001],
      because: 'nodes of a cluster find each other and replicate',
    },
  ],
  telemetry: [{ host: 'telemetry.weaviate.io', off: 'DISABLE_TELEMETRY=true' }],
  traps: ['Both Services of the chart are of type LoadBalancer, and anonymous access is on.'],
  source: 'weaviate adcffc5432, usecases/telemetry/telemetry.go; weaviate-helm 17.8.3',
  versions: 'of August 2026, after 1.39.0',
  lookedAt: '2026-11-27',
};
