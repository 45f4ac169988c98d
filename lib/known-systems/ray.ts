import type { KnownSystem, SystemFlow, SystemPort } from './known-system';

const OF_EVERY_NODE: readonly SystemPort[] = [
  { number: 8080, purpose: 'metrics', what: 'metrics' },
  { number: 52365, purpose: 'peers', what: 'the agent of the dashboard' },
  { number: 10002, last: 19999, purpose: 'peers', what: 'workers' },
  { number: 8000, purpose: 'serving', what: 'Ray Serve', isOptional: true },
  { number: 9000, purpose: 'serving', what: 'Ray Serve over gRPC', isOptional: true },
];

export const ray: KnownSystem = {
  id: 'ray',
  title: 'Ray',
  role: 'inference',
  known: {
    images: ['rayproject/ray', 'rayproject/ray-ml', 'rayproject/ray-llm'],
    kinds: ['ray.io/RayCluster', 'ray.io/RayJob', 'ray.io/RayService'],
    labelKeys: ['ray.io/node-type'],
  },
  parts: [
    {
      name: 'head',
      labels: [{ labels: { 'ray.io/node-type': 'head' }, keys: ['ray.io/cluster'] }],
      ports: [
        { number: 6379, purpose: 'peers', what: 'the global control store' },
        { number: 8265, purpose: 'administration', what: 'the dashboard, which runs whatever job it is given' },
        { number: 10001, purpose: 'administration', what: 'the client server, which runs whatever code it is given' },
        ...OF_EVERY_NODE,
      ],
    },
    {
      name: 'worker',
      labels: [{ labels: { 'ray.io/node-type': 'worker' }, keys: ['ray.io/cluster', 'ray.io/group'] }],
      ports: OF_EVERY_NODE,
    },
  ],
  flows: [
    ...[
      ['worker', 'head'],
      ['head', 'worker'],
      ['worker', 'worker'],
    ].map(
      ([from, to]): SystemFlow => ({
        from: { kind: 'part', name: from },
        to: { kind: 'part', name: to },
        because: 'nodes of a cluster talk to each other on fixed and on random ports',
      }),
    ),
    {
      from: {
        kind: 'system',
        id: 'kuberay',
        title: 'KubeRay operator',
        labels: { 'app.kubernetes.io/name': 'kuberay-operator' },
      },
      to: { kind: 'part', name: 'head' },
      ports: [8265, 8000],
      because: 'the operator submits jobs and asks how Serve is',
    },
    {
      from: { kind: 'part', name: 'head' },
      to: { kind: 'api-server' },
      because: 'the autoscaler adds and removes workers',
      when: 'autoscaling is on',
    },
  ],
  telemetry: [{ host: 'usage-stats.ray.io', off: 'RAY_USAGE_STATS_ENABLED=0' }],
  policies: [
    {
      by: 'the operator (gate RayClusterNetworkPolicy, spec.networkPolicy)',
      effect: 'all ports within the cluster, and no DNS, API server or operator',
      off: 'leave spec.networkPolicy out',
    },
  ],
  traps: ['Workers find the head by its name: without DNS they never join.'],
  source: 'kuberay feeaf72fa, ray-operator/controllers/ray/utils/constant.go, networkpolicy_controller.go; ray 2.60.0',
  versions: 'Ray 2.60, KubeRay of August 2026, after 1.7.0-rc.0',
  lookedAt: '2026-11-27',
};
