import { FLOWS_ANNOTATION } from '../graph/flow-lines';
import { isObject } from '../kinds/field';
import type { Check } from './check';
import { at } from './network-policies';
import { isOwn } from './own-policies';
import type { SeenObject } from './seen';

export const reasonMissing: Check = {
  id: 'reason-missing',
  level: 'warning',
  title: 'a policy of this library whose reasons are gone',
  why: 'The annotation is where a policy says why it allows what it allows; without it nobody can review or prove it',
  fix: 'Render the policy again, and commit what is rendered; what edits it later must leave its annotations.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: vllm
  namespace: models
  labels: { app.kubernetes.io/managed-by: cdk8s-zero-trust }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: 8000 }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: vllm
  namespace: models
  labels: { app.kubernetes.io/managed-by: cdk8s-zero-trust }
  annotations:
    cdk8s-zero-trust/flows: |
      in TCP/8000 from models/gateway: users reach the model through the gateway
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: 8000 }]
`,
  source: 'docs/policy-graph.md: the annotation of a policy',
  *find(seen) {
    for (const object of seen.objects) {
      if (!isOwn(object) || !allowsSomething(object)) continue;
      const said = at(object.json, ['metadata', 'annotations', FLOWS_ANNOTATION]);
      if (typeof said === 'string' && said.trim() !== '') continue;
      yield {
        object,
        path: ['metadata'],
        what: `the policy allows something, and its annotation ${FLOWS_ANNOTATION} is gone`,
        value: FLOWS_ANNOTATION,
      };
    }
  },
};

/** A rule that names somebody or some port; denies and what they are made of say none. */
function allowsSomething({ json }: SeenObject): boolean {
  return ['ingress', 'egress'].some((direction) => {
    const rules = at(json, ['spec', direction]);
    return Array.isArray(rules) && rules.some((rule) => isObject(rule) && isAllowing(rule));
  });
}

function isAllowing(rule: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(rule).length > 0 && (rule.action === undefined || /^(allow|accept)$/i.test(String(rule.action)));
}
