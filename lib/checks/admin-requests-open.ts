import { requestsAnswered } from '../known-systems';
import * as ports from '../model/port-set';
import type { Check, CheckFinding } from './check';
import { workloadsOf } from './in-force';
import { isUnnamed } from './peers';
import { listText, workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { allowRules, type SeenRule } from './seen-rules';
import { portsFor, type SeenSystem, seenSystems, systemOfWorkload } from './seen-systems';

/** Whether a release answers such a request is told by its tag or by how it is started; of an image without either nothing is said. */
export const adminRequestsOpen: Check = {
  id: 'admin-requests-open',
  level: 'note',
  title: 'requests for administrators on a port for users',
  why: 'A rule about ports lets every request through, those that stop the server or change its models among them',
  fix: 'List the requests for users where the engine reads them (rules: http on Cilium), or have a gateway before it that lets only these through.',
  avoid: `apiVersion: apps/v1
kind: Deployment
metadata: { name: vllm, namespace: models }
spec:
  template:
    metadata: { labels: { app: vllm } }
    spec:
      containers: [{ name: vllm, image: 'vllm/vllm-openai:v0.32.1' }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
      ports: [{ port: 8000 }]
`,
  prefer: `apiVersion: apps/v1
kind: Deployment
metadata: { name: vllm, namespace: models }
spec:
  template:
    metadata: { labels: { app: vllm } }
    spec:
      containers: [{ name: vllm, image: 'vllm/vllm-openai:v0.33.0' }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
      ports: [{ port: 8000 }]
`,
  source:
    'vllm 0.33.0, entrypoints/launchers/api_server/routers.py; ollama fb3076099, server/routes.go; triton e1db8a603, src/http_server.cc',
  *find(seen) {
    if (seenSystems(seen).length === 0) return;
    for (const rule of allowRules(seen, 'ingress')) yield* found(rule, seen);
  },
};

function* found(rule: SeenRule, seen: Seen): Generator<CheckFinding> {
  const parts = rule.parts.filter(({ requests }) => requests === undefined);
  const open = ports.unionOf([ports.none, ...parts.map((part) => part.ports)]);
  const systems = workloadsOf(seen, rule).flatMap((workload) => systemOfWorkload(seen, workload) ?? []);
  const answering = systems.filter((system) => isOpen(system, open) && answered(system).length > 0);
  if (answering.length === 0) return;
  const [{ system }] = answering;
  const requests = answered(answering[0]);
  const texts = requests.map(({ method, path }) => [...(method === undefined ? [] : [method]), path].join(' '));
  yield {
    object: rule.object,
    path: rule.path,
    level: parts.some((part) => part.peers.some((peer) => isUnnamed(peer, part))) ? 'warning' : 'note',
    about: workloadsText(answering.map(({ workload }) => workload)),
    what: `whoever reaches the API of ${system.title} may send it ${listText(texts)} as well: the first ${requests[0].what}`,
    value: listText(texts),
    allowed: 'requests for users',
  };
}

function isOpen(system: SeenSystem, open: ports.PortSet): boolean {
  return !ports.isEmpty(
    ports.intersection(ports.resolve(open, system.workload.ports), portsFor(system, 'serving')).certain,
  );
}

function answered({ system, containers }: SeenSystem) {
  return requestsAnswered(system, containers);
}
