import * as ips from '../model/ip-set';
import { addressesOf, isMostOfInternet, shownAddresses } from './addresses';
import type { Check, CheckFinding } from './check';
import { listText } from './pods-seen';
import { allowRules, type SeenRule } from './seen-rules';

/** By the ranges of the cluster where they were told (`--cluster`), and by addresses of pods that manifests show; otherwise nobody knows what a block is. */
export const rangeMissesPods: Check = {
  id: 'range-misses-pods',
  level: 'warning',
  title: 'a block for pods on an engine whose blocks match no pod',
  why: 'The engine knows its pods by their labels alone, so that the rule opens nothing of what it seems to open',
  fix: 'Name the pods by their labels, and nodes by what the engine has for them (toEntities: [host, remote-node] on Cilium).',
  avoid: cidr('10.244.0.0/16'),
  prefer: cidr('203.0.113.0/24'),
  source: 'cilium issue 20550',
  *find(seen) {
    const { facts, plane } = seen;
    if (plane.plane.ipBlockMode !== 'external-only') return;
    const own = [
      ['pods', ips.union(facts?.podRanges ?? ips.none, shownAddresses(seen))],
      ['nodes', facts?.nodeRanges ?? ips.none],
    ] as const;
    // Without an address of anything that could be missed there is nothing to look for.
    if (own.every(([, ranges]) => ips.isEmpty(ranges))) return;
    for (const direction of ['egress', 'ingress'] as const) {
      for (const rule of allowRules(seen, direction)) yield* found(rule, own);
    }
  },
};

function cidr(block: string): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: tool, namespace: tools }
spec: { containers: [{ name: tool, image: tool }] }
status: { podIP: 10.244.1.7 }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  endpointSelector: { matchLabels: { app: agent } }
  egress:
    - toCIDR: [${block}]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]
`;
}

function* found(
  { object, path, parts }: SeenRule,
  own: readonly (readonly [what: string, ranges: ips.IpSet])[],
): Generator<CheckFinding> {
  const blocks = ips.unionOf([ips.none, ...parts.map(addressesOf).filter((each) => !isMostOfInternet(each))]);
  for (const [what, ranges] of own) {
    if (!ips.intersects(blocks, ranges)) continue;
    const missed = ips.intersection(blocks, ranges);
    yield {
      object,
      path,
      what: `${someBlocks(missed)} are addresses of ${what} of the cluster, which no block matches`,
      value: someBlocks(missed),
      allowed: 'blocks outside the cluster',
    };
  }
}

/** Single addresses of pods would make a long list. */
function someBlocks(addresses: ips.IpSet): string {
  return listText(ips.plainBlocks(addresses));
}
