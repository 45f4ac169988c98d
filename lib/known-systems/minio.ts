import type { KnownSystem } from './known-system';
import { asksApiServer, flow, part, peers } from './table';

export const minio: KnownSystem = {
  id: 'minio',
  title: 'MinIO',
  role: 'data',
  known: {
    images: ['minio/minio', 'bitnami/minio', 'bitnamilegacy/minio'],
    kinds: ['minio.min.io/Tenant'],
    labelKeys: ['v1.min.io/tenant'],
  },
  parts: [
    {
      name: 'minio',
      labels: [
        { labels: { app: 'minio' }, keys: ['release'], of: 'chart 5.4' },
        { labels: {}, keys: ['v1.min.io/tenant'], of: 'operator 7.1' },
      ],
      ports: [
        { number: 9000, purpose: 'serving', what: 'the API, which its nodes use among themselves as well' },
        { number: 9001, purpose: 'administration', what: 'the console' },
        { number: 9090, purpose: 'administration', what: 'the console of a tenant', isOptional: true },
        { number: 9443, purpose: 'administration', what: 'the console of a tenant over TLS', isOptional: true },
      ],
    },
    part('operator', [], [peers(4221, 'its API'), peers(4223, 'credentials, for pods of tenants')], {
      role: 'cluster',
      images: ['minio/operator'],
    }),
  ],
  flows: [
    flow('minio', 'minio', [9000], 'nodes reach each other on the port of the API', 'it runs on several nodes'),
    flow('operator', 'minio', [9000], 'the operator runs the tenant', 'there is an operator'),
    asksApiServer('operator'),
  ],
  policies: [
    {
      by: 'the chart of Bitnami',
      effect: 'its ports from any source, and every destination',
      off: 'networkPolicy.allowExternal: false and allowExternalEgress: false, or networkPolicy.enabled: false',
    },
  ],
  traps: ['Pods of the Job that makes buckets (app: minio-job) need the API too.'],
  unknown: ['labels of the operator that say more than that it is one'],
  source: 'minio 7aac2a2c5, helm/minio 5.4.0; minio/operator 0ee2c254',
  versions: 'chart 5.4, operator 7.1',
  lookedAt: '2026-11-27',
};
