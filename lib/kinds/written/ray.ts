import type { ObjectRef } from '../manifest';
import { valueAt } from '../unread';
import { listOf, networkPolicy, selecting } from './network-policy';

/** Where a kind of Ray keeps the spec of its cluster, and whether that cluster has the name of the object. */
const CLUSTERS: Readonly<Record<string, readonly string[]>> = {
  RayCluster: ['spec'],
  RayJob: ['spec', 'rayClusterSpec'],
  RayService: ['spec', 'rayClusterConfig'],
  RayCronJob: ['spec', 'jobTemplate', 'rayClusterSpec'],
};

const CLUSTER = 'ray.io/cluster';
const DASHBOARD_PORT = 8265;

/**
 * One policy for the head of a cluster and one for each group of workers: all of the cluster both ways, whoever submits a
 * job to the dashboard, and what the rules of the object add; no DNS (kuberay
 * `controllers/ray/networkpolicy_controller.go`). Clusters that jobs and services make have names of their own.
 */
export function rayPolicies(object: unknown, ref: ObjectRef): readonly object[] | undefined {
  const path = CLUSTERS[ref.kind];
  if (path === undefined) return undefined;
  const spec = valueAt(object, path);
  const cluster = ref.kind === 'RayCluster' ? ref.name : undefined;
  const policy = valueAt(spec, ['networkPolicy']);
  const groups = listOf(valueAt(spec, ['workerGroupSpecs'])).map((group) => String(valueAt(group, ['groupName'])));
  const prefix = cluster ?? `${ref.name}-*`;
  const head = rulesOf(policy, cluster, valueAt(policy, ['head']), submitters(object, ref, spec));
  return [
    networkPolicy(ref.namespace, `${prefix}-head`.replace('*', 'cluster'), {
      podSelector: selecting({ [CLUSTER]: cluster, 'ray.io/node-type': 'head' }),
      ...head,
    }),
    ...groups.map((group) =>
      networkPolicy(ref.namespace, `${prefix}-workers-${group}`.replace('*', 'cluster'), {
        podSelector: selecting({ [CLUSTER]: cluster, 'ray.io/node-type': 'worker', 'ray.io/group': group }),
        ...rulesOf(policy, cluster, rulesOfGroup(policy, group), []),
      }),
    ),
  ];
}

function rulesOf(
  policy: unknown,
  cluster: string | undefined,
  more: unknown,
  submitting: readonly object[],
): Record<string, unknown> {
  const mode = valueAt(policy, ['mode']) ?? 'DenyAll';
  const own = { podSelector: selecting({ [CLUSTER]: cluster }) };
  const isClosed = (direction: string) => mode === 'DenyAll' || mode === `DenyAll${direction}`;
  return {
    policyTypes: ['Ingress', 'Egress'].filter(isClosed),
    ...(isClosed('Ingress') && {
      ingress: [{ from: [own] }, ...submitting, ...listOf(valueAt(more, ['ingressRules']))],
    }),
    ...(isClosed('Egress') && { egress: [{ to: [own] }, ...listOf(valueAt(more, ['egressRules']))] }),
  };
}

/** Rules of a group of workers, or else those of all workers. */
function rulesOfGroup(policy: unknown, group: string): unknown {
  const own = listOf(valueAt(policy, ['workerGroups'])).find((it) => valueAt(it, ['groupName']) === group);
  return own ?? valueAt(policy, ['worker']);
}

/** Pods that submit a job from outside the cluster: those of a job of Kubernetes, which is the default. */
function submitters(object: unknown, { kind, name }: ObjectRef, spec: unknown): readonly object[] {
  if (kind !== 'RayJob' && kind !== 'RayCronJob') return [];
  const job = kind === 'RayJob' ? ['spec'] : ['spec', 'jobTemplate'];
  if ((valueAt(object, [...job, 'submissionMode']) ?? 'K8sJobMode') !== 'K8sJobMode') return [];
  const submitter = selecting({
    'ray.io/originated-from-cr-name': kind === 'RayJob' ? name : undefined,
    'ray.io/originated-from-crd': 'RayJob',
  });
  const port = Number(valueAt(spec, ['headGroupSpec', 'rayStartParams', 'dashboard-port']) ?? DASHBOARD_PORT);
  return [{ from: [{ podSelector: submitter }], ports: [{ protocol: 'TCP', port: port || DASHBOARD_PORT }] }];
}
