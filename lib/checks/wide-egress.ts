import { internetIpv4, privateRanges } from '../cluster/special-addresses';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import { addressesOf, isMostOfInternet, privateAmong, SOMEWHERE } from './addresses';
import type { Check, CheckFinding } from './check';
import { DNS } from './dns-ports';
import { reaches, workloadsOf } from './in-force';
import { hasEveryPort } from './peers';
import { workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { type SeenRule, wideRules } from './seen-rules';
import { valuables } from './valuable';

export const wideEgress: Check = {
  id: 'wide-egress',
  level: 'warning',
  title: 'pods that may reach the whole internet',
  why: 'Whoever takes over such a pod sends what it holds to any address, and fetches what it needs from any',
  fix: 'Name the addresses or, where the engine knows them, the host names that are needed, with their ports.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: postgresql, namespace: data }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: postgresql } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: 5432 }]
  egress:
    - {}
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: postgresql, namespace: data }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: postgresql } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: 5432 }]
  egress:
    - to: [{ ipBlock: { cidr: 203.0.113.0/28 } }]
      ports: [{ port: 443 }]
`,
  source: 'what charts ship: bitnami/charts 5165628ae0 (egress: [{}]), zero-to-jupyterhub-k8s 48ea50e3 (singleuser)',
  *find(seen) {
    for (const rule of wideRules(seen).toInternet) yield* found(rule, seen);
  },
};

function* found(rule: SeenRule, seen: Seen): Generator<CheckFinding> {
  const wide = rule.parts.filter((part) => part.requests === undefined && isMostOfInternet(addressesOf(part)));
  if (wide.length === 0) return;
  const open = ports.unionOf(wide.map((part) => part.ports));
  if (ports.covers(DNS, open) || !reaches(seen, rule, SOMEWHERE, ...somePort(open))) return;
  const workloads = workloadsOf(seen, rule);
  const kept = workloads.flatMap((workload) => valuables(seen).get(workload) ?? []);
  const isEveryPort = hasEveryPort(open);
  yield {
    object: rule.object,
    path: rule.path,
    level: isEveryPort || kept.length > 0 ? 'warning' : 'note',
    ...(workloads.length > 0 && { about: workloadsText(workloads) }),
    what: `${kept.length > 0 ? `pods that keep ${kept[0].what} (${kept[0].because})` : 'pods'} may reach ${whereTo(wide)}, ${isEveryPort ? 'on every port' : `on ${ports.portsText(open)}`}`,
    value: ports.portsText(open),
    allowed: 'destinations by name, label or narrow block, with their ports',
  };
}

function somePort(open: ports.PortSet): [ports.Protocol, number] {
  const protocol = ports.PROTOCOLS.find((each) => open[each].ranges.length > 0) ?? 'TCP';
  return [protocol, open[protocol].ranges[0]?.[0] ?? 443];
}

function whereTo(wide: SeenRule['parts']): string {
  if (wide.some(({ peers }) => peers.some(({ kind }) => kind === 'anything'))) {
    return 'every destination: the internet, every pod, the API server and metadata services';
  }
  const addresses = ips.unionOf(wide.map(addressesOf));
  const whole = ips.contains(addresses, internetIpv4) ? 'the whole internet' : 'most of the internet';
  return ips.isEmpty(privateAmong(addresses)) ? whole : `${whole} and ${privateText(addresses)}`;
}

/** All of them, or their blocks. Of IPv6 something is said only where the rule has any of it. */
function privateText(addresses: ips.IpSet): string {
  const some = ips.intersection(addresses, privateRanges);
  const asked = ips.intersects(addresses, ips.anyIpv6) ? ips.all : ips.anyIpv4;
  if (ips.contains(some, privateAmong(asked))) return 'every private address';
  const blocks = ips.ipsText(some).split(', ');
  const more = blocks.length - MOST_BLOCKS;
  return `private addresses (${blocks.slice(0, MOST_BLOCKS).join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
}

const MOST_BLOCKS = 4;
