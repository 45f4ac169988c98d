import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, metrics, named, part, peers, pods, serving } from './table';

const of = (component: string) => [named('chart 1.6', 'temporal', component)];
const NODES_OF_IT = ['frontend', 'history', 'matching', 'worker'];

export const temporal: KnownSystem = {
  id: 'temporal',
  title: 'Temporal',
  role: 'agents',
  known: { images: ['temporalio/server'] },
  parts: [
    part('frontend', of('frontend'), [
      serving(7233, 'gRPC'),
      serving(7243, 'HTTP'),
      peers(6933, 'membership'),
      metrics(9090, 'metrics'),
    ]),
    part('history', of('history'), [peers(7234, 'gRPC'), peers(6934, 'membership'), metrics(9090, 'metrics')]),
    part('matching', of('matching'), [peers(7235, 'gRPC'), peers(6935, 'membership'), metrics(9090, 'metrics')]),
    part('worker', of('worker'), [peers(6939, 'membership'), metrics(9090, 'metrics')]),
    part('web', of('web'), [serving(8080, 'the user interface')], { images: ['temporalio/ui'] }),
    part('admintools', of('admintools'), [], { images: ['temporalio/admin-tools'] }),
  ],
  flows: [
    ...NODES_OF_IT.map((name) =>
      flow(name, 'frontend', [7233, 6933], 'every component calls every other one, and knows it by its membership'),
    ),
    ...NODES_OF_IT.map((name) =>
      flow(name, 'history', [7234, 6934], 'every component calls every other one, and knows it by its membership'),
    ),
    ...NODES_OF_IT.map((name) =>
      flow(name, 'matching', [7235, 6935], 'every component calls every other one, and knows it by its membership'),
    ),
    ...NODES_OF_IT.map((name) =>
      flow(name, 'worker', [6939], 'every component knows every other one by its membership'),
    ),
    flow('web', 'frontend', [7233], 'pages ask the frontend'),
    ...NODES_OF_IT.map((name) => flow(name, pods('the database'), 'every port', 'workflows are kept there')),
  ],
  traps: ['The Job of the schema must reach the database before anything starts.'],
  unknown: ['whether the frontend asks for credentials by default'],
  source: 'temporalio/helm-charts e51b734, 1.6.0 rendered',
  versions: 'chart 1.6',
  lookedAt: LOOKED_AT,
};
