import type { KnownSystem } from './known-system';
import {
  administration,
  asksApiServer,
  flow,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  peers,
  pods,
  serving,
} from './table';

export const seldon: KnownSystem = {
  id: 'seldon',
  title: 'Seldon Core',
  role: 'inference',
  known: { images: [] },
  parts: [
    part('envoy', [], [serving(9000, 'requests'), administration(9003, 'administration of Envoy')], {
      role: 'gateway',
      images: ['seldonio/seldon-envoy'],
    }),
    part(
      'scheduler',
      [],
      [9002, 9004, 9005, 9008, 9044, 9055].map((number) => peers(number, 'its agents and gateways')),
      { role: 'cluster', images: ['seldonio/seldon-scheduler'] },
    ),
    part('pipeline-gateway', [], [peers(9010, 'HTTP'), peers(9011, 'gRPC'), metrics(9006, 'metrics')], {
      role: 'gateway',
      images: ['seldonio/seldon-pipelinegateway'],
    }),
    part(
      'server',
      [],
      [
        peers(9500, 'inference, for Envoy'),
        administration(5572, 'the remote control of rclone'),
        peers(9501, 'the agent'),
        peers(9001, 'the agent'),
        metrics(9006, 'metrics'),
        optional(metrics(8082, 'metrics of MLServer')),
        optional(metrics(8002, 'metrics of Triton')),
      ],
      { madeBy: 'the operator, from a Server' },
    ),
    part('operator', [labelled('2', { 'control-plane': 'v2-controller-manager' })], [], {
      role: 'cluster',
      images: ['seldonio/seldonv2-controller'],
    }),
  ],
  flows: [
    flow('envoy', 'server', [9500], 'requests are handed to models'),
    flow('pipeline-gateway', pods('Kafka'), 'every port', 'pipelines run over topics'),
    asksApiServer('operator'),
  ],
  traps: [
    '9003 of Envoy and 5572 of rclone are for control: whoever reaches them reroutes requests or reads every model.',
  ],
  unknown: ['labels of all but the operator'],
  source: 'seldon-core 7b77f8b78, k8s/yaml/components.yaml',
  versions: 'of January 2026, after 2.10.2',
  lookedAt: LOOKED_AT,
};
