import type { IConstruct } from 'constructs';
import type { PeerSpec } from '../../values/peer';
import { tierOfWorkload } from '../flows/pod-peers';
import { podsOfWorkload } from '../workloads/pods-of-workload';
import { problemAt, type RuleContext } from './rule';

/** A construct that was named in a foreign policy must render pods that can be told from others. */
export function foreignPeers({ root, declarations, tiers }: RuleContext) {
  const unplaced = (workload: IConstruct) => {
    const { problem } = tierOfWorkload(workload, tiers) === undefined ? podsOfWorkload(workload) : {};
    return problem === undefined ? [] : [problemAt(root, problem)];
  };
  return declarations.foreign
    .flatMap(({ source, destination }) => [source, destination])
    .flatMap(workloadOf)
    .flatMap(unplaced);
}

function workloadOf(peer: PeerSpec): IConstruct[] {
  return peer.kind === 'pods' && peer.workload !== undefined ? [peer.workload] : [];
}
