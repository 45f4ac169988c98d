import type { KnownSystem } from './known-system';
import { asksApiServer, flow, health, LOOKED_AT, labelled, metrics, part, peers, serving } from './table';

const OF = 'KServe 0.20';
const component = (value: string) =>
  labelled(OF, { 'app.kubernetes.io/part-of': 'llminferenceservice', 'app.kubernetes.io/component': value });
const MADE = { madeBy: 'the controller of KServe, from an LLMInferenceService' };

export const kserveLlm: KnownSystem = {
  id: 'kserve-llm',
  title: 'KServe LLMInferenceService',
  role: 'inference',
  known: { images: [], kinds: ['serving.kserve.io/LLMInferenceService'] },
  parts: [
    part(
      'workload',
      [component('llminferenceservice-workload')],
      [serving(8000, 'the sidecar before the model'), peers(8001, 'the model behind its sidecar')],
      MADE,
    ),
    part('prefill', [component('llminferenceservice-workload-prefill')], [serving(8000, 'the model')], MADE),
    part(
      'leader',
      [component('llminferenceservice-workload-leader')],
      [serving(8000, 'the sidecar before the model'), peers(8001, 'the model behind its sidecar')],
      MADE,
    ),
    part('worker', [component('llminferenceservice-workload-worker')], [], MADE),
    part(
      'scheduler',
      [component('llminferenceservice-router-scheduler')],
      [
        serving(9002, 'the endpoint picker, for gateways'),
        health(9003, 'probes'),
        metrics(9090, 'metrics'),
        peers(5557, 'events of the KV cache'),
      ],
      { ...MADE, role: 'gateway' },
    ),
  ],
  flows: [
    flow('scheduler', 'workload', [8000], 'the picker reads the metrics of each model'),
    flow('workload', 'scheduler', [5557], 'models tell what their cache holds'),
    flow(
      'workload',
      'prefill',
      [8000],
      'decode servers send prompts to prefill servers',
      'prefill and decode are apart',
    ),
    flow(
      'leader',
      'worker',
      'every port',
      'nodes of one model talk to each other on random ports',
      'a model runs on several nodes',
    ),
    flow(
      'worker',
      'leader',
      'every port',
      'nodes of one model talk to each other on random ports',
      'a model runs on several nodes',
    ),
    asksApiServer('scheduler', 'the picker watches pools and pods'),
  ],
  traps: [
    'Leaders and workers have components of their own, so that a tier for all of them selects by app.kubernetes.io/part-of.',
  ],
  source: 'kserve aaac4e294, config/llmisvcconfig, pkg/constants/constants.go',
  versions: '0.20',
  lookedAt: LOOKED_AT,
};
