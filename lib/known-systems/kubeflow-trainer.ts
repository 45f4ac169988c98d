import type { KnownSystem } from './known-system';
import {
  asksApiServer,
  call,
  calledByApiServer,
  flow,
  health,
  LOOKED_AT,
  labelled,
  metrics,
  part,
  peers,
  serving,
  webhook,
} from './table';

export const kubeflowTrainer: KnownSystem = {
  id: 'kubeflow-trainer',
  title: 'Kubeflow Trainer',
  role: 'inference',
  known: { images: [], labelKeys: ['trainer.kubeflow.org/trainjob-ancestor-step'] },
  parts: [
    part(
      'trainer',
      [labelled('2.3', {}, 'jobset.sigs.k8s.io/jobset-name', 'trainer.kubeflow.org/trainjob-ancestor-step')],
      [peers(29500, 'the rendezvous of torch')],
      {
        madeBy: 'JobSet, from a TrainJob',
      },
    ),
    part(
      'controller',
      [],
      [
        webhook(9443, 'admission'),
        metrics(8443, 'metrics'),
        serving(10443, 'the status, for trainers'),
        health(8081, 'probes'),
      ],
      { role: 'cluster', images: ['kubeflow/trainer/trainer-controller-manager'] },
    ),
  ],
  flows: [
    flow('trainer', 'trainer', 'every port', 'pods of one job meet on 29500 and talk on random ports'),
    flow('trainer', 'controller', [10443], 'jobs tell how far they are'),
    calledByApiServer('controller', 9443, 'its webhook fails closed'),
    asksApiServer('controller'),
  ],
  calls: [call('huggingface.co', 'models and data are pulled from the Hub', { when: 'they are not mounted' })],
  unknown: ['labels of the controller', 'the ports of the tracker of XGBoost'],
  source: 'trainer 8c0f5059b, pkg/constants/constants.go, chart 2.3.0 rendered; jobset 08dfbdfd',
  versions: '2.3',
  lookedAt: LOOKED_AT,
};
