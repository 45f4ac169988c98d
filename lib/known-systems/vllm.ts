import type { KnownSystem } from './known-system';

export const vllm: KnownSystem = {
  id: 'vllm',
  title: 'vLLM',
  role: 'inference',
  known: { images: ['vllm/vllm-openai', 'vllm-openai', 'lmcache/vllm-openai', 'vllm/vllm-openai-rocm'] },
  parts: [
    {
      name: 'vllm',
      // The example chart has labels that anything else may have, and the chart of production-stack these.
      labels: [{ labels: { 'app.kubernetes.io/component': 'serving-engine' }, of: 'production-stack 0.1.12' }],
      ports: [
        { number: 8000, purpose: 'serving', what: 'the API, with metrics and health', metricsAt: '/metrics' },
        { number: 29500, purpose: 'peers', what: 'the data parallel master', isOptional: true },
        { number: 29501, purpose: 'peers', what: 'the multiprocessing master', isOptional: true },
        { number: 29550, purpose: 'peers', what: 'data parallel RPC', isOptional: true },
        { number: 5600, purpose: 'peers', what: 'the side channel of NIXL, one more for each rank', isOptional: true },
        { number: 5557, purpose: 'peers', what: 'events of the KV cache', isOptional: true },
        { number: 8998, purpose: 'peers', what: 'the bootstrap of Mooncake', isOptional: true },
      ],
    },
  ],
  requests: [
    { method: 'POST', path: '/v1/chat/completions' },
    { method: 'POST', path: '/v1/completions' },
    { method: 'POST', path: '/v1/embeddings' },
    { method: 'GET', path: '/v1/models' },
  ],
  administration: [
    { path: '/pause', what: 'stops it from answering', before: '0.33', switchedOnBy: 'VLLM_SERVER_DEV_MODE=1' },
    { path: '/update_weights', what: 'replaces the weights', before: '0.33', switchedOnBy: 'VLLM_SERVER_DEV_MODE=1' },
    { path: '/sleep', what: 'takes the model out of memory', switchedOnBy: 'VLLM_SERVER_DEV_MODE=1' },
    { path: '/collective_rpc', what: 'calls methods of its workers', switchedOnBy: 'VLLM_SERVER_DEV_MODE=1' },
    {
      path: '/v1/load_lora_adapter',
      what: 'loads an adapter of the caller',
      switchedOnBy: 'VLLM_ALLOW_RUNTIME_LORA_UPDATING=True',
    },
  ],
  calls: [
    {
      host: 'huggingface.co',
      because: 'weights are pulled from the Hub, which refers to hosts of its CDN, unless they are mounted',
    },
  ],
  telemetry: [{ host: 'stats.vllm.ai', off: 'VLLM_NO_USAGE_STATS=1' }],
  traps: [
    'The key guards /v1, /v2, /inference and /cohere alone: /invocations, /score and /scale_elastic_ep answer without it.',
    'Pods of several nodes talk to each other on random ports, and nothing authenticates them.',
    'An address in a prompt for a multimodal model is fetched by the server.',
  ],
  source:
    'vllm 0.33.0, entrypoints/launchers/api_server/routers.py, config/parallel.py, config/kv_transfer.py, envs.py',
  versions: '0.33',
  lookedAt: '2026-11-27',
};
