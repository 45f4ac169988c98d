import type { SelectedClasses } from '../analysis/connectivity/selected';
import { into } from '../model/into';
import * as ips from '../model/ip-set';
import type { Direction, Rule } from '../model/layer';
import { remembered } from '../model/remembered';
import type { Workload } from '../model/world';
import type { Check, CheckFinding } from './check';
import { namespaceObjects, objectOf, podsSeen, workloadsText } from './pods-seen';
import type { Seen } from './seen';

/** Kubernetes' own namespaces: what runs there is the cluster, and who installs it decides on its policies. */
const OF_THE_CLUSTER: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

export const defaultDenyMissing: Check = {
  id: 'default-deny-missing',
  level: 'warning',
  title: 'workloads that no policy isolates',
  why: 'Pods that no policy selects in a direction are open there: every pod of the cluster reaches them, or they reach everything',
  fix: 'Give the namespace a policy that selects every pod and allows nothing, beside those that allow.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  source: 'Kubernetes documentation, "Network Policies": default policies',
  *find(seen) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const [namespace, open] of openByNamespace(seen, direction)) {
        if (!OF_THE_CLUSTER.includes(namespace)) yield finding(seen, direction, namespace, open);
      }
    }
  },
};

function finding(seen: Seen, direction: Direction, namespace: string, open: readonly Workload[]): CheckFinding {
  const object = namespaceObjects(seen).get(namespace) ?? objectOf(seen, open[0]);
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  return {
    ...(object && { object }),
    what: `no policy denies ${direction} by default in namespace ${namespace}: ${workloadsText(open)} ${open.length === 1 ? 'is' : 'are'} open`,
    value: namespace,
    fix: [
      'Add, beside policies that allow what is needed:',
      `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: default-deny-${direction}, namespace: ${namespace} }, spec: { podSelector: {}, policyTypes: [${type}] } }`,
    ].join('\n'),
  };
}

function openByNamespace(seen: Seen, direction: Direction): ReadonlyMap<string, readonly Workload[]> {
  const { classes, of } = podsSeen(seen);
  const isolated = isolatedClasses(seen)[direction];
  const found = new Map<string, Workload[]>();
  classes.forEach(({ hostNetwork, namespace }, id) => {
    if (hostNetwork || isolated.has(id)) return;
    for (const workload of of([id])) into(found, namespace, workload);
  });
  return found;
}

/** The classes of pods that something denies by default, surely or perhaps. */
export const isolatedClasses = remembered((seen: Seen): Readonly<Record<Direction, ReadonlySet<number>>> => {
  const { find } = podsSeen(seen);
  const found = { ingress: new Set<number>(), egress: new Set<number>() };
  // Most policies are about pods that others are about too.
  const met = { ingress: new Set<SelectedClasses>(), egress: new Set<SelectedClasses>() };
  for (const { isolations, rules, otherwise } of seen.plane.plane.layers) {
    const denying = otherwise === 'deny' ? isolations : [];
    for (const { subject, direction } of [...denying, ...rules.filter(deniesTheRest)]) {
      const classes = find(subject);
      if (met[direction].has(classes)) continue;
      met[direction].add(classes);
      const { surely, perhaps } = classes;
      for (const id of surely) found[direction].add(id);
      for (const id of perhaps) found[direction].add(id);
    }
  }
  return found;
});

/** A default deny where engines rank their rules: the last one drops everything. */
function deniesTheRest({ action, peers }: Rule): boolean {
  return action === 'deny' && peers.some((peer) => peer.kind === 'anything' || isEverywhere(peer));
}

function isEverywhere(peer: Rule['peers'][number]): boolean {
  return peer.kind === 'addresses' && ips.contains(peer.addresses, ips.anyIpv4);
}
