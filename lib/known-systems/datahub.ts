import type { KnownSystem } from './known-system';
import { administration, flow, health, LOOKED_AT, metrics, named, part, pods, serving, system } from './table';

export const datahub: KnownSystem = {
  id: 'datahub',
  title: 'DataHub',
  role: 'data',
  known: { images: [] },
  parts: [
    part(
      'gms',
      [named('chart 1.1', 'datahub-gms')],
      [serving(8080, 'the API'), administration(4318, 'JMX'), metrics(4319, 'Prometheus')],
      { images: ['acryldata/datahub-gms'] },
    ),
    part(
      'frontend',
      [named('chart 1.1', 'datahub-frontend')],
      [serving(9002, 'the user interface'), administration(4318, 'JMX'), metrics(4319, 'Prometheus')],
      { images: ['acryldata/datahub-frontend-react'] },
    ),
    part(
      'actions',
      [named('chart 1.1', 'acryl-datahub-actions')],
      [health(9093, 'probes'), administration(8000, 'JMX')],
      { images: ['acryldata/datahub-actions'] },
    ),
  ],
  flows: [
    flow('frontend', 'gms', [8080], 'pages ask the API'),
    flow('actions', 'gms', [8080], 'actions ask and change metadata'),
    flow('gms', system('kafka', 'Kafka'), 'every port', 'changes are events'),
    flow('actions', system('kafka', 'Kafka'), 'every port', 'changes are events'),
    flow('gms', system('elasticsearch', 'Elasticsearch'), [9200], 'search is there'),
    flow('gms', pods('MySQL'), [3306], 'metadata is kept there'),
  ],
  traps: [
    '4318 is JMX there, and OTLP everywhere else.',
    'Pods of the Jobs system-update have no labels, so that they hang under a default deny.',
  ],
  source: 'datahub-helm 0e3940b, datahub 1.1.0 rendered, values.yaml',
  versions: 'chart 1.1',
  lookedAt: LOOKED_AT,
};
