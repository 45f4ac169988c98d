import type { KnownSystem } from './known-system';
import { asksApiServer, flow, health, labelled, part, peers, pods, serving } from './table';

const of = (component: string) => [labelled('chart 024658b8', { tier: 'airflow', component }, 'release')];

export const airflow: KnownSystem = {
  id: 'airflow',
  title: 'Airflow',
  role: 'agents',
  known: { images: ['apache/airflow'] },
  parts: [
    part('api-server', of('api-server'), [serving(8080, 'the user interface and the API')]),
    part('worker', of('worker'), [peers(8793, 'logs of tasks')]),
    part('triggerer', of('triggerer'), [peers(8794, 'logs of triggers')]),
    part('scheduler', of('scheduler'), [health(8974, 'probes')]),
    part('statsd', of('statsd'), [peers(9125, 'figures of the components', { protocol: 'UDP' })]),
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
  unknown: ['whether workers of 3.3 reach the database themselves', 'the port on which statsd is scraped'],
  source:
    'apache-airflow-core 3.3.2, config_templates/config.yml; airflow 024658b8, chart/templates/api-server; 008b0756, scheduler; 00e09107, triggerer; 00c4d758, workers and statsd',
  versions: '3.3',
  lookedAt: '2026-11-28',
};
