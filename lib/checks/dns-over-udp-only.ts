import { podSetImplies } from '../model/pod-set';
import type { Check } from './check';
import { hasDnsPort, isAboutDns } from './dns-ports';
import { networkPolicies, policiesByNamespace, rulePath, type SeenPolicy } from './network-policies';
import type { Seen } from './seen';

export const dnsOverUdpOnly: Check = {
  id: 'dns-over-udp-only',
  level: 'warning',
  title: 'DNS over UDP only',
  why: 'An answer that does not fit into a datagram is asked for again over TCP, so that some names fail to resolve, and only some',
  fix: 'Allow port 53 over TCP beside UDP.',
  avoid: allowingDns('{ protocol: UDP, port: 53 }'),
  prefer: allowingDns('{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }'),
  source: 'RFC 7766, section 5',
  *find(seen) {
    for (const policy of networkPolicies(seen)) {
      const rule = policy.rules.find(
        (each) => isAboutDns(each) && hasDnsPort(each.ports, 'UDP') && !hasDnsPort(each.ports, 'TCP'),
      );
      if (rule === undefined || isAlsoOverTcp(seen, policy)) continue;
      yield {
        object: policy.object,
        path: [...rulePath(rule), 'ports'],
        what: 'the rule allows DNS over UDP, and no rule for the same pods allows it over TCP',
        value: 'UDP/53',
        fix: 'Add { protocol: TCP, port: 53 } beside it.',
      };
    }
  },
};

/** A policy that allows these ports of name servers. */
export function allowingDns(ports: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-dns, namespace: agents }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
      ports: [${ports}]
`;
}

function isAlsoOverTcp(seen: Seen, { namespace, subject }: SeenPolicy): boolean {
  return (policiesByNamespace(seen).get(namespace) ?? []).some(
    (other) =>
      other.rules.some(({ direction, ports }) => direction === 'egress' && hasDnsPort(ports, 'TCP')) &&
      podSetImplies(subject, other.subject),
  );
}
