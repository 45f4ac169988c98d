import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, flow, LOOKED_AT, metrics, part, peers, webhook } from './table';

export const keda: KnownSystem = {
  id: 'keda',
  title: 'KEDA',
  role: 'cluster',
  known: { images: [] },
  parts: [
    part('operator', [], [peers(9666, 'gRPC, for the metrics server')], { images: ['kedacore/keda'] }),
    part('metrics-apiserver', [], [webhook(6443, 'an aggregated API'), metrics(8080, 'metrics')], {
      images: ['kedacore/keda-metrics-apiserver'],
    }),
    part('admission-webhooks', [], [webhook(9443, 'admission')], { images: ['kedacore/keda-admission-webhooks'] }),
  ],
  flows: [
    flow('metrics-apiserver', 'operator', [9666], 'figures come from there'),
    calledByApiServer('metrics-apiserver', 6443, 'it serves an aggregated API'),
    calledByApiServer('admission-webhooks', 9443),
    asksApiServer('operator'),
    asksApiServer('metrics-apiserver'),
    asksApiServer('admission-webhooks'),
  ],
  policies: [
    {
      by: 'the chart, where it is asked to, with the flavor kubernetes',
      effect: 'the API server as pods of any namespace, which it is not, so that all three are cut off',
      off: 'networkPolicy.enabled: false',
    },
  ],
  traps: ['The operator calls whatever its triggers name: Prometheus, queues, clouds.'],
  unknown: ['labels'],
  source: 'kedacore/charts 1444d00, keda 2.20.2 rendered',
  versions: 'chart 2.20',
  lookedAt: LOOKED_AT,
};
