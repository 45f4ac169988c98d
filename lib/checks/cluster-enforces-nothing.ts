import { policyReaderOf } from '../kinds/readers';
import type { Check } from './check';
import { objectsOfKind, type Seen, type SeenObject } from './seen';

/** Agents that enforce NetworkPolicy, by the usual names of their DaemonSets: with one of them flannel only carries traffic. */
const ENFORCING = /calico|canal|cilium|antrea|kube-router|weave|kube-network-policies|ovnkube|aws-node/;

export const clusterEnforcesNothing: Check = {
  id: 'cluster-enforces-nothing',
  level: 'error',
  title: 'policies on a network plugin that enforces none',
  why: 'flannel carries traffic and enforces no policy: the API server takes each of them, and everything passes in silence',
  fix: 'Install an engine that enforces policies beside it (Calico does so as Canal, or kube-network-policies), or instead of it.',
  avoid: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: kube-flannel-ds, namespace: kube-flannel }
spec:
  selector: { matchLabels: { app: flannel } }
  template:
    metadata: { labels: { app: flannel } }
    spec: { hostNetwork: true, containers: [{ name: kube-flannel }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
  prefer: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: canal, namespace: kube-system }
spec:
  selector: { matchLabels: { k8s-app: canal } }
  template:
    metadata: { labels: { k8s-app: canal } }
    spec: { hostNetwork: true, containers: [{ name: calico-node }, { name: kube-flannel }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
  source: 'flannel documentation: network policy is left to other projects, such as Calico',
  *find(seen) {
    const agents = objectsOfKind(seen, 'apps', 'DaemonSet');
    const flannel = agents.find(({ ref }) => ref.name.includes('flannel'));
    if (flannel === undefined || agents.some(({ ref }) => ENFORCING.test(ref.name))) return;
    const policies = seen.objects.filter(isPolicy);
    if (policies.length === 0 || isEngineOwn(seen)) return;
    const count = policies.length === 1 ? 'the policy' : `the ${policies.length} policies`;
    yield {
      object: flannel,
      what: `flannel enforces no policy, and no other engine is in these manifests, so that ${count} in them may decide nothing`,
      value: flannel.ref.name,
    };
  },
};

function isPolicy({ group, ref }: SeenObject): boolean {
  return ref.kind === 'NetworkPolicy' || policyReaderOf(group, ref.kind) !== undefined;
}

/** Somebody said which engine the cluster runs, or the kinds that are there say it. */
function isEngineOwn({ plane }: Seen): boolean {
  return plane.engine !== 'kubernetes';
}
