import type { KnownSystem } from './known-system';
import { administration, flow, LOOKED_AT, metrics, named, optional, part, peers, serving } from './table';

export const nats: KnownSystem = {
  id: 'nats',
  title: 'NATS',
  role: 'data',
  known: { images: ['nats'] },
  parts: [
    part(
      'nats',
      [named('chart 2.14', 'nats', 'nats')],
      [
        serving(4222, 'clients'),
        peers(6222, 'the cluster'),
        optional(peers(7422, 'leaf nodes')),
        administration(8222, 'monitoring, which shows accounts to whoever asks'),
        metrics(7777, 'the exporter'),
      ],
    ),
    part('nats-box', [named('chart 2.14', 'nats', 'nats-box')], [], { role: 'cluster', images: ['natsio/nats-box'] }),
  ],
  flows: [
    flow('nats', 'nats', [6222], 'nodes of a cluster find each other', 'it runs as a cluster'),
    flow('nats-box', 'nats', [4222], 'administrators work from there'),
  ],
  source: 'nats-io/k8s 957650f, 2.14.2 rendered, values.yaml',
  versions: 'chart 2.14',
  lookedAt: LOOKED_AT,
};
