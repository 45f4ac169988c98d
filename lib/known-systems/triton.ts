import type { KnownSystem } from './known-system';

export const triton: KnownSystem = {
  id: 'triton',
  title: 'Triton Inference Server',
  role: 'inference',
  known: { images: ['nvidia/tritonserver', 'tritonserver'] },
  parts: [
    {
      name: 'triton',
      labels: [],
      ports: [
        { number: 8000, purpose: 'serving', what: 'HTTP' },
        { number: 8001, purpose: 'serving', what: 'gRPC' },
        { number: 8002, purpose: 'metrics', what: 'metrics' },
      ],
    },
  ],
  requests: [
    { method: 'POST', path: '/v2/models/*' },
    { method: 'GET', path: '/v2/health/*' },
  ],
  administration: [
    {
      method: 'POST',
      path: '/v2/repository/models/*',
      what: 'loads and unloads models',
      switchedOnBy: '--model-control-mode=explicit',
    },
  ],
  traps: [
    '/v2/systemsharedmemory, /v2/logging and /v2/trace/setting are on the serving ports (--http-restricted-api closes them).',
  ],
  source: 'triton-inference-server/server e1db8a603, src/command_line_parser.h, src/http_server.cc, deploy/k8s-onprem',
  versions: 'of August 2026, after 2.71.0',
  lookedAt: '2026-11-27',
};
