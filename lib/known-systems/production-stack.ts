import type { KnownSystem } from './known-system';
import { asksApiServer, flow, LOOKED_AT, labelled, optional, part, peers, serving, system } from './table';

export const productionStack: KnownSystem = {
  id: 'production-stack',
  title: 'vLLM production-stack router',
  role: 'gateway',
  known: { images: ['lmcache/lmstack-router'] },
  parts: [
    part(
      'router',
      [labelled('0.1.12', { 'app.kubernetes.io/component': 'router', 'app.kubernetes.io/part-of': 'vllm-stack' })],
      [serving(8000, 'the API'), optional(peers(9000, 'LMCache'))],
    ),
  ],
  flows: [
    flow('router', system('vllm', 'vLLM'), [8000], 'the router hands requests on'),
    asksApiServer('router', 'it looks for its engines'),
  ],
  traps: [
    'With default values the chart makes a Service and no engine; engines carry environment: test and release: test, as others may.',
  ],
  source: 'production-stack a6c01db0, helm 0.1.12 rendered',
  versions: '0.1.12',
  lookedAt: LOOKED_AT,
};
