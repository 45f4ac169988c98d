import type { KnownSystem } from './known-system';
import { asksApiServer, flow, LOOKED_AT, metrics, named, part, pods } from './table';

export const kuberay: KnownSystem = {
  id: 'kuberay',
  title: 'KubeRay operator',
  role: 'cluster',
  known: { images: ['kuberay/operator'] },
  parts: [part('operator', [named('chart of August 2026', 'kuberay-operator')], [metrics(8080, 'metrics and probes')])],
  flows: [
    flow(
      'operator',
      pods('heads of Ray', { 'ray.io/node-type': 'head' }),
      [8265, 8000],
      'it submits jobs and asks how Serve is',
    ),
    asksApiServer('operator'),
  ],
  source: 'kuberay feeaf72fa, helm-chart/kuberay-operator rendered',
  versions: 'of August 2026, after 1.7.0-rc.0',
  lookedAt: LOOKED_AT,
};
