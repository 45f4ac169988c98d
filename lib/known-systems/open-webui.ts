import type { KnownSystem } from './known-system';
import { call, flow, LOOKED_AT, labelled, part, peers, serving, system, telemetry } from './table';

export const openWebui: KnownSystem = {
  id: 'open-webui',
  title: 'Open WebUI',
  role: 'agents',
  known: { images: [] },
  parts: [
    part(
      'open-webui',
      [labelled('chart 16', { 'app.kubernetes.io/component': 'open-webui' })],
      [serving(8080, 'the user interface and its API')],
      { images: ['open-webui/open-webui'] },
    ),
    part(
      'pipelines',
      [labelled('chart 16', { 'app.kubernetes.io/component': 'pipelines' })],
      [serving(9099, 'pipelines, which run code')],
      { images: ['open-webui/pipelines'] },
    ),
    part('redis', [], [peers(6379, 'sessions')]),
    part('terminal', [labelled('terminals 0.5', { 'app.kubernetes.io/component': 'terminal' })], [], {
      images: ['open-webui/terminals'],
      madeBy: 'the operator of terminals',
    }),
  ],
  flows: [
    flow('open-webui', system('ollama', 'Ollama'), [11434], 'users ask models', 'the models are those of Ollama'),
    flow('open-webui', 'pipelines', [9099], 'requests pass through pipelines', 'there are pipelines'),
    flow('open-webui', 'redis', [6379], 'instances share sessions', 'there are several'),
  ],
  calls: [
    call('huggingface.co', 'the model for embeddings is fetched at the start', { when: 'OFFLINE_MODE is not true' }),
    call('api.openai.com', 'it is the base of the API by default', { when: 'no other is given' }),
  ],
  telemetry: [telemetry('api.github.com', 'OFFLINE_MODE=true', { what: 'looks for a newer release' })],
  policies: [
    {
      by: 'the chart of its terminals, where it is asked to',
      effect: 'DNS to any address, and for orchestrator and operator 443 and 6443 of every one',
      off: 'leave its policy off',
    },
  ],
  traps: [
    'The chart brings an Ollama, pipelines and a Redis with labels of their own.',
    'Test pods of the chart have the labels of the application.',
  ],
  source:
    'open-webui/helm-charts a6305e7, open-webui 16.0.0 and terminals 0.5.0 rendered; open-webui 0.12.4, config.py, env.py',
  versions: 'chart 16, 0.12',
  lookedAt: LOOKED_AT,
};
