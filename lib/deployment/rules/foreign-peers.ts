import type { PeerSpec } from '../../values/peer';
import { aboutForeign } from '../flows/flow-words';
import { tierOfWorkload } from '../flows/pod-peers';
import type { GivenWorkload } from '../workloads/given-workload';
import { podsOfWorkload } from '../workloads/pods-of-workload';
import { problemAt, type RuleContext } from './rule';

/** A construct that was named in a foreign policy must render pods that can be told from others. */
export function foreignPeers({ declarations, tiers }: RuleContext) {
  return declarations.foreign.flatMap((record) =>
    [record.source, record.destination].flatMap(workloadOf).flatMap((workload) => {
      const { problem } = tierOfWorkload(workload, tiers) === undefined ? podsOfWorkload(workload) : {};
      if (problem === undefined) return [];
      return [problemAt(record.construct, { ...problem, ...aboutForeign(record, declarations) })];
    }),
  );
}

function workloadOf(peer: PeerSpec): GivenWorkload[] {
  return peer.kind === 'pods' && peer.workload !== undefined ? [{ workload: peer.workload, choice: peer.choice }] : [];
}
