import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, metrics, named, optional, part, peers, serving } from './table';

const of = (component: string) => [named('chart 4.44', 'seaweedfs', component)];

export const seaweedfs: KnownSystem = {
  id: 'seaweedfs',
  title: 'SeaweedFS',
  role: 'data',
  known: { images: ['chrislusf/seaweedfs'] },
  parts: [
    part('master', of('master'), [
      peers(9333, 'HTTP, which asks nobody who he is'),
      peers(19333, 'gRPC'),
      metrics(9327, 'metrics'),
    ]),
    part('volume', of('volume'), [
      peers(8080, 'HTTP, which asks nobody who he is'),
      peers(18080, 'gRPC'),
      metrics(9327, 'metrics'),
    ]),
    part('filer', of('filer'), [
      serving(8888, 'HTTP'),
      serving(18888, 'gRPC'),
      optional(serving(8333, 'S3')),
      metrics(9327, 'metrics'),
    ]),
  ],
  flows: [
    flow('volume', 'master', [9333, 19333], 'volumes report to the master'),
    flow('filer', 'master', [9333, 19333], 'filers ask where data is'),
    flow('filer', 'volume', [8080, 18080], 'filers read and write data'),
    flow('master', 'volume', [8080, 18080], 'the master moves data'),
  ],
  policies: [
    {
      by: 'the chart, where it is asked to',
      effect: 'pods of the same release alone, metrics too',
      off: 'leave its policy off',
    },
  ],
  traps: ['Master and volumes ask nobody who he is: clients belong at the filer.'],
  source: 'seaweedfs cc8364a03, chart 4.44 rendered with one template function replaced',
  versions: 'chart 4.44',
  lookedAt: LOOKED_AT,
};
