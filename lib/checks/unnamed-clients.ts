import * as ports from '../model/port-set';
import type { Check, CheckFinding } from './check';
import { workloadsOf } from './in-force';
import { isEverybody, peersText } from './peers';
import { workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { type SeenRule, wideRules } from './seen-rules';
import { portsFor, systemOfWorkload } from './seen-systems';
import { valuables } from './valuable';

/** For pods of which it is known that they keep data or weights: a web server is open to everybody on purpose. */
export const unnamedClients: Check = {
  id: 'unnamed-clients',
  level: 'warning',
  title: 'data or weights that are served to everybody',
  why: 'Policies add up, so that a list of clients in another policy keeps nobody out beside this one',
  fix: 'Name the clients in from; where a chart ships the policy, narrow it or switch it off in its values (networkPolicy.allowExternal: false in those of Bitnami).',
  avoid: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgresql, namespace: data }
spec:
  template:
    metadata: { labels: { app.kubernetes.io/name: postgresql } }
    spec:
      containers: [{ name: postgresql, image: docker.io/bitnami/postgresql:17, ports: [{ containerPort: 5432 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: postgresql, namespace: data }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: postgresql } }
  policyTypes: [Ingress]
  ingress:
    - ports: [{ port: 5432 }]
`,
  prefer: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgresql, namespace: data }
spec:
  template:
    metadata: { labels: { app.kubernetes.io/name: postgresql } }
    spec:
      containers: [{ name: postgresql, image: docker.io/bitnami/postgresql:17, ports: [{ containerPort: 5432 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: postgresql, namespace: data }
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: postgresql } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: api } } }]
      ports: [{ port: 5432 }]
`,
  source:
    'bitnami/charts 5165628ae0 (115 of 117 charts, networkPolicy.allowExternal: true); apisix-helm-chart 60c9cbb (its etcd)',
  *find(seen) {
    for (const rule of wideRules(seen).fromEverybody) yield* found(rule, seen);
  },
};

function* found(rule: SeenRule, seen: Seen): Generator<CheckFinding> {
  const open = rule.parts.filter((part) => part.requests === undefined && part.peers.some(isEverybody));
  if (open.length === 0) return;
  const wide = ports.unionOf(open.map((part) => part.ports));
  const kept = workloadsOf(seen, rule).filter((workload) => {
    const valuable = valuables(seen).get(workload);
    const system = systemOfWorkload(seen, workload);
    return (
      valuable !== undefined &&
      (system === undefined || isServed(ports.resolve(wide, workload.ports), portsFor(system, 'serving')))
    );
  });
  if (kept.length === 0) return;
  const { what, because } = valuables(seen).get(kept[0]) as { what: string; because: string };
  const peers = peersText(open[0].peers.filter(isEverybody));
  yield {
    object: rule.object,
    path: rule.path,
    about: workloadsText(kept),
    what: `${peers} may reach ${what} (${because}) on ${ports.portsText(wide)}`,
    value: peers,
    allowed: 'clients by labels or addresses',
  };
}

function isServed(open: ports.PortSet, served: ports.PortSet): boolean {
  return !ports.isEmpty(ports.intersection(open, served).certain);
}
