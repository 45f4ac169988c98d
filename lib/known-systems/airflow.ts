import type { KnownSystem } from './known-system';
import { asksApiServer, flow, health, LOOKED_AT, labelled, part, peers, pods, serving } from './table';

export const airflow: KnownSystem = {
  id: 'airflow',
  title: 'Airflow',
  role: 'agents',
  known: { images: ['apache/airflow'] },
  parts: [
    part(
      'api-server',
      [labelled('chart 024658b8', { tier: 'airflow', component: 'api-server' }, 'release')],
      [serving(8080, 'the user interface and the API')],
    ),
    part('worker', [], [peers(8793, 'logs of tasks')]),
    part('triggerer', [], [peers(8794, 'logs of triggers')]),
    part('scheduler', [], [health(8974, 'probes')]),
    part('statsd', [], [peers(9125, 'figures of the components', { protocol: 'UDP' })]),
  ],
  flows: [
    flow('api-server', 'worker', [8793], 'users read logs of tasks'),
    flow('api-server', 'triggerer', [8794], 'users read logs of triggers'),
    flow('worker', 'api-server', [8080], 'tasks report there'),
    ...['api-server', 'worker', 'triggerer', 'scheduler'].map((name) =>
      flow(name, pods('the database'), 'every port', 'state is kept there'),
    ),
    asksApiServer('scheduler', 'it starts pods for tasks', 'tasks run as pods'),
  ],
  traps: ['Airflow 2.10 reported to apacheairflow.gateway.scarf.sh; 3.3 calls nobody.'],
  unknown: ['whether workers of 3.3 reach the database themselves', 'labels of components other than the API server'],
  source: 'apache-airflow-core 3.3.2, config_templates/config.yml; airflow 024658b8, chart/templates/api-server',
  versions: '3.3',
  lookedAt: LOOKED_AT,
};
