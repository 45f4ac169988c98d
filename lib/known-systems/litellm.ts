import type { KnownSystem } from './known-system';
import { call, flow, health, LOOKED_AT, named, optional, part, serving, system, telemetry } from './table';

export const litellm: KnownSystem = {
  id: 'litellm',
  title: 'LiteLLM',
  role: 'gateway',
  known: { images: ['berriai/litellm', 'berriai/litellm-database'] },
  parts: [
    part(
      'litellm',
      [named('chart 00eb60c0', 'litellm')],
      [
        serving(4000, 'the API, with administration and metrics', { metricsAt: '/metrics' }),
        optional(health(8081, 'probes, apart')),
      ],
    ),
  ],
  flows: [
    flow('litellm', system('postgresql', 'PostgreSQL'), [5432], 'keys and budgets are kept there'),
    flow(
      'litellm',
      system('redis', 'Redis'),
      [6379],
      'several instances share their limits there',
      'Redis is configured',
    ),
  ],
  requests: [
    { method: 'POST', path: '/v1/chat/completions' },
    { method: 'POST', path: '/v1/completions' },
    { method: 'POST', path: '/v1/embeddings' },
    { method: 'GET', path: '/v1/models' },
  ],
  calls: [call('license.litellm.ai', 'a licence is looked up', { when: 'there is one' })],
  telemetry: [
    telemetry('raw.githubusercontent.com', 'LITELLM_LOCAL_MODEL_COST_MAP=True', {
      what: 'fetches the prices of models',
    }),
    telemetry('docs.litellm.ai', undefined, { what: 'fetches news' }),
    telemetry('exampleopenaiendpoint-production.up.railway.app', 'proxy_config of your own', {
      what: 'gets prompts for the model of the example in the default values of the chart',
    }),
  ],
  traps: [
    '/key/generate, /model/new, /team/new, /user/new and /config/update are on the port for users, behind the master key.',
    'Pods of the Job that migrates the database have no labels, so that they hang under a default deny.',
    'The default values name a public demonstration endpoint as a model.',
  ],
  source:
    'litellm 1.110.2, __init__.py, proxy/auth/litellm_license.py; BerriAI/litellm 00eb60c0, deploy/charts/litellm-helm/values.yaml',
  versions: '1.110',
  lookedAt: LOOKED_AT,
};
