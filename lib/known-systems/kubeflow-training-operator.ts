import type { KnownSystem } from './known-system';
import { asksApiServer, calledByApiServer, flow, health, labelled, metrics, part, peers, webhook } from './table';

export const kubeflowTrainingOperator: KnownSystem = {
  id: 'kubeflow-training-operator',
  title: 'Kubeflow Training Operator',
  role: 'inference',
  known: { images: [], kinds: ['kubeflow.org/PyTorchJob'], labelKeys: ['training.kubeflow.org/job-name'] },
  parts: [
    part(
      'trainer',
      [labelled('1.9', {}, 'training.kubeflow.org/job-name', 'training.kubeflow.org/replica-type')],
      [peers(23456, 'the master of torch, whom workers look for')],
      { madeBy: 'the operator, from a PyTorchJob' },
    ),
    part(
      'operator',
      [labelled('manifests 1.9', { 'control-plane': 'kubeflow-training-operator' })],
      [webhook(9443, 'admission'), metrics(8080, 'metrics'), health(8081, 'probes')],
      { role: 'cluster', images: ['kubeflow/training-v1/training-operator', 'kubeflow/training-operator'] },
    ),
  ],
  flows: [
    flow('trainer', 'trainer', 'every port', 'pods of one job meet on 23456 and talk on random ports'),
    calledByApiServer('operator', 9443, 'its webhook fails closed'),
    asksApiServer('operator'),
  ],
  traps: [
    'Pods of every kind of job of the operator have its labels: TFJob and MPIJob too, whose ports are others.',
    'The SDK pulls packages of Python at start where packages_to_install is given.',
  ],
  unknown: ['the ports of other kinds of jobs than PyTorchJob'],
  source:
    'kubeflow-training 1.9.4, constants.py; kubeflow/manifests 009c88084, applications/training-operator; training-operator 2f18ab7a, pkg/apis/kubeflow.org/v1/pytorch_types.go',
  versions: '1.9',
  lookedAt: '2026-11-28',
};
