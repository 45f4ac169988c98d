import { objectText } from '../kinds/manifest';
import { hostText } from '../model/host-pattern';
import type { Check } from './check';
import { allowRules, type SeenRule } from './seen-rules';

/** What the composition of Cilium's policies says of such rules, at the rules. */
export const ciliumHostsWithoutDns: Check = {
  id: 'cilium-hosts-without-dns',
  level: 'warning',
  title: 'host names that Cilium never learns an address of',
  why: 'Cilium knows the addresses of a name by the answers that pass its DNS proxy, so that without a rule for it the name stays closed',
  fix: "Write rules: { dns: [{ matchPattern: '*' }] } where the DNS of these pods is allowed.",
  avoid: hosts(''),
  prefer: hosts(`
          rules: { dns: [{ matchPattern: "*" }] }`),
  source: 'cilium 1.20.2, Documentation/security/dns.rst (DNS proxy)',
  *find(seen) {
    const troubles = seen.plane.problems.filter(({ rule }) => rule === 'cilium-hosts-without-dns');
    if (troubles.length === 0) return;
    for (const rule of allowRules(seen, 'egress')) {
      const named = namesOf(rule);
      const policy = objectText(rule.object.ref);
      const found = troubles.find(({ value = '', what }) => named.has(value) && what.startsWith(`${policy} `));
      if (found === undefined) continue;
      const { what, value, allowed } = found;
      yield {
        object: rule.object,
        path: rule.path,
        what,
        ...(value !== undefined && { value }),
        ...(allowed !== undefined && { allowed }),
      };
    }
  },
};

function hosts(dns: string): string {
  return `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: loader, namespace: models }
spec:
  endpointSelector: { matchLabels: { app: loader } }
  egress:
    - toFQDNs: [{ matchName: huggingface.co }]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]
    - toEndpoints:
        - matchLabels: { k8s:io.kubernetes.pod.namespace: kube-system, k8s-app: kube-dns }
      toPorts:
        - ports: [{ port: "53", protocol: ANY }]${dns}
`;
}

function namesOf({ parts }: SeenRule): ReadonlySet<string> {
  const patterns = parts.flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === 'hosts' ? peer.patterns : [])));
  return new Set(patterns.map(hostText));
}
