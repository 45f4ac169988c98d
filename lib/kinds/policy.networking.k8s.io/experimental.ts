import * as ports from '../../model/port-set';
import type { PolicyReading } from '../policy-reading';
import type { Uncertainty } from '../uncertain-policy';
import { CLUSTER_NETWORK_POLICY } from './kind-names';

/** Peers and ports that an API server knows only in some channels and releases of the API. */
export type ExperimentalField = 'nodes' | 'domainNames' | 'named ports';

/**
 * What the policy needs beyond the standard channel, where the API server drops the field and then refuses what is left
 * empty (network-policy-api, CRDs of both channels of 0.1.8, 0.2.0 and 0.3.0). Names of ports were in the standard channel
 * of ClusterNetworkPolicy in release 0.2.0 alone. `version`: of the API, where it is known.
 */
export function experimentalFields({ kind, rules }: PolicyReading, version?: string): ExperimentalField[] {
  const peers = rules.flatMap((rule) => rule.peers.map((peer) => peer.kind));
  const hasStandardNames = kind === CLUSTER_NETWORK_POLICY && /^v?0\.2\.0$/.test(version ?? '');
  return [
    ...(peers.includes('entity') ? ['nodes' as const] : []),
    ...(peers.includes('hosts') ? ['domainNames' as const] : []),
    ...(!hasStandardNames && rules.some((rule) => ports.hasNames(rule.ports)) ? ['named ports' as const] : []),
  ];
}

/** What that leaves open, where it is not known which channel the cluster has. */
export function ofChannel(fields: readonly ExperimentalField[]): Uncertainty {
  return {
    why: `${fields.join(' and ')} are of the experimental channel of its API, and an API server with the standard one refuses it`,
    fix: 'Name namespaces, pods and networks, and ports by number.',
  };
}
