import type { KnownSystem } from './known-system';
import {
  administration,
  asksApiServer,
  call,
  flow,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  peers,
  serving,
} from './table';

export const llmD: KnownSystem = {
  id: 'llm-d',
  title: 'llm-d',
  role: 'inference',
  known: { images: [], labelKeys: ['llm-d.ai/inference-serving', 'llm-d-router-gateway'] },
  parts: [
    part(
      'decode',
      [labelled('modelservice 0.4', { 'llm-d.ai/inference-serving': 'true', 'llm-d.ai/role': 'decode' })],
      [
        serving(8000, 'the sidecar before vLLM'),
        peers(8200, 'vLLM behind its sidecar'),
        peers(5600, 'the side channel of NIXL'),
      ],
    ),
    part(
      'prefill',
      [labelled('modelservice 0.4', { 'llm-d.ai/inference-serving': 'true', 'llm-d.ai/role': 'prefill' })],
      [serving(8000, 'vLLM'), peers(5600, 'the side channel of NIXL')],
    ),
    part(
      'router',
      [labelled('router of August 2026', {}, 'llm-d-router-gateway')],
      [
        serving(9002, 'the endpoint picker, for gateways'),
        health(9003, 'probes'),
        metrics(9090, 'metrics'),
        optional(serving(8081, 'Envoy of a router that stands alone')),
        optional(administration(19001, 'administration of that Envoy')),
      ],
      { role: 'gateway', images: ['llm-d/llm-d-router-endpoint-picker'] },
    ),
  ],
  flows: [
    flow('router', 'decode', [8000], 'the picker reads the metrics of each model'),
    flow('router', 'prefill', [8000], 'the picker reads the metrics of each model'),
    flow(
      'decode',
      'prefill',
      [8000, 5600],
      'decode servers send prompts to prefill servers and fetch their cache',
      'prefill and decode are apart',
    ),
    flow(
      'decode',
      'decode',
      'every port',
      'nodes of one model talk to each other on random ports',
      'a model runs on several nodes',
    ),
    asksApiServer('router', 'the picker watches pools and pods'),
  ],
  calls: [call('huggingface.co', 'weights are pulled from the Hub', { when: 'they are not mounted' })],
  traps: ['A header tells the sidecar where to send the prompt: without --enable-ssrf-protection, anywhere.'],
  source:
    'llm-d-modelservice 3051935, 0.4.12 rendered; llm-d-router ebab68792, pkg/sidecar/proxy/options.go, pkg/epp/server/options.go, charts rendered',
  versions: 'modelservice 0.4.12, router of August 2026, after 0.10.0',
  lookedAt: LOOKED_AT,
};
