import { addressNames, endText } from '../graph/ends';
import { type GraphTier, tierKey } from '../graph/graph-data';
import type { Flow } from '../model/flow';
import * as ports from '../model/port-set';
import type { Draft } from './draft';
import { leadsTo } from './name-servers';

const SILENT = {
  UDP: 'a server over UDP need not answer whom it hears, so that silence is no denial',
  SCTP: 'the kernels of many nodes lack SCTP, where no try shows anything',
} as const;

/**
 * Names flows into the tier, and from it to what is no tier, over UDP and SCTP, as what the test leaves open: a try of them
 * would show nothing. Queries to name servers are tried.
 */
export function untriedFlows(tier: GraphTier, draft: Draft): void {
  const names = addressNames(draft.graph);
  for (const flow of draft.graph.flows) {
    if (!isOf(flow, tierKey(tier)) || isTried(flow, draft)) continue;
    const { UDP, SCTP } = flow.traffic.ports;
    const untried = { ...ports.none, UDP, SCTP };
    if (ports.isEmpty(untried)) continue;
    const why = (['UDP', 'SCTP'] as const).filter(
      (protocol) => !ports.isEmpty({ ...ports.none, [protocol]: untried[protocol] }),
    );
    draft.leaveOut(
      `${ports.portsText(untried)} from ${endText(flow.from, names)} to ${endText(flow.to, names)}`,
      why.map((protocol) => SILENT[protocol]).join('; '),
    );
  }
}

/** A flow between two tiers is of the one that it leads to. */
function isOf({ from, to }: Flow, key: string): boolean {
  return to.kind === 'tier' ? tierKey(to) === key : from.kind === 'tier' && tierKey(from) === key;
}

/** A flow to name servers, and to nothing else. */
function isTried(flow: Flow, { graph }: Draft): boolean {
  return graph.cluster.dns.servers.some(
    (server) => leadsTo(server, flow) && ports.covers(server.ports, { ...flow.traffic.ports, other: false }),
  );
}
