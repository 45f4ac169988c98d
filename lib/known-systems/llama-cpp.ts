import type { KnownSystem } from './known-system';
import { call, LOOKED_AT, optional, part, peers } from './table';

export const llamaCpp: KnownSystem = {
  id: 'llama-cpp',
  title: 'llama.cpp',
  role: 'inference',
  known: { images: ['ggml-org/llama.cpp'] },
  parts: [part('llama-cpp', [], [optional(peers(50052, 'an RPC worker, for the server alone'))])],
  calls: [call('huggingface.co', 'weights are pulled from the Hub', { when: 'it is started with -hf' })],
  traps: [
    'Nothing guards an RPC worker, and its makers say to expose it nowhere.',
    'With --tools, --agent or --ui-mcp-proxy the server runs commands and fetches addresses for whoever asks.',
  ],
  unknown: [
    'the port of the server: copies of its documentation say 8080 and 9931, so give the port that it is started with',
    'labels, as there is no official chart',
  ],
  source:
    'llama.cpp 00dc8057, tools/server/README.md; 038514c9, tools/rpc/README.md; which builds have these commits could not be found',
  versions: 'of these commits',
  lookedAt: LOOKED_AT,
};
