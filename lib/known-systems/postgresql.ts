import type { KnownSystem } from './known-system';

export const postgresql: KnownSystem = {
  id: 'postgresql',
  title: 'PostgreSQL',
  role: 'data',
  known: { images: ['postgres', 'bitnami/postgresql', 'bitnamilegacy/postgresql', 'pgvector/pgvector'] },
  parts: [
    {
      name: 'postgresql',
      labels: [
        {
          labels: { 'app.kubernetes.io/name': 'postgresql' },
          keys: ['app.kubernetes.io/component', 'app.kubernetes.io/instance'],
          of: 'chart of Bitnami 17.1',
        },
      ],
      ports: [{ number: 5432, purpose: 'serving', what: 'clients, and replicas' }],
    },
  ],
  policies: [
    {
      by: 'the chart of Bitnami',
      effect: 'its port from any source, and every destination',
      off: 'networkPolicy.allowExternal: false and allowExternalEgress: false, or networkPolicy.enabled: false',
    },
  ],
  source: 'bitnami/charts 5165628ae0, postgresql 17.1.0 rendered',
  versions: 'chart of Bitnami 17.1',
  lookedAt: '2026-11-27',
};
