import { into } from '../model/into';
import type { Rule } from '../model/layer';
import { type PodSet, soleNamespace } from '../model/pod-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import type { Service, ServicePort, Workload } from '../model/world';
import type { Check, CheckFinding } from './check';
import { networkPolicies, rulePath } from './network-policies';
import { podsSeen, workloadsText } from './pods-seen';
import type { Seen } from './seen';

export const portNotServed: Check = {
  id: 'port-not-served',
  level: 'error',
  title: 'the port of a Service where that of the pod is meant',
  why: 'Policies see the port of the pod: the rule opens one that nobody answers on, and keeps the one that is served closed',
  fix: 'Name the port of the pod: the targetPort of the Service.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: weaviate, namespace: data, labels: { app: weaviate } }
spec: { containers: [{ name: weaviate, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: weaviate, namespace: data }
spec: { selector: { app: weaviate }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: agent } } }]
      ports: [{ port: 80 }]
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: weaviate, namespace: data, labels: { app: weaviate } }
spec: { containers: [{ name: weaviate, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: weaviate, namespace: data }
spec: { selector: { app: weaviate }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: agent } } }]
      ports: [{ port: 8080 }]
`,
  source: 'Kubernetes documentation, "Network Policies": policies are about pods, and Services are translated before',
  *find(seen) {
    if (servicesByNamespace(seen).size === 0) return;
    for (const { object, rules } of networkPolicies(seen)) {
      for (const rule of rules) {
        for (const set of destinations(rule)) {
          const found = unserved(seen, rule, set);
          if (found === undefined) continue;
          yield { object, path: [...rulePath(rule), 'ports'], ...found };
          break;
        }
      }
    }
  },
};

/** The pods that a connection of the rule ends at. */
export function destinations({ direction, subject, peers }: Rule): readonly PodSet[] {
  if (direction === 'ingress') return [subject];
  return peers.flatMap((peer) => (peer.kind === 'pods' ? [peer.pods] : []));
}

/** Of the first port of the rule that is meant for that of a Service. */
function unserved(seen: Seen, rule: Rule, set: PodSet): Omit<CheckFinding, 'object'> | undefined {
  const [first] = unservedPorts(seen, rule, set);
  if (first === undefined) return undefined;
  const { protocol, number, mapped, pods } = first;
  const target = targetOf(mapped.port, pods);
  return {
    what: `no container of ${workloadsText(pods)} listens on ${number}: Service ${mapped.service.namespace}/${mapped.service.name} maps ${number} to ${target}`,
    value: `${protocol}/${number}`,
    allowed: `${protocol}/${target}`,
    fix: `Write port: ${target}.`,
  };
}

/** A port of a rule that no pod of a destination has, and that a Service before some of them maps to another. */
interface Unserved {
  readonly protocol: ports.Protocol;
  readonly number: number;
  readonly mapped: Mapping;
  readonly pods: readonly Workload[];
}

function* unservedPorts(seen: Seen, { ports: asked }: Rule, set: PodSet): Generator<Unserved, void> {
  if (!hasServices(seen, set)) return;
  const pods = podsSeen(seen).examples(set);
  // Containers that declare no port say nothing; others may serve on more than is seen.
  if (pods.some((pod) => pod.ports.length === 0 || pod.mayHaveMorePorts)) return;
  const single = ports.PROTOCOLS.flatMap((protocol) =>
    asked[protocol].ranges.flatMap(([first, last]) => (first === last ? [{ protocol, number: first }] : [])),
  );
  for (const { protocol, number } of single) {
    if (pods.some((pod) => pod.ports.some((port) => port.protocol === protocol && port.number === number))) continue;
    const mapped = pods
      .flatMap((pod) => servicesBefore(seen, pod))
      .find(({ port }) => port.protocol === protocol && port.port === number && port.targetPort !== number);
    if (mapped !== undefined) yield { protocol, number, mapped, pods };
  }
}

/** Among all namespaces there may be others that listen, and it may be what is no pod at all that is meant. */
function hasServices(seen: Seen, { namespaces }: PodSet): boolean {
  const name = soleNamespace(namespaces);
  return name !== undefined && servicesByNamespace(seen).has(name);
}

/** Whether each port of the rule is that of a Service where the destination has another: nobody listens there. */
export function isAllUnserved(seen: Seen, rule: Rule, set: PodSet): boolean {
  if (!hasServices(seen, set)) return false;
  let left = rule.ports;
  for (const { protocol, number } of unservedPorts(seen, rule, set)) {
    left = ports.difference(left, ports.number(protocol, number));
  }
  return left !== rule.ports && ports.isEmpty(left);
}

function targetOf({ targetPort, protocol }: ServicePort, pods: readonly Workload[]): string {
  const declared = pods
    .flatMap((pod) => pod.ports)
    .find((port) => port.protocol === protocol && port.name === targetPort);
  return String(declared?.number ?? targetPort);
}

interface Mapping {
  readonly service: Service;
  readonly port: ServicePort;
}

/** The ports of the Services that lead to a pod. */
function servicesBefore(seen: Seen, pod: Workload): readonly Mapping[] {
  return (servicesByNamespace(seen).get(pod.namespace) ?? [])
    .filter(({ selector }) => {
      const asked = Object.entries(selector);
      return asked.length > 0 && asked.every(([key, value]) => pod.labels[key] === value);
    })
    .flatMap((service) => service.ports.map((port) => ({ service, port })));
}

export const servicesByNamespace = remembered((seen: Seen): ReadonlyMap<string, readonly Service[]> => {
  const found = new Map<string, Service[]>();
  for (const service of seen.reading.world.services) into(found, service.namespace, service);
  return found;
});
