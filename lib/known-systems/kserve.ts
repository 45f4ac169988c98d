import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  calledByApiServer,
  flow,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  optional,
  part,
  peers,
  pods,
  serving,
  webhook,
} from './table';

export const kserve: KnownSystem = {
  id: 'kserve',
  title: 'KServe',
  role: 'inference',
  known: {
    images: [],
    kinds: ['serving.kserve.io/InferenceService'],
    labelKeys: ['serving.kserve.io/inferenceservice'],
  },
  parts: [
    ...['predictor', 'transformer', 'explainer'].map((component) =>
      part(
        component,
        [labelled('KServe 0.20', { component }, 'serving.kserve.io/inferenceservice')],
        [
          serving(8080, 'the API, whatever the runtime'),
          optional(serving(9000, 'gRPC of Triton')),
          optional(metrics(8002, 'metrics of Triton')),
          optional(serving(9081, 'the agent before the model')),
          optional(metrics(9088, 'metrics of the agent')),
          optional(peers(6379, 'the head of Ray, of a model on several nodes')),
        ],
        { madeBy: 'the controller, from an InferenceService' },
      ),
    ),
    part(
      'controller',
      [labelled('chart 0.20', { 'control-plane': 'kserve-controller-manager' })],
      [webhook(9443, 'admission'), metrics(8443, 'metrics'), metrics(8080, 'metrics'), health(8081, 'probes')],
      { role: 'cluster', images: ['kserve/kserve-controller'] },
    ),
  ],
  flows: [
    flow('transformer', 'predictor', [8080], 'the transformer asks the model', 'there is a transformer'),
    flow('explainer', 'predictor', [8080], 'the explainer asks the model', 'there is an explainer'),
    flow(
      'predictor',
      'predictor',
      'every port',
      'a model on several nodes starts Ray',
      'a model runs on several nodes',
    ),
    flow(
      pods('Knative activator', { app: 'activator' }, 'knative-serving'),
      'predictor',
      [8080],
      'requests to a model that was scaled to nothing wait there',
      'it runs serverless',
    ),
    calledByApiServer('controller', 9443, 'its six webhooks fail closed'),
    asksApiServer('controller'),
  ],
  policies: [{ by: 'the sample for OpenShift', effect: 'every source (ingress: [{}])', off: 'leave the sample out' }],
  traps: ['Weights are pulled in the pod that serves them, so that its policy must let it out to the model store.'],
  unknown: ['the ports of the queue proxy of Knative'],
  source:
    'kserve aaac4e294, pkg/constants/constants.go, config/runtimes, docs/openshift/networkpolicies.yaml; chart 0.20.0 rendered',
  versions: '0.20',
  lookedAt: LOOKED_AT,
};
