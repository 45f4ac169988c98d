import type { Rule } from '../model/layer';
import type { Check, CheckFinding } from './check';
import { isolatedClasses } from './default-deny-missing';
import { isOverTcpOnly } from './dns-over-tcp-only';
import { mayReachDns } from './dns-ports';
import { networkPolicies, rulePath, type SeenPolicy } from './network-policies';
import { podsSeen, workloadsText } from './pods-seen';
import type { Seen } from './seen';

export const dnsMissing: Check = {
  id: 'dns-missing',
  level: 'warning',
  title: 'pods that reach others by name and resolve no names',
  why: 'Names fail to resolve, which looks like an outage of whoever is called',
  fix: 'Allow port 53, over UDP and TCP, to the name servers of the cluster.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: agents, labels: { app: agent } }
spec: { containers: [{ name: agent }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: tools } } }]
      ports: [{ port: 8080 }]
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: agents, labels: { app: agent } }
spec: { containers: [{ name: agent }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: tools } } }]
      ports: [{ port: 8080 }]
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } } }]
      ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
`,
  source: 'Kubernetes documentation, "Network Policies"; kubernetes/website issue 55115',
  *find(seen) {
    const resolving = resolvingClasses(seen);
    const isolated = isolatedClasses(seen).egress;
    const { find, of } = podsSeen(seen);
    const told = new Set<number>();
    for (const policy of networkPolicies(seen)) {
      const rule = policy.rules.find(reachesByName);
      if (rule === undefined) continue;
      const mute = [...find(policy.subject).surely].filter(
        (id) => isolated.has(id) && !resolving.has(id) && !told.has(id),
      );
      for (const id of mute) told.add(id);
      if (mute.length > 0) yield finding(policy, rule, workloadsText(of(mute)));
    }
  },
};

function finding({ object }: SeenPolicy, rule: Rule, workloads: string): CheckFinding {
  return {
    object,
    path: rulePath(rule),
    what: `the policy lets ${workloads} reach others, and no policy of these manifests lets them resolve names`,
    fix: [
      'Add a rule for DNS:',
      '- to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }]',
      '  ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]',
    ].join('\n'),
  };
}

/** Peers that are pods are called by the names of their Services; so is, mostly, what is reached at any address. */
function reachesByName({ direction, peers }: Rule): boolean {
  return direction === 'egress' && peers.some(({ kind }) => kind !== 'addresses' && kind !== 'entity');
}

/** The classes of pods that some rule lets ask a name server, perhaps. */
function resolvingClasses(seen: Seen): ReadonlySet<number> {
  const { find } = podsSeen(seen);
  const found = new Set<number>();
  for (const { rules } of seen.plane.plane.layers) {
    for (const rule of rules) {
      if (rule.direction !== 'egress' || rule.action === 'deny') continue;
      // Of DNS over TCP alone another rule tells.
      if (!mayReachDns(rule) && !(rule.policy.kind === 'NetworkPolicy' && isOverTcpOnly(rule))) continue;
      const { surely, perhaps } = find(rule.subject);
      for (const id of surely) found.add(id);
      for (const id of perhaps) found.add(id);
    }
  }
  return found;
}
