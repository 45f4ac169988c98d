import type { KnownSystem } from './known-system';
import {
  administration,
  asksApiServer,
  call,
  calledByApiServer,
  flow,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  named,
  optional,
  part,
  peers,
  serving,
  webhook,
} from './table';

export const kaito: KnownSystem = {
  id: 'kaito',
  title: 'KAITO',
  role: 'inference',
  known: {
    images: [],
    kinds: ['kaito.sh/Workspace', 'kaito.sh/RAGEngine'],
    labelKeys: ['kaito.sh/workspace', 'kaito.sh/ragengine'],
  },
  parts: [
    part(
      'model',
      [labelled('0.12', {}, 'kaito.sh/workspace')],
      [
        serving(5000, 'the API'),
        optional(peers(8100, 'the tokenizer')),
        optional(peers(5557, 'events of the KV cache')),
        optional(peers(6379, 'the head of Ray')),
        optional(administration(8265, 'the dashboard of Ray, which runs whatever job it is given')),
      ],
      { madeBy: 'the operator, from a Workspace' },
    ),
    part('ragengine', [labelled('0.12', {}, 'kaito.sh/ragengine')], [serving(5000, 'the API')], {
      role: 'agents',
      madeBy: 'the operator, from a RAGEngine',
    }),
    part(
      'operator',
      [named('chart 0.12', 'workspace'), named('chart 0.12', 'ragengine')].map((labels) => ({
        ...labels,
        isGeneric: true as const,
      })),
      [webhook(9443, 'admission'), metrics(8080, 'metrics'), health(8081, 'probes')],
      {
        role: 'cluster',
        images: ['aks/kaito/workspace', 'aks/kaito/ragengine'],
      },
    ),
  ],
  flows: [
    flow('ragengine', 'model', [5000], 'questions go to the model'),
    flow(
      'model',
      'model',
      'every port',
      'nodes of one model talk to each other on random ports',
      'a model runs on several nodes',
    ),
    calledByApiServer('operator', 9443, 'its webhook fails closed'),
    asksApiServer('operator'),
  ],
  calls: [call('huggingface.co', 'weights are pulled from the Hub', { when: 'they are no image' })],
  traps: ['It serves on 5000, not on 8000 as vLLM does.'],
  source: 'kaito 056b8280b, pkg/utils/consts/consts.go, charts 0.12.0 rendered',
  versions: '0.12',
  lookedAt: LOOKED_AT,
};
