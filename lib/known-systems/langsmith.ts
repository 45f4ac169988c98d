import type { KnownSystem } from './known-system';
import { call, flow, health, metrics, named, part, peers, serving } from './table';

const OF_CHART = [named('chart 0.17', 'langsmith')];
const STORES = [
  ['postgres', 5432, 'projects and users are kept there'],
  ['redis', 6379, 'runs and tasks wait there'],
  ['clickhouse', 8123, 'traces are kept there'],
] as const;

export const langsmith: KnownSystem = {
  id: 'langsmith',
  title: 'LangSmith',
  role: 'observability',
  known: { images: ['langchain/langsmith-backend'] },
  parts: [
    part('frontend', OF_CHART, [serving(8080, 'the user interface and the API, in front of all others')], {
      images: ['langchain/langsmith-frontend'],
    }),
    part('backend', OF_CHART, [peers(1984, 'the API, for the frontend and the other services')]),
    part('platform-backend', OF_CHART, [peers(1986, 'the API of keys and traces, for the other services')]),
    part('playground', OF_CHART, [peers(1988, 'prompts to try, which call models')]),
    part('ace-backend', OF_CHART, [peers(1987, 'code of users, which it runs')], {
      images: ['langchain/langsmith-ace-backend'],
    }),
    part('ingest-queue', OF_CHART, [health(1989, 'probes')]),
    part('queue', OF_CHART, [health(8080, 'probes')]),
    part('clickhouse', OF_CHART, [peers(8123, 'HTTP'), peers(9000, 'the native protocol'), metrics(9363, 'metrics')], {
      role: 'data',
    }),
    part('postgres', OF_CHART, [peers(5432, 'SQL')], { role: 'data' }),
    part('redis', OF_CHART, [peers(6379, 'commands')], { role: 'data' }),
  ],
  flows: [
    flow('frontend', 'backend', [1984], 'requests are handed on'),
    flow('frontend', 'platform-backend', [1986], 'requests are handed on'),
    flow('frontend', 'playground', [1988], 'requests are handed on'),
    ...['backend', 'playground', 'ingest-queue', 'queue'].map((name) =>
      flow(name, 'platform-backend', [1986], 'keys of users are checked there'),
    ),
    ...['platform-backend', 'playground', 'ingest-queue', 'queue'].map((name) =>
      flow(name, 'backend', [1984], 'it is configured to ask the API there'),
    ),
    ...['backend', 'queue'].map((name) => flow(name, 'ace-backend', [1987], 'code of evaluators runs there')),
    ...['backend', 'platform-backend', 'ingest-queue', 'queue'].flatMap((name) =>
      STORES.map(([store, port, because]) =>
        flow(name, store, store === 'clickhouse' ? [port, 9000] : [port], because),
      ),
    ),
  ],
  calls: [call('beacon.langchain.com', 'the licence is looked up', { when: 'it does not work offline' })],
  traps: [
    'The label app.kubernetes.io/component has the name of the release in it, so that its pods are told apart by their workload alone.',
    'The Service of the frontend is what users reach: the others have no business with them.',
    'config.telemetry sends logs, metrics and traces to the makers where it is not switched off.',
    'Jobs after every installation ask the databases and the API: they need a tier of their own under a default deny.',
  ],
  unknown: [
    'which of its services call which: each is configured with the addresses of all',
    'the host that telemetry goes to',
    'ports of what is switched on apart: deployments (1985), the agent gateway, insights, sandboxes',
  ],
  source: 'langchain-ai/helm e2e28f8d, langsmith 0.17.0-rc.12 rendered, with Insights, Fleet and Polly off',
  versions: 'chart 0.17',
  lookedAt: '2026-11-28',
};
