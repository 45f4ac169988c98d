import { type FieldPath, isObject } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import type { Isolation } from '../model/layer';
import { matchesPod, podsIn } from '../model/pod-set';
import { anything, isAnything } from '../model/selector';
import type { Workload } from '../model/world';
import { byNamespace } from './by-namespace';
import type { Check, CheckFinding } from './check';
import { objectOf, workloadText } from './pods-seen';
import type { Seen, SeenObject } from './seen';
import { isolationsOf } from './seen-rules';
import { labelsOfNamespace, ownerOf } from './seen-workloads';

export const hostNetwork: Check = {
  id: 'host-network',
  level: 'warning',
  title: 'pods on the host network that a policy selects',
  why: 'Pods on the host network have the address and identity of their node, so that no policy about pods binds them',
  fix: 'Give the pods a network of their own (take hostNetwork out), or guard the nodes by what the engine has for them.',
  avoid: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: sglang, namespace: models }
spec:
  selector: { matchLabels: { app: sglang } }
  template:
    metadata: { labels: { app: sglang } }
    spec:
      hostNetwork: true
      containers: [{ name: server, image: sglang }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: sglang, namespace: models }
spec:
  podSelector: { matchLabels: { app: sglang } }
  policyTypes: [Ingress, Egress]
`,
  prefer: `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: sglang, namespace: models }
spec:
  selector: { matchLabels: { app: sglang } }
  template:
    metadata: { labels: { app: sglang } }
    spec:
      containers: [{ name: server, image: sglang }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: sglang, namespace: models }
spec:
  podSelector: { matchLabels: { app: sglang } }
  policyTypes: [Ingress, Egress]
`,
  source: 'kubernetes "Network Policies"; csi-driver-nfs d3b27c00 (its pods are on the host network)',
  *find(seen) {
    const onHost = new Map(
      seen.reading.world.workloads.filter((each) => each.hostNetwork).map((each) => [ownerOf(each.id), each]),
    );
    if (onHost.size === 0) return;
    const isolations = byNamespace(isolationsOf(seen), ({ subject }) => subject);
    for (const workload of onHost.values()) {
      yield* found(workload, isolations(podsIn(workload.namespace, anything)), seen);
    }
  },
};

/** One for a workload; what selects every pod of a namespace does not mean this one by itself, which is worth a note. */
function* found(workload: Workload, isolations: readonly Isolation[], seen: Seen): Generator<CheckFinding> {
  const namespace = labelsOfNamespace(seen, workload.namespace);
  const binding = isolations.filter(({ subject }) => matchesPod(subject, namespace, workload.labels));
  const meant = binding.find(({ subject }) => !isAnything(subject.pods));
  const [isolation = meant] = meant === undefined ? binding : [meant];
  if (isolation === undefined) return;
  const object = objectOf(seen, workload);
  yield {
    ...(object !== undefined && { object, path: hostNetworkIn(object) }),
    level: meant === undefined ? 'note' : 'warning',
    about: workloadText(workload),
    what: `${objectText(isolation.policy)} selects pods that are on the host network, and does not bind them`,
    value: 'hostNetwork: true',
    allowed: 'pods with a network of their own',
  };
}

/** Where it is written, in a Pod or in the template of its owner. */
function hostNetworkIn({ json }: SeenObject): FieldPath {
  let path: FieldPath = [];
  const look = (value: unknown, above: FieldPath, depth: number): boolean => {
    if (!isObject(value) || depth > 6) return false;
    if (value.hostNetwork === true) {
      path = [...above, 'hostNetwork'];
      return true;
    }
    return Object.entries(value).some(([name, part]) => look(part, [...above, name], depth + 1));
  };
  look(json.spec, ['spec'], 0);
  return path;
}
