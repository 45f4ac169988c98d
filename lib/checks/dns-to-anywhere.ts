import * as ports from '../model/port-set';
import { addressesOf, isMostOfInternet, SOMEWHERE } from './addresses';
import type { Check, CheckFinding } from './check';
import { DNS } from './dns-ports';
import { reaches } from './in-force';
import type { Seen } from './seen';
import { type SeenRule, wideRules } from './seen-rules';

export const dnsToAnywhere: Check = {
  id: 'dns-to-anywhere',
  level: 'note',
  title: 'name resolution at any address',
  why: 'Whatever is sent to port 53 of an address that somebody else runs leaves the cluster, and no name server of the cluster sees or limits it',
  fix: 'Name the name servers of the cluster in to, by the namespace and labels of their pods or by their addresses.',
  avoid: dns(''),
  prefer: dns(
    'to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ',
  ),
  source: 'open-webui/helm-charts a6305e7 (terminals); MITRE ATT&CK T1071.004 (DNS)',
  *find(seen) {
    for (const rule of wideRules(seen).toInternet) yield* found(rule, seen);
  },
};

function dns(to: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: terminal, namespace: agents }
spec:
  podSelector: { matchLabels: { app: terminal } }
  policyTypes: [Egress]
  egress:
    - { ${to}ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }] }
`;
}

/** Rules with other ports beside it are the business of `wide-egress`; a proxy that sees each query is no open door. */
function* found(rule: SeenRule, seen: Seen): Generator<CheckFinding> {
  const open = rule.parts.find(
    (part) => part.requests === undefined && isMostOfInternet(addressesOf(part)) && ports.covers(DNS, part.ports),
  );
  if (open === undefined || ports.isEmpty(open.ports)) return;
  const protocol = open.ports.UDP.ranges.length > 0 ? 'UDP' : 'TCP';
  if (!reaches(seen, rule, SOMEWHERE, protocol, 53)) return;
  yield {
    object: rule.object,
    path: rule.path,
    what: `${ports.portsText(open.ports)} is open to every address, not to name servers of the cluster alone`,
    value: ports.portsText(open.ports),
    allowed: 'the name servers of the cluster',
  };
}
