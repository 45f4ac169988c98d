import type { ClusterFacts } from '../model/cluster-facts';
import type { Flow } from '../model/flow';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { knowsEntities } from './entities';

/** Platforms that hand a workload its own credentials at an address where others hand out those of the node. */
export type WorkloadIdentity = 'eks' | 'gke';

/** Where a pod asks for the credentials of its service account, as policy sees it. */
export interface IdentityServer {
  readonly addresses: IpSet;
  readonly ports: PortSet;
}

/** What the graph calls them: no other addresses have these names. */
export const IDENTITY_TITLES: Readonly<Record<WorkloadIdentity, string>> = {
  eks: 'EKS Pod Identity',
  gke: 'GKE metadata server',
};

/** Whether a flow goes to such a server and nowhere else: by its name, at its addresses, and on its ports. */
export function isToIdentityServer({ to, traffic }: Pick<Flow, 'to' | 'traffic'>, facts: ClusterFacts): boolean {
  if (to.kind !== 'addresses') return false;
  const identity = (['eks', 'gke'] as const).find((one) => IDENTITY_TITLES[one] === to.name);
  const servers = identity === undefined ? [] : identityServers(identity, facts);
  return servers.some(
    ({ addresses, ports: served }) => ips.contains(addresses, to.addresses) && ports.covers(served, traffic.ports),
  );
}

export function identityServers(identity: WorkloadIdentity, facts: ClusterFacts): readonly IdentityServer[] {
  return identity === 'eks' ? [EKS] : gke(facts);
}

/**
 * Where the engine knows the server as a node, beside its address. The agent of EKS is on the host network, and Cilium takes
 * the address on its interface for the host (cilium issue 34387), or for the world (issue 35989, release 1.16).
 */
export function isOnNode(identity: WorkloadIdentity, facts: ClusterFacts): boolean {
  return identity === 'eks' && knowsEntities(facts);
}

/** EKS user guide, "EKS Pod Identity" and "Set up the Amazon EKS Pod Identity Agent": addresses, and port 80 of the agent. */
const EKS: IdentityServer = {
  addresses: ips.fromBlocks(['169.254.170.23/32', 'fd00:ec2::23/128']),
  ports: ports.number('TCP', 80),
};

/**
 * GKE documentation, "Workload Identity Federation for GKE" (network policy): from 1.21.0-gke.1000 on, what asks
 * 169.254.169.254 is led to the server at 169.254.169.252 before policies of Calico look; Dataplane V2 sees what was asked.
 * Port 80 (credentials) arrives as 988, and 8080 (ALTS) as 987 (gke-labs/kube-agents, pull request 805).
 */
function gke({ engine, ipBlockMode }: ClusterFacts): readonly IdentityServer[] {
  if (engine === 'calico') return [GKE_REDIRECTED];
  const isDataplaneV2 = engine === 'kubernetes' && ipBlockMode === 'external-only';
  return isDataplaneV2 ? [GKE_AS_ASKED] : [GKE_REDIRECTED, GKE_AS_ASKED];
}

const GKE_REDIRECTED: IdentityServer = {
  addresses: ips.fromBlock('169.254.169.252/32'),
  ports: ports.union(ports.number('TCP', 987), ports.number('TCP', 988)),
};

const GKE_AS_ASKED: IdentityServer = {
  addresses: ips.fromBlock('169.254.169.254/32'),
  ports: ports.union(ports.number('TCP', 80), ports.number('TCP', 8080)),
};
