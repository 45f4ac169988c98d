import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  call,
  flow,
  health,
  LOOKED_AT,
  labelled,
  named,
  part,
  serving,
  system,
  telemetry,
} from './table';

export const langgraph: KnownSystem = {
  id: 'langgraph',
  title: 'LangGraph',
  role: 'agents',
  known: { images: ['langchain/langgraph-api'] },
  parts: [
    part('api-server', [named('chart 0.3', 'langgraph-cloud')], [serving(8000, 'the API')]),
    part('queue', [named('chart 0.3', 'langgraph-cloud')], []),
    part(
      'data-plane',
      [labelled('dataplane chart 0.2', { 'app.kubernetes.io/name': 'langgraph-dataplane' })],
      [health(8080, 'the listener'), health(8081, 'the operator')],
      { role: 'cluster', images: ['langchain/langgraph-operator'] },
    ),
  ],
  flows: [
    ...['api-server', 'queue'].flatMap((name) => [
      flow(name, system('postgresql', 'PostgreSQL'), [5432], 'threads and checkpoints are kept there'),
      flow(name, system('redis', 'Redis'), [6379], 'runs wait there'),
    ]),
    asksApiServer('data-plane', 'it makes deployments'),
  ],
  calls: [
    call('beacon.langchain.com', 'the licence is looked up', { when: 'it does not work offline' }),
    call('api.smith.langchain.com', 'the data plane asks what to deploy', { when: 'there is a data plane' }),
  ],
  telemetry: [telemetry('api.smith.langchain.com', undefined, { what: 'sends traces, with prompts in them' })],
  traps: [
    'The Service is of type LoadBalancer by default.',
    'The label app.kubernetes.io/component has the name of the release in it.',
  ],
  source:
    'langchain-ai/helm e2e28f8d, langgraph-cloud 0.3.2 and langgraph-dataplane 0.2.22 rendered; langgraph-api 0.16.7',
  versions: 'chart 0.3',
  lookedAt: LOOKED_AT,
};
