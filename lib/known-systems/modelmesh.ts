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

export const modelmesh: KnownSystem = {
  id: 'modelmesh',
  title: 'ModelMesh',
  role: 'inference',
  known: { images: [] },
  parts: [
    part(
      'serving',
      [labelled('of April 2026', { 'app.kubernetes.io/managed-by': 'modelmesh-controller' }, 'modelmesh-service')],
      [
        serving(8033, 'gRPC'),
        optional(serving(8008, 'HTTP')),
        peers(8080, 'calls between its pods'),
        health(8089, 'probes'),
        metrics(2112, 'metrics'),
      ],
      { images: ['kserve/modelmesh'], madeBy: 'the controller, from ServingRuntimes' },
    ),
    part(
      'controller',
      [labelled('of April 2026', { 'control-plane': 'modelmesh-controller' })],
      [metrics(8443, 'metrics'), webhook(9443, 'admission')],
      {
        role: 'cluster',
        images: ['kserve/modelmesh-controller'],
      },
    ),
  ],
  flows: [
    flow('serving', 'serving', [8033, 8080], 'pods hand requests to the one that has the model'),
    flow('serving', pods('etcd'), [2379], 'pods agree there who has which model'),
    calledByApiServer('controller', 9443),
    asksApiServer('controller'),
  ],
  policies: [
    {
      by: 'the manifests',
      effect: '8033, 8008 and 2112 from any source, and every destination',
      off: 'leave config/rbac/common/networkpolicy-*.yaml out',
    },
  ],
  source: 'modelmesh-serving 9c7a2b7, config/rbac/common, docs/configuration',
  versions: 'of April 2026, after 0.12.0',
  lookedAt: LOOKED_AT,
};
