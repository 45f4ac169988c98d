import { podSetImplies } from '../model/pod-set';
import type { Check } from './check';
import { hasDnsPort, isAboutDns } from './dns-ports';
import { at, networkPolicies, rulePath, type SeenPolicy } from './network-policies';
import type { Seen } from './seen';
import { allowRules } from './seen-rules';

/** Of NetworkPolicies alone: Cilium takes a port without a protocol for every protocol, Calico refuses it. */
export const dnsOverTcpOnly: Check = {
  id: 'dns-over-tcp-only',
  level: 'warning',
  title: 'port 53 without a protocol, which is TCP',
  why: 'A port without a protocol is one of TCP, and resolvers ask over UDP first, so that names fail to resolve',
  fix: 'Allow port 53 over UDP beside TCP.',
  avoid: policy('{ port: 53 }'),
  prefer: policy('{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }'),
  source: 'Kubernetes API reference, NetworkPolicyPort: protocol defaults to TCP; RFC 7766, section 5',
  *find(seen) {
    for (const policy of networkPolicies(seen)) {
      const rule = policy.rules.find(
        (each) => hasDnsPort(each.ports, 'TCP') && !hasDnsPort(each.ports, 'UDP') && isAboutDns(each),
      );
      if (rule === undefined) continue;
      const path = [...rulePath(rule), 'ports'];
      const index = portsIn(at(policy.object.json, path)).findIndex(isLeftToDefault);
      if (index === -1 || isAlsoOverUdp(seen, policy)) continue;
      yield {
        object: policy.object,
        path: [...path, index],
        what: 'the rule allows port 53 without a protocol, which is TCP alone, and no rule for the same pods allows it over UDP',
        value: 'TCP/53',
        fix: 'Add { protocol: UDP, port: 53 } beside it.',
      };
    }
  },
};

function policy(ports: string): string {
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

function portsIn(written: unknown): readonly unknown[] {
  return Array.isArray(written) ? written : [];
}

/** Who writes `protocol: TCP` may mean it. */
function isLeftToDefault(port: unknown): boolean {
  return at(port, ['port']) === 53 && at(port, ['protocol']) === undefined;
}

/** By a policy of whichever kind. */
function isAlsoOverUdp(seen: Seen, { subject }: SeenPolicy): boolean {
  return allowRules(seen, 'egress').some(({ parts }) =>
    parts.some((part) => hasDnsPort(part.ports, 'UDP') && podSetImplies(subject, part.subject)),
  );
}
