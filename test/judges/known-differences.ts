/**
 * Where the two engines are known to differ. Neither is wrong by its own documentation, so such a flow is not asked of
 * both: one of them alone says what is right, and the flows are counted under the name of the difference.
 */
import { BlockList, isIPv6 } from 'node:net';
import type { Flow, World } from './world';

export type Difference =
  /** For Cilium an address block never means a pod (cilium issue 20550); the API leaves it open, upstream tests want it. */
  | 'a block that holds a pod'
  /** For Cilium the rules of a direction isolate it, also where policyTypes leaves it out; the API says policyTypes does. */
  | 'rules of a direction that policyTypes leaves out';

/** The difference that a flow of this world can meet, by its position in `world.flows`. */
export function knownDifferences(world: World): (flow: Flow) => Difference | undefined {
  const policies = world.documents.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as PolicySpec);
  if (policies.some(hasLeftOutRules)) return () => 'rules of a direction that policyTypes leaves out';
  const pods = new Set(world.ends.filter(({ pod }) => pod !== undefined).flatMap(({ addresses }) => addresses));
  const blocks = new BlockList();
  for (const cidr of policies.flatMap(blocksOf)) {
    const [address, prefix] = cidr.split('/');
    blocks.addSubnet(address as string, Number(prefix), family(cidr));
  }
  const held = (address: string) => blocks.check(address, family(address));
  return ({ from, to }) => {
    const betweenPods = pods.has(from) && pods.has(to);
    return betweenPods && (held(from) || held(to)) ? 'a block that holds a pod' : undefined;
  };
}

interface PolicySpec {
  readonly policyTypes?: readonly string[] | null;
  readonly ingress?: readonly PolicyRule[] | null;
  readonly egress?: readonly PolicyRule[] | null;
}

interface PolicyRule {
  readonly from?: readonly PolicyPeer[] | null;
  readonly to?: readonly PolicyPeer[] | null;
}

interface PolicyPeer {
  readonly ipBlock?: { readonly cidr: string };
}

function hasLeftOutRules({ policyTypes, ingress, egress }: PolicySpec): boolean {
  const types = policyTypes ?? [];
  if (types.length === 0) return false;
  return (!types.includes('Ingress') && hasAny(ingress)) || (!types.includes('Egress') && hasAny(egress));
}

function hasAny(rules: readonly PolicyRule[] | null | undefined): boolean {
  return rules !== null && rules !== undefined && rules.length > 0;
}

function blocksOf({ ingress, egress }: PolicySpec): string[] {
  const peers = [...(ingress ?? []).map(({ from }) => from), ...(egress ?? []).map(({ to }) => to)];
  return peers.flatMap((list) => list ?? []).flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [ipBlock.cidr]));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address.split('/')[0] as string) ? 'ipv6' : 'ipv4';
}
