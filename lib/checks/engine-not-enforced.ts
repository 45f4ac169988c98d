import type { Check } from './check';
import { engineProblems } from './engine-problems';

export const engineNotEnforced: Check = {
  id: 'engine-not-enforced',
  level: 'error',
  title: 'a policy of a kind that the engine of the cluster does not enforce',
  why: 'The API server takes the policy, nothing acts on it, and everything passes in silence',
  fix: 'Leave the policy out, write it in a kind that the engine enforces, or say which engine the cluster runs.',
  told: { engine: 'calico' },
  avoid: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { endpointSelector: {}, ingress: [{}] }
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
  source: 'The kinds of each engine: Cilium 1.20, Calico 3.32, Antrea 2.7, network-policy-api 0.2',
  find: (seen) => engineProblems(seen, 'engine-not-enforced'),
};
