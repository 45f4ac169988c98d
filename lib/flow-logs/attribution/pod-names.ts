import { matchOfLabels } from '../../analysis/connectivity/match';
import { into } from '../../model/into';
import type { Labels } from '../../model/labels';
import * as selectors from '../../model/selector';
import type { Workload } from '../../model/world';
import type { FlowPoint } from '../flow-record';

/** The workloads of manifests, by namespace. */
export type WorkloadsByNamespace = ReadonlyMap<string, readonly Workload[]>;

export function byNamespace(workloads: readonly Workload[]): WorkloadsByNamespace {
  const found = new Map<string, Workload[]>();
  for (const workload of workloads) {
    into(found, workload.namespace, workload);
  }
  return found;
}

/** The workloads that a point may be of, by their own name or by that of a pod of them; its labels speak against some. */
export function workloadsNamed(point: FlowPoint, there: readonly Workload[] = []): readonly Workload[] {
  return there.filter((workload) => isNamed(workload, point) && agrees(workload, point.labels));
}

/** Labels that pods of all these have. */
export function labelsInCommon(workloads: readonly Workload[]): Labels {
  const [first, ...others] = workloads.map(({ labels }) => labels);
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([key, value]) => others.every((labels) => labels[key] === value)),
  );
}

function isNamed({ id }: Workload, { workload, pod, podPrefix }: FlowPoint): boolean {
  const [, kind, name] = id.replace(/#\d+$/, '').split('/');
  if (workload !== undefined) return isWorkload(kind, name, workload);
  if (pod !== undefined) return PODS[kind]?.(name, pod) ?? (kind === 'Pod' && name === pod);
  return podPrefix !== undefined && isPrefix(kind, name, podPrefix);
}

/** A log may name the ReplicaSet of a Deployment, and the Job of a CronJob. */
function isWorkload(kind: string, name: string, seen: NonNullable<FlowPoint['workload']>): boolean {
  if (seen.name === name) return seen.kind === undefined || seen.kind === kind;
  if (kind === 'Deployment') return seen.kind === 'ReplicaSet' && hasRest(seen.name, name, HASH);
  return kind === 'CronJob' && (seen.kind === undefined || seen.kind === 'Job') && hasRest(seen.name, name, '\\d+');
}

/**
 * How controllers name pods: a hash of the template and five letters (Deployment), five letters (ReplicaSet, DaemonSet,
 * Job), an ordinal (StatefulSet), minutes since 1970 before that of the Job (CronJob). Letters are those of `SafeEncodeString`
 * in k8s.io/apimachinery, without vowels.
 */
const HASH = '[bcdfghjklmnpqrstvwxz2456789]{1,10}';
const SUFFIX = '[bcdfghjklmnpqrstvwxz2456789]{5}';

const PODS: Readonly<Record<string, (name: string, pod: string) => boolean>> = {
  Deployment: (name, pod) => hasRest(pod, name, `${HASH}-${SUFFIX}`),
  ReplicaSet: (name, pod) => hasRest(pod, name, SUFFIX),
  ReplicationController: (name, pod) => hasRest(pod, name, SUFFIX),
  DaemonSet: (name, pod) => hasRest(pod, name, SUFFIX),
  StatefulSet: (name, pod) => hasRest(pod, name, '\\d+'),
  Job: (name, pod) => hasRest(pod, name, `(\\d+-)?${SUFFIX}`),
  CronJob: (name, pod) => hasRest(pod, name, `\\d+-(\\d+-)?${SUFFIX}`),
};

/** The beginning that the names of its pods have in common, without the dash behind it. */
function isPrefix(kind: string, name: string, prefix: string): boolean {
  if (kind === 'Deployment') return hasRest(prefix, name, HASH);
  if (kind === 'CronJob') return hasRest(prefix, name, '\\d+');
  return kind !== 'Pod' && prefix === name;
}

function hasRest(text: string, name: string, rest: string): boolean {
  return text.startsWith(`${name}-`) && new RegExp(`^${rest}$`).test(text.slice(name.length + 1));
}

/** Whether pods of the workload can have these labels. */
function agrees(workload: Workload, labels: Labels | undefined): boolean {
  // Controllers add labels that no template has, and logs may show them.
  const known = { labels: workload.labels, unknownLabels: 'any' } as const;
  return labels === undefined || matchOfLabels(selectors.fromLabels(labels), known) !== 'no';
}
