import { isObject } from '../kinds/field';
import type { SystemFlow } from '../known-systems';
import { into } from '../model/into';
import * as ports from '../model/port-set';
import type { Check, CheckFinding } from './check';
import { workloadText } from './pods-seen';
import type { Seen, SeenObject } from './seen';
import { type SeenSystem, seenSystems } from './seen-systems';

/**
 * Flows among the pods of one object; those that are needed only sometimes are left alone, and so is a single pod. What may
 * pass is taken to pass: pods of an operator may have labels that no manifest shows.
 */
export const systemFlowClosed: Check = {
  id: 'system-flow-closed',
  level: 'warning',
  title: 'pods of a system that cannot reach each other',
  why: 'The system cannot work without that flow, and mostly says so by hanging',
  fix: 'Let the pods of the system in to each other, at both ends, on the ports that it needs for it.',
  avoid: store(''),
  prefer: store(`
    - from: [{ podSelector: { matchLabels: { app: weaviate } } }]
      ports: [{ port: 7000 }, { port: 7001 }]`),
  source:
    'lib/known-systems, each with its source; cloudnative-pg a95a534db, docs/src/samples (applied alone it stops replication)',
  *find(seen) {
    for (const nodes of byObject(seenSystems(seen)).values()) yield* found(nodes, seen);
  },
};

function store(more: string): string {
  return `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: weaviate, namespace: data }
spec:
  replicas: 3
  template:
    metadata: { labels: { app: weaviate, app.kubernetes.io/name: weaviate } }
    spec:
      containers: [{ name: weaviate, image: 'semitechnologies/weaviate:1.34.0' }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: agent } } }]
      ports: [{ port: 8080 }]${more}
`;
}

/** The workloads of each object: the parts of a cluster, and pods of one owner that differ in their labels. */
function byObject(systems: readonly SeenSystem[]): Map<SeenObject, SeenSystem[]> {
  const found = new Map<SeenObject, SeenSystem[]>();
  for (const each of systems) into(found, each.object, each);
  return found;
}

/** One for each flow, whichever of the pods it is closed to. */
function* found(nodes: readonly SeenSystem[], seen: Seen): Generator<CheckFinding> {
  const [{ object, system, workload }] = nodes;
  for (const flow of (system.flows ?? []).filter(({ when }) => when === undefined)) {
    const closed = closedAmong(flow, nodes, seen);
    if (closed === undefined) continue;
    yield {
      object,
      path: ['metadata', 'name'],
      about: workloadText(workload),
      what: `no policy lets ${closed} through ${betweenText(flow)} of ${system.title}, and ${flow.because}`,
      value: closed,
      allowed: 'the flows that the system needs',
    };
  }
}

function closedAmong(flow: SystemFlow, nodes: readonly SeenSystem[], seen: Seen): string | undefined {
  for (const from of nodes) {
    for (const to of nodes) {
      if (!isBetween(flow, from, to)) continue;
      const closed = closedPorts(flow, seen.connectivity().between(from.workload.id, to.workload.id).may);
      if (closed !== undefined) return closed;
    }
  }
  return undefined;
}

function isBetween({ from, to }: SystemFlow, a: SeenSystem, b: SeenSystem): boolean {
  if (from.kind !== 'part' || to.kind !== 'part') return false;
  const isPart = ({ parts }: SeenSystem, name: string) => parts.length === 1 && parts[0].name === name;
  return isPart(a, from.name) && isPart(b, to.name) && (a.workload !== b.workload || isMany(a.object));
}

function betweenText({ from, to }: SystemFlow): string {
  const [a, b] = [from, to].map((end) => (end.kind === 'part' ? end.name : end.kind));
  return a === b ? 'between the pods' : `from ${a} to ${b}`;
}

/** More than one pod, by what the object says. */
function isMany({ json: { spec } }: SeenObject): boolean {
  return isObject(spec) && [spec.replicas, spec.instances].some((count) => typeof count === 'number' && count > 1);
}

/** What of the flow certainly does not pass; of one without ports, whether nothing does. */
function closedPorts({ ports: needed }: SystemFlow, may: ports.PortSet): string | undefined {
  if (needed === undefined) return ports.isEmpty(may) ? 'anything' : undefined;
  const missing = needed.filter((port) => !ports.hasNumber(may, 'TCP', port));
  return missing.length === 0 ? undefined : `TCP/${missing.join(',')}`;
}
