import type { KnownSystem } from './known-system';
import { LOOKED_AT, metrics, part, request, serving } from './table';

export const mlserver: KnownSystem = {
  id: 'mlserver',
  title: 'MLServer',
  role: 'inference',
  known: { images: ['seldonio/mlserver'] },
  parts: [part('mlserver', [], [serving(8080, 'HTTP'), serving(8081, 'gRPC'), metrics(8082, 'metrics')])],
  requests: [
    { method: 'POST', path: '/v2/models/*' },
    { method: 'GET', path: '/v2/health/*' },
  ],
  administration: [request('POST /v2/repository/models/*', 'loads and unloads models')],
  unknown: ['labels, as there is no official chart'],
  source: 'mlserver a325e523, mlserver/settings.py; mlserver 1.7.1',
  versions: '1.7.1',
  lookedAt: LOOKED_AT,
};
