import type { KnownSystem } from './known-system';

export const ollama: KnownSystem = {
  id: 'ollama',
  title: 'Ollama',
  role: 'inference',
  known: { images: ['ollama/ollama'] },
  parts: [
    {
      name: 'ollama',
      labels: [
        { labels: { 'app.kubernetes.io/name': 'ollama' }, keys: ['app.kubernetes.io/instance'], of: 'chart 1.77' },
      ],
      ports: [{ number: 11434, purpose: 'serving', what: 'the API' }],
    },
  ],
  requests: [
    { method: 'POST', path: '/api/chat' },
    { method: 'POST', path: '/api/generate' },
    { method: 'POST', path: '/api/embed' },
    { method: 'GET', path: '/api/tags' },
    { path: '/v1/*' },
  ],
  administration: [
    { method: 'POST', path: '/api/pull', what: 'loads models from anywhere' },
    { method: 'POST', path: '/api/push', what: 'sends models away' },
    { method: 'DELETE', path: '/api/delete', what: 'deletes models' },
    { method: 'POST', path: '/api/create', what: 'makes models' },
  ],
  calls: [
    { host: 'registry.ollama.ai', because: 'models are pulled' },
    { host: 'ollama.com', because: 'models with :cloud and accounts' },
  ],
  traps: [
    'It knows no authentication.',
    'A model whose name ends in :cloud sends prompts out of the cluster.',
    'Test pods of the chart have the labels of the application.',
  ],
  source: 'ollama fb3076099, server/routes.go, envconfig/config.go, types/model/name.go; otwld/ollama-helm 1.77.0',
  versions: 'of August 2026, after 0.32.15',
  lookedAt: '2026-11-27',
};
