import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import { isMostOfInternet, privateAmong, shownAddresses } from './addresses';
import type { Check, CheckFinding } from './check';
import { DNS } from './dns-ports';
import { workloadsOf } from './in-force';
import { listText, workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { allowRules, type SeenRule } from './seen-rules';

/**
 * Blocks that hold pods open them all, whatever their labels. Blocks of most addresses are the business of `wide-egress`,
 * and Cilium matches no pod by its address.
 */
export const clusterRange: Check = {
  id: 'cluster-range',
  level: 'warning',
  title: 'a private range that holds pods',
  why: 'A block of addresses takes no notice of labels and namespaces, so that every pod with an address in it is let through, also those that come later',
  fix: 'Name the pods by their labels, and leave the ranges of pods out of the block (except).',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: tools, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 10.0.0.0/8 } }]
      ports: [{ port: 443 }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: tools, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 10.20.30.0/24 } }]
      ports: [{ port: 443 }]
`,
  source:
    'kubernetes test/e2e/network/netpol (a block matches the address of a pod); cilium issue 20550 (on Cilium it does not)',
  *find(seen) {
    if (seen.plane.plane.ipBlockMode === 'external-only') return;
    const own = ownAddresses(seen);
    for (const direction of ['egress', 'ingress'] as const) {
      for (const rule of allowRules(seen, direction)) yield* found(rule, own, seen);
    }
  },
};

function* found(rule: SeenRule, own: OwnAddresses, seen: Seen): Generator<CheckFinding> {
  const blocks = rule.parts.flatMap((part) => {
    const found = part.peers.flatMap((peer) => (peer.kind === 'addresses' ? suspicious(peer.addresses, own) : []));
    // Name servers are reached by address where they are no pods, and the port keeps others out.
    return found.length === 0 || ports.covers(DNS, part.ports) ? [] : found;
  });
  if (blocks.length === 0) return;
  const inside = ips.unionOf(blocks);
  const held = holds(inside, own);
  const pods = workloadsText(workloadsOf(seen, rule));
  yield {
    object: rule.object,
    path: rule.path,
    level: held.level,
    ...(pods !== '' && { about: pods }),
    what: `${ips.ipsText(inside)} ${held.what}, so that ${rule.direction === 'egress' ? 'they are reached' : 'they come in'} as well`,
    value: ips.ipsText(inside),
    allowed: 'pods by their labels, and addresses outside the cluster',
    ...(held.fix !== undefined && { fix: held.fix }),
  };
}

/** A block of no more is some machines, and a cluster has more pods than that. */
const FEW = 256n;
/** The size from which clusters are given ranges as a whole: a /16. */
const MANY = 65_536n;
const FEW_V6 = 2n ** 64n;

/** Where pods are known to be: by the ranges that were told, or else by the pods whose addresses the manifests show. */
interface OwnAddresses {
  readonly told?: ips.IpSet;
  readonly shown: ips.IpSet;
}

function ownAddresses(seen: Seen): OwnAddresses {
  const told = seen.facts?.podRanges;
  return { ...(told && { told }), shown: shownAddresses(seen) };
}

/** What of a block holds pods, or may. */
function suspicious(addresses: ips.IpSet, { told, shown }: OwnAddresses): readonly ips.IpSet[] {
  const { v4, v6 } = ips.size(addresses);
  const isSmall = v4 <= FEW && v6 < FEW_V6;
  if (isSmall && told === undefined && ips.isEmpty(shown)) return [];
  if (isMostOfInternet(addresses)) return [];
  const inside = privateAmong(addresses);
  if (ips.isEmpty(inside)) return [];
  if (told !== undefined) return ips.intersects(inside, told) ? [inside] : [];
  if (ips.intersects(inside, shown)) return [inside];
  return isSmall || leavesRangesOut(inside) ? [] : [inside];
}

/** Who leaves a range out of a block that a cluster could have knows the ranges of the cluster. */
function leavesRangesOut(inside: ips.IpSet): boolean {
  return ips.blocks(inside).some(({ except = [] }) => except.some((cidr) => ips.size(ips.fromBlock(cidr)).v4 >= MANY));
}

function holds(inside: ips.IpSet, { told, shown }: OwnAddresses): Pick<CheckFinding, 'level' | 'what' | 'fix'> {
  const pods = ips.intersection(inside, told ?? shown);
  if (!ips.isEmpty(pods))
    return { level: 'warning', what: `holds pods of the cluster (${listText(ips.plainBlocks(pods))})` };
  const { v4, v6 } = ips.size(inside);
  return {
    level: v4 >= MANY || v6 >= FEW_V6 ? 'warning' : 'note',
    what: 'may hold pods of the cluster, whose addresses are not known',
    fix: 'Name the pods by their labels, or tell the ranges of the cluster (--cluster), so that only what holds pods is found.',
  };
}
