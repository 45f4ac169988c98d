import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, flow, labelled, metrics, named, part, serving, webhook } from './table';

export const cloudNativePg: KnownSystem = {
  id: 'cloudnative-pg',
  title: 'CloudNativePG',
  role: 'data',
  known: {
    images: ['cloudnative-pg/postgresql'],
    kinds: ['postgresql.cnpg.io/Cluster', 'postgresql.cnpg.io/Pooler'],
    labelKeys: ['cnpg.io/cluster', 'cnpg.io/poolerName'],
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
      madeBy: 'the operator, from a Cluster',
    },
    part(
      'pooler',
      [labelled('of August 2026', { 'cnpg.io/podRole': 'pooler' }, 'cnpg.io/poolerName')],
      [serving(5432, 'clients'), metrics(9127, 'metrics')],
      { madeBy: 'the operator, from a Pooler' },
    ),
    part('operator', [named('chart 0.29', 'cloudnative-pg')], [webhook(9443, 'admission'), metrics(8080, 'metrics')], {
      role: 'cluster',
      images: ['cloudnative-pg/cloudnative-pg'],
    }),
  ],
  flows: [
    {
      from: { kind: 'part', name: 'instance' },
      to: { kind: 'part', name: 'instance' },
      ports: [5432],
      because: 'replicas follow the primary',
    },
    flow('operator', 'instance', [5432, 8000], 'the operator runs the cluster'),
    flow('pooler', 'instance', [5432], 'connections of clients are shared', 'there is a pooler'),
    calledByApiServer('operator', 9443, 'its webhook fails closed'),
    asksApiServer('operator'),
    {
      from: { kind: 'part', name: 'instance' },
      to: { kind: 'api-server' },
      because: 'instances read and report their state',
    },
  ],
  source: 'cloudnative-pg a95a534db, docs/src/security.md, pkg/management/url/url.go; chart 0.29.0',
  versions: 'of August 2026, after 1.30.0',
  lookedAt: '2026-11-27',
};
