import type { KnownSystem } from './known-system';
import { flow, LOOKED_AT, labelled, part, pods, serving } from './table';

export const cephRgw: KnownSystem = {
  id: 'ceph-rgw',
  title: 'Ceph Object Gateway',
  role: 'data',
  known: { images: [], kinds: ['ceph.rook.io/CephObjectStore'] },
  parts: [
    part('gateway', [labelled('Rook of August 2026', { app: 'rook-ceph-rgw' })], [serving(8080, 'S3')], {
      madeBy: 'Rook, from a CephObjectStore',
    }),
  ],
  flows: [flow('gateway', pods('monitors of Ceph', { app: 'rook-ceph-mon' }), [3300, 6789], 'it asks where data is')],
  traps: ['Block and file storage is reached from the node, where policies about the pod say nothing.'],
  unknown: ['the range of the ports of OSDs'],
  source: 'rook d0c3b9ce6, pkg/operator/ceph/object/config.go, objectstore.go, cluster/mon/mon.go',
  versions: 'Rook of August 2026, after 1.20.6',
  lookedAt: LOOKED_AT,
};
