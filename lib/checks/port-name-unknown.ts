import type { PodSet } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Check, CheckFinding } from './check';
import { networkPolicies, rulePath } from './network-policies';
import { podsSeen, workloadsText } from './pods-seen';
import { destinations } from './port-not-served';
import type { Seen } from './seen';

export const portNameUnknown: Check = {
  id: 'port-name-unknown',
  level: 'warning',
  title: 'a named port that no pod has',
  why: 'A name is looked up in the ports that the pod declares, and one that is not there opens nothing',
  fix: 'Write the number, or the name as the containers declare it.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server, ports: [{ name: http, containerPort: 8000 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: web }]
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server, ports: [{ name: http, containerPort: 8000 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: http }]
`,
  source: 'kubernetes pkg/api/pod, FindPort; the upstream tests of NetworkPolicy for named ports',
  *find(seen) {
    for (const { object, rules } of networkPolicies(seen)) {
      for (const rule of rules) {
        if (!ports.hasNames(rule.ports)) continue;
        const found = destinations(rule).map((set) => unknown(seen, rule.ports, set));
        const [first] = found;
        // A rule about several kinds of pods may name the ports of one of them.
        if (first === undefined || found.includes(undefined)) continue;
        yield { object, path: [...rulePath(rule), 'ports'], ...first };
      }
    }
  },
};

function unknown(seen: Seen, asked: PortSet, set: PodSet): Omit<CheckFinding, 'object'> | undefined {
  const pods = podsSeen(seen).examples(set);
  if (pods.length === 0 || pods.some(({ mayHaveMorePorts }) => mayHaveMorePorts)) return undefined;
  const declared = pods.flatMap((pod) => pod.ports);
  for (const protocol of ports.PROTOCOLS) {
    const name = ports
      .namesOf(asked, protocol)
      .find((one) => !declared.some((port) => port.name === one && port.protocol === protocol));
    if (name === undefined) continue;
    const other = declared.find((port) => port.name === name);
    const names = [
      ...new Set(declared.flatMap((port) => (port.name === undefined ? [] : [`${port.protocol}/${port.name}`]))),
    ];
    return {
      what:
        other === undefined
          ? `no container of ${workloadsText(pods)} names a port '${name}'`
          : `the port '${name}' of ${workloadsText(pods)} is ${other.protocol}, and the rule asks for ${protocol}`,
      value: `${protocol}/${name}`,
      ...(names.length > 0 && { allowed: names.sort().join(', ') }),
    };
  }
  return undefined;
}
