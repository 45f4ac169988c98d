import { objectText } from '../kinds/manifest';
import type { Problem } from '../model/problem';
import type { Check, CheckFinding } from './check';
import type { Seen } from './seen';

export const duplicateObject: Check = {
  id: 'duplicate-object',
  level: 'error',
  title: 'one object that is there twice',
  why: 'The cluster keeps whichever of the two is applied last, and the other one decides nothing',
  fix: 'Take one out, or rename it.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { podSelector: {}, policyTypes: [Egress] }
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm-ingress, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm-egress, namespace: models }
spec: { podSelector: {}, policyTypes: [Egress] }
`,
  source: 'Kubernetes documentation, "Object Names and IDs"',
  *find(seen) {
    yield* found(seen, seen.reading.problems, 'error');
    yield* found(seen, seen.reading.notes, 'note');
  },
};

/** The reading tells what differs, and what is the same in every field. Each is placed at the one that is read. */
function* found(seen: Seen, problems: readonly Problem[], level: 'error' | 'note'): Generator<CheckFinding> {
  for (const { rule, what, value, allowed, fix } of problems) {
    if (rule !== 'duplicate-object') continue;
    const object = seen.objects.findLast(({ ref }) => objectText(ref) === value);
    yield { ...(object && { object }), level, what, value, allowed, ...(fix !== undefined && { fix }) };
  }
}
