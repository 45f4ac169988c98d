import { IDENTITY_TITLES, identityServers, isOnNode, type WorkloadIdentity } from '../../cluster/workload-identity';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { PeerEnd } from './peer-end';

/** The servers that hand a workload its own credentials: each on its own ports, and as its node where the engine sees that. */
export function identityEnds(identity: WorkloadIdentity, facts: ClusterFacts): PeerEnd[] {
  return identityServers(identity, facts).flatMap(({ addresses, ports }): PeerEnd[] => [
    {
      endpoint: { kind: 'addresses', addresses, name: IDENTITY_TITLES[identity] },
      ports,
      notes: ['hands out the credentials of the workload, at an address of metadata services: these ports alone'],
    },
    ...(isOnNode(identity, facts)
      ? [
          {
            endpoint: { kind: 'entity' as const, entity: 'nodes' as const },
            ports,
            notes: [
              `${IDENTITY_TITLES[identity]} is on the node, which the engine may know by itself: every node on this port`,
            ],
          },
        ]
      : []),
  ]);
}
