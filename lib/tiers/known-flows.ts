import type { IConstruct } from 'constructs';
import { ZeroTrustError } from '../model/problem';
import { Cluster } from '../values/cluster';
import type { KnownFlow, KnownPodsFacts } from '../values/known-pods';
import type { IPeer } from '../values/peer';
import type { IConnectable } from './connections';

/** Opens what the catalog says that the pods of a tier need. */
export function openKnownFlows(tier: IConnectable & IConstruct, known: KnownPodsFacts): void {
  for (const flow of known.flows) {
    const { direction, peer: _, ...said } = flow;
    tier.connections._declare(direction, peerOf(tier, known, flow), said);
  }
}

function peerOf(tier: IConnectable & IConstruct, { title }: KnownPodsFacts, { peer, because }: KnownFlow): IPeer {
  if (peer === 'itself') return tier;
  return peer === 'api-server' ? apiServerOf(tier, `${title} cannot do without it ("${because}")`) : peer;
}

/** Where the engine has to be told the addresses, the refusal says who needs them. */
function apiServerOf(construct: IConstruct, why: string): IPeer {
  try {
    return Cluster.of(construct).apiServer;
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    throw new ZeroTrustError(
      error.problems.map((problem) => ({
        where: construct.node.path,
        ...problem,
        what: `${problem.what}; ${why}`,
      })),
    );
  }
}
