import * as ports from '../model/port-set';
import type { Workload } from '../model/world';
import type { Check, CheckFinding } from './check';
import { workloadsOf } from './in-force';
import { hasEveryPort, isEverybody, peersText } from './peers';
import { workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { type SeenRule, wideRules } from './seen-rules';
import { portsFor, systemOfWorkload } from './seen-systems';

export const metricsPortOpen: Check = {
  id: 'metrics-port-open',
  level: 'note',
  title: 'a port for scraping that every pod may reach',
  why: 'Metrics tell names of models, tenants and queries, and how busy each is, and nobody but the monitoring needs them',
  fix: 'Name the pods of the monitoring in from, with their namespace.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: kafka, namespace: data }
spec:
  podSelector: { matchLabels: { app: kafka } }
  policyTypes: [Ingress]
  ingress:
    - ports: [{ port: metrics }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: kafka, namespace: data }
spec:
  podSelector: { matchLabels: { app: kafka } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }
          podSelector: { matchLabels: { app.kubernetes.io/name: prometheus } }
      ports: [{ port: metrics }]
`,
  source: 'strimzi-kafka-operator 8541da1e33, cluster/model/KafkaCluster.java (9404 from anywhere)',
  *find(seen) {
    for (const rule of wideRules(seen).fromEverybody) yield* found(rule, seen);
  },
};

/** How people call such ports. */
const NAME = /^((tcp|http|https)-)?(\w+-)?(metrics|prom|prometheus|monitoring|telemetry|exporter)(-\w+)?$/;

function* found(rule: SeenRule, seen: Seen): Generator<CheckFinding> {
  const open = rule.parts.filter((part) => part.peers.some(isEverybody) && !hasEveryPort(part.ports));
  if (open.length === 0) return;
  const wide = ports.unionOf(open.map((part) => part.ports));
  const workloads = workloadsOf(seen, rule);
  const byName = ports.namesOf(wide, 'TCP').find((name) => NAME.test(name));
  const port = byName ?? workloads.flatMap((workload) => metricsPort(workload, wide, seen) ?? [])[0];
  if (port === undefined) return;
  yield {
    object: rule.object,
    path: rule.path,
    ...(workloads.length > 0 && { about: workloadsText(workloads) }),
    what: `${peersText(open[0].peers.filter(isEverybody))} may scrape TCP/${port}`,
    value: `TCP/${port}`,
    allowed: 'the pods of the monitoring',
  };
}

/** A port of the set that is for metrics alone, by the name that the pod gives it or by what is known of the system. */
function metricsPort(workload: Workload, open: ports.PortSet, seen: Seen): number | undefined {
  const named = workload.ports.find(
    ({ name, protocol, number }) => name !== undefined && NAME.test(name) && ports.hasNumber(open, protocol, number),
  );
  if (named !== undefined) return named.number;
  const system = systemOfWorkload(seen, workload);
  if (system === undefined) return undefined;
  return portsFor(system, 'metrics').TCP.ranges.find(([first]) => ports.hasNumber(open, 'TCP', first))?.[0];
}
