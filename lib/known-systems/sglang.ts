import type { KnownSystem } from './known-system';
import { asksApiServer, call, flow, LOOKED_AT, metrics, optional, part, peers, request, serving } from './table';

/** With either, administration asks for a key. */
const KEYS = { guardedBy: ['--api-key', '--admin-api-key'] };

export const sglang: KnownSystem = {
  id: 'sglang',
  title: 'SGLang',
  role: 'inference',
  known: { images: [] },
  parts: [
    part(
      'server',
      [],
      [
        serving(30000, 'the API, with health and metrics', { metricsAt: '/metrics' }),
        optional(peers(8998, 'the bootstrap of prefill servers, for decode servers')),
      ],
      { images: ['lmsysorg/sglang'] },
    ),
    part('router', [], [serving(30000, 'the API'), metrics(29000, 'metrics')], { role: 'gateway' }),
  ],
  flows: [
    flow('router', 'server', [30000], 'the router hands requests on', 'there is a router'),
    flow('server', 'server', [8998], 'decode servers find prefill servers', 'prefill and decode are apart'),
    flow(
      'server',
      'server',
      'every port',
      'nodes of one model talk to each other on the port that they are started with, the six after it, and random ones',
      'a model runs on several nodes',
    ),
    asksApiServer('router', 'it looks for its workers', 'service discovery is on'),
  ],
  requests: [
    { method: 'POST', path: '/v1/chat/completions' },
    { method: 'POST', path: '/v1/completions' },
    { method: 'POST', path: '/v1/embeddings' },
    { method: 'GET', path: '/v1/models' },
  ],
  administration: [
    request('/flush_cache', 'empties the cache', KEYS),
    request('/update_weights_from_disk', 'replaces the weights', KEYS),
    request('/load_lora_adapter', 'loads an adapter of the caller', KEYS),
    request('/release_memory_occupation', 'takes the model out of memory', KEYS),
    request('/pause_generation', 'stops it from answering', KEYS),
    request('/configure_logging', 'writes requests to a log', KEYS),
  ],
  calls: [call('huggingface.co', 'weights are pulled from the Hub', { when: 'they are not mounted' })],
  traps: [
    'About 40 requests for administrators are answered by whoever asks where no key is set, and health and metrics even with one.',
    'The sample for several nodes uses the host network, where policies about pods mean nothing.',
    'POST /workers of the router adds servers that prompts are sent to.',
  ],
  unknown: ['labels, as no official chart was read'],
  source:
    'sglang 0.5.23, srt/entrypoints/http_server.py, srt/utils/auth.py, srt/arg_groups/fields/disagg.py; sglang-router 0.3.2, router_args.py',
  versions: '0.5.23, router 0.3.2',
  lookedAt: LOOKED_AT,
};
