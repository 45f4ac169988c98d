import type { KnownSystem } from './known-system';
import { asksApiServer, BITNAMI_POLICY, calledByApiServer, flow, LOOKED_AT, part, serving, webhook } from './table';

export const mongodb: KnownSystem = {
  id: 'mongodb',
  title: 'MongoDB',
  role: 'data',
  known: {
    images: ['mongodb/mongodb-community-server', 'mongo', 'bitnami/mongodb', 'bitnamilegacy/mongodb'],
    kinds: ['mongodbcommunity.mongodb.com/MongoDBCommunity'],
  },
  parts: [
    part('mongodb', [], [serving(27017, 'clients, and replicas')]),
    part('operator', [], [webhook(1993, 'admission')], { role: 'cluster', images: ['mongodb/mongodb-kubernetes'] }),
  ],
  flows: [
    flow('mongodb', 'mongodb', [27017], 'replicas follow the primary', 'there are replicas'),
    calledByApiServer('operator', 1993),
    asksApiServer('operator'),
  ],
  policies: [BITNAMI_POLICY],
  traps: ['Pods of a community database have the label app: NAME-svc, with its name in it.'],
  unknown: ['labels of the operator'],
  source: 'mongodb-kubernetes 67a92993f, pkg/util/constants.go, helm_chart/values.yaml; bitnami/charts 5165628ae0',
  versions: 'operator of August 2026, after 1.10.0',
  lookedAt: LOOKED_AT,
};
