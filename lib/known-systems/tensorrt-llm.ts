import type { KnownSystem } from './known-system';
import { call, part, request, serving } from './table';

export const tensorrtLlm: KnownSystem = {
  id: 'tensorrt-llm',
  title: 'TensorRT-LLM',
  role: 'inference',
  known: { images: ['nvidia/tensorrt-llm/release'] },
  parts: [
    part(
      'tensorrt-llm',
      [],
      [
        serving(8000, 'the API of trtllm-serve, with metrics where return_perf_metrics is on', {
          metricsAt: '/prometheus/metrics',
        }),
      ],
    ),
  ],
  requests: [
    { method: 'POST', path: '/v1/chat/completions' },
    { method: 'POST', path: '/v1/completions' },
    { method: 'POST', path: '/v1/responses' },
    { method: 'GET', path: '/v1/models' },
  ],
  administration: [
    request('POST /update_weights', 'replaces the weights'),
    request('POST /release_memory', 'takes the model out of memory'),
    request('POST /resume_memory', 'brings the model back into memory'),
  ],
  calls: [
    call('huggingface.co', 'weights are pulled from the Hub, which refers to hosts of its CDN', {
      when: 'they are not mounted',
    }),
  ],
  traps: [
    'Served by Triton (the image tritonserver with -trtllm- in its tag) it has the ports of Triton: take the entry triton.',
    'It binds localhost unless --host says otherwise.',
    'Nothing asks who calls, neither over HTTP nor over gRPC.',
    'GET /v1/responses hands out what others were answered to whoever knows the id.',
  ],
  unknown: ['labels, as there is no official chart', 'the ports on which the ranks of several nodes talk (MPI, NCCL)'],
  source:
    'NVIDIA/TensorRT-LLM 00209af1, tensorrt_llm/commands/serve.py; 00057725, tensorrt_llm/serve/openai_server.py; tensorrtllm_backend 0b9d7d5, README.md; which releases of TensorRT-LLM have these commits could not be found',
  versions: 'of 2026, backend after 1.0.0',
  lookedAt: '2026-11-28',
};
