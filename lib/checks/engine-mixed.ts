import type { Check } from './check';
import { engineProblems } from './engine-problems';

export const engineMixed: Check = {
  id: 'engine-mixed',
  level: 'error',
  title: 'policies of engines that no cluster runs together',
  why: 'A cluster enforces the kinds of its engine: the API server takes the others where their definitions are installed, and nothing acts on them',
  fix: 'Say which engine the cluster runs, and leave out what is for another.',
  avoid: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: deny }
spec: { selector: all(), types: [Ingress] }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: deny, namespace: models }
spec: { endpointSelector: {}, ingress: [{}] }
`,
  prefer: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: deny }
spec: { selector: all(), types: [Ingress] }
`,
  source: 'The kinds of each engine: Cilium 1.20, Calico 3.32, Antrea 2.7, network-policy-api 0.2',
  find: (seen) => engineProblems(seen, 'engine-mixed'),
};
