import { knowsEntities } from '../../cluster/entities';
import { privateRanges } from '../../cluster/special-addresses';
import { isWaived } from '../../findings/waiver-uses';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Waiver } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Problem } from '../../model/problem';
import { clusterCall } from '../../values/cluster-call';
import type { PeerEnd } from './peer-end';

type Refusal = Omit<Problem, 'where'>;

/** What stands for the nodes in a block that nodes or a balancer hand traffic on from, beside the block itself. */
export interface NodesOfBlock {
  readonly ends: readonly PeerEnd[];
  readonly problems: readonly Refusal[];
}

const NONE: NodesOfBlock = { ends: [], problems: [] };

/**
 * An engine that tells ends apart by identity never takes nodes for addresses (Cilium, unless `policy-cidr-match-mode` has
 * `nodes`), so the nodes of a block come in as what it knows them by. That is every node, wherever its address.
 */
export function nodesOfBlock(block: IpSet, facts: ClusterFacts, waivers: readonly Waiver[]): NodesOfBlock {
  if (facts.ipBlockMode !== 'external-only') return NONE;
  const text = ips.ipsText(block);
  const { nodeRanges } = facts;
  if (nodeRanges === undefined) {
    if (!ips.intersects(block, privateRanges)) return NONE;
    if (!isWaived('engine-nodes', waivers))
      return { ends: [], problems: [mayHoldNodes(text, ips.intersection(block, privateRanges), facts)] };
    return knowsEntities(facts) ? everyNode : NONE;
  }
  if (!ips.intersects(block, nodeRanges)) return NONE;
  if (!knowsEntities(facts)) return { ends: [], problems: [holdsNodes(text)] };
  if (isAllNodes(block, nodeRanges) || isWaived('engine-nodes', waivers)) return everyNode;
  return { ends: [], problems: [someNodes(text, nodeRanges)] };
}

/** Such an engine with policies that have no word for nodes: nothing that they say is about nodes. */
export function nodesUnsayable(facts: ClusterFacts): Refusal[] {
  if (facts.ipBlockMode !== 'external-only' || knowsEntities(facts)) return [];
  return [
    {
      rule: 'engine-nodes',
      what: 'a policy for the nodes would match nothing: the engine of this cluster never matches nodes by address, and NetworkPolicy has no other word for them',
      value: 'Nodes.all()',
      allowed: 'pods, and addresses outside the cluster',
      fix: 'Name the pods that are meant, where they are not on the host network, or leave the flow out.',
    },
  ];
}

const everyNode: NodesOfBlock = {
  ends: [
    {
      endpoint: { kind: 'entity', entity: 'nodes' },
      notes: ['the engine knows nodes by themselves and never by address: every node, and what is on its host network'],
    },
  ],
  problems: [],
};

/** All of them in each family that the block has any of: they are the same nodes in the other one. */
function isAllNodes(block: IpSet, nodes: IpSet): boolean {
  const missed = ips.difference(nodes, block);
  const met = ips.intersection(nodes, block);
  return (['v4', 'v6'] as const).every((family) => met[family].length === 0 || missed[family].length === 0);
}

function someNodes(text: string, nodes: IpSet): Refusal {
  return {
    rule: 'engine-nodes',
    what: `${text} holds some of the nodes (${ips.ipsText(nodes)}), and the engine of this cluster knows all of them or none: it never matches nodes by address`,
    value: text,
    allowed: 'all ranges of the nodes, or none of them',
    fix: [
      'Give the cluster the ranges that nodes have addresses in and no wider ones (nodeCidrs), or name all of them here;',
      "or accept every node: acknowledge: [{ rule: 'engine-nodes', because: '…' }]",
    ].join('\n'),
  };
}

function mayHoldNodes(text: string, inside: IpSet, facts: ClusterFacts): Refusal {
  const blocks = ips.blocks(inside).map(({ cidr }) => `'${cidr}'`);
  return {
    rule: 'engine-nodes',
    what: `${text} may hold nodes, which the engine of this cluster never matches by address: where nodes have theirs is not known`,
    value: text,
    allowed: 'private addresses once the ranges of the nodes are given, and public ones',
    fix: [
      `Give the ranges of the nodes, which may be these: ${clusterCall(facts, `nodeCidrs: [${blocks.join(', ')}]`)};`,
      "or accept every node: acknowledge: [{ rule: 'engine-nodes', because: '…' }]",
    ].join('\n'),
  };
}

function holdsNodes(text: string): Refusal {
  return {
    rule: 'engine-nodes',
    what: `${text} holds nodes, and a policy would not match them: the engine of this cluster never matches nodes by address, and NetworkPolicy has no other word for them`,
    value: text,
    allowed: 'addresses of a balancer, and clients whose own address is kept',
    fix: 'Let the balancer target pods, and name it: through: LoadBalancer.gcpProxy({ targets: LoadBalancerTargets.IP }); or let it keep the addresses of clients: seenAs: SourceAddress.preserved().',
  };
}
