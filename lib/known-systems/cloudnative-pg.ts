import type { FlowEnd, KnownSystem } from './known-system';

const OPERATOR: FlowEnd = {
  kind: 'system',
  title: 'CloudNativePG operator',
  labels: { 'app.kubernetes.io/name': 'cloudnative-pg' },
  namespace: 'cnpg-system',
};

export const cloudNativePg: KnownSystem = {
  id: 'cloudnative-pg',
  title: 'CloudNativePG',
  role: 'data',
  known: {
    images: ['cloudnative-pg/postgresql'],
    kinds: ['postgresql.cnpg.io/Cluster'],
    labelKeys: ['cnpg.io/cluster'],
  },
  parts: [
    {
      name: 'instance',
      labels: [{ labels: { 'cnpg.io/podRole': 'instance' }, keys: ['cnpg.io/cluster'] }],
      ports: [
        { number: 5432, purpose: 'serving', what: 'clients, and replicas' },
        { number: 8000, purpose: 'administration', what: 'the status, which the operator asks and orders by' },
        { number: 9187, purpose: 'metrics', what: 'metrics' },
      ],
    },
  ],
  flows: [
    {
      from: { kind: 'part', name: 'instance' },
      to: { kind: 'part', name: 'instance' },
      ports: [5432],
      because: 'replicas follow the primary',
    },
    {
      from: OPERATOR,
      to: { kind: 'part', name: 'instance' },
      ports: [5432, 8000],
      because: 'the operator runs the cluster',
    },
    {
      from: { kind: 'part', name: 'instance' },
      to: { kind: 'api-server' },
      because: 'instances read and report their state',
    },
  ],
  source: 'cloudnative-pg a95a534db, docs/src/security.md, pkg/management/url/url.go; chart 0.29.0',
  versions: 'of August 2026',
  lookedAt: '2026-11-27',
};
