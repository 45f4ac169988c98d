import { whyNeverMatched } from '../deployment/flows/outside-addresses';
import type { ClusterFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import { portsText } from '../model/port-set';
import { remembered } from '../model/remembered';
import type { BlockPeer, BlocksPeer, Plan, PlannedFlow } from './plan';
import { isByPolicies, reasonOfAll } from './reasons';

/**
 * Blocks of which a tier is allowed the same become one flow, since a reader sees one thing: to whom, on these ports. Which
 * policy allows which block stays with the block. One that no policy matches is refused, and one with parts taken out is a
 * sentence of its own: they stay by themselves.
 */
export function blocksTogether(plan: Plan, facts: ClusterFacts): Plan {
  const isRefused = remembered(({ cidr }: BlockPeer): { readonly is: boolean } => ({
    is: whyNeverMatched(ips.fromBlock(cidr), facts) !== undefined,
  }));
  const isOne = ({ peer, because }: PlannedFlow) =>
    peer.kind === 'block' && peer.except.length === 0 && isByPolicies(because) && !isRefused(peer).is;
  // A list for each flow, in the place of the first of those that go together.
  const groups: PlannedFlow[][] = [];
  const known = new Map<string, PlannedFlow[]>();
  for (const flow of plan.flows) {
    const key = isOne(flow) ? sameOf(flow) : undefined;
    const group = key === undefined ? undefined : known.get(key);
    if (group !== undefined) {
      group.push(flow);
      continue;
    }
    const started = [flow];
    groups.push(started);
    if (key !== undefined) known.set(key, started);
  }
  const sharing = new Map<string, BlocksPeer>();
  return { ...plan, flows: groups.map((group) => (group.length === 1 ? group[0] : joined(group, sharing))) };
}

/** The flows of one with several blocks, each block by itself. */
export function blocksApart(flow: PlannedFlow, { blocks }: BlocksPeer): readonly PlannedFlow[] {
  return blocks.map(({ cidr, because }) => ({ ...flow, peer: { kind: 'block', cidr, except: [] }, because }));
}

/** What is the same of flows that are one but for their blocks. */
function sameOf({ tier, direction, ports, http, waived }: PlannedFlow): string {
  const rules = waived.map(({ rule }) => rule).join();
  return `${direction} ${tier} ${portsText(ports)} ${rules} ${http === undefined ? '' : JSON.stringify(http)}`;
}

/** A rule is bound to many tiers, so that many have the same blocks: they are one object. */
function joined(group: readonly PlannedFlow[], sharing: Map<string, BlocksPeer>): PlannedFlow {
  const blocks = group.flatMap(({ peer, because }) => (peer.kind === 'block' ? [{ cidr: peer.cidr, because }] : []));
  const key = blocks.map(({ cidr, because }) => `${cidr} ${because}`).join('\n');
  const peer = sharing.get(key) ?? { kind: 'blocks', blocks, because: reasonOfAll(blocks.map((each) => each.because)) };
  sharing.set(key, peer);
  return { ...group[0], peer, because: peer.because };
}
