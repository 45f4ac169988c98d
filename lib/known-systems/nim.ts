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
  serving,
  webhook,
} from './table';

export const nim: KnownSystem = {
  id: 'nim',
  title: 'NVIDIA NIM',
  role: 'inference',
  known: { images: [], kinds: ['apps.nvidia.com/NIMService'] },
  parts: [
    part(
      'service',
      [
        labelled(
          'k8s-nim-operator',
          { 'app.kubernetes.io/part-of': 'nim-service', 'app.kubernetes.io/managed-by': 'k8s-nim-operator' },
          'app',
          'app.kubernetes.io/instance',
        ),
      ],
      [serving(8000, 'the API')],
      { madeBy: 'the operator, from a NIMService' },
    ),
    part(
      'operator',
      [
        labelled('k8s-nim-operator', {
          'app.kubernetes.io/name': 'k8s-nim-operator',
          'control-plane': 'controller-manager',
        }),
      ],
      [webhook(9443, 'admission'), metrics(8080, 'metrics'), health(8081, 'probes')],
      { role: 'cluster', images: ['nvidia/k8s-nim-operator'] },
    ),
  ],
  flows: [
    flow(
      'service',
      'service',
      'every port',
      'a model on several nodes runs on Ray, or on MPI over ssh',
      'a model runs on several nodes',
    ),
    calledByApiServer('operator', 9443, 'its webhook fails closed'),
    asksApiServer('operator'),
  ],
  calls: [call('api.ngc.nvidia.com', 'models are pulled from NGC', { when: 'there is no cache with them' })],
  policies: [
    {
      by: 'the kustomization of the operator',
      effect: 'its webhook on 443, where no pod listens, from namespaces by a label that the API server does not have',
      off: 'leave the policy out',
    },
  ],
  traps: ['The name control-plane: controller-manager is that of every operator made with Kubebuilder.'],
  unknown: ['the hosts of NGC beside the API and the registry, in its own words'],
  source:
    'k8s-nim-operator f63f74d7, api/apps/v1alpha1/common_types.go, internal/controller/platform/standalone/nimservice.go, chart rendered',
  versions: 'operator of August 2026, after 3.1.2',
  lookedAt: LOOKED_AT,
};
