import { objectText } from '../kinds/manifest';
import { policyReaderOf } from '../kinds/readers';
import type { Check } from './check';
import { fieldPath } from './field-path';

export const cidrExcept: Check = {
  id: 'cidr-except',
  level: 'error',
  title: 'an exception outside its block',
  why: 'The API server refuses the policy, so that on the cluster it isolates nobody',
  fix: 'Except only blocks that lie strictly inside the block, each once.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [192.168.0.0/16] } }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.20.0.0/16] } }]
`,
  source: 'kubernetes pkg/apis/networking/validation/validation.go, ValidateIPBlock',
  *find({ reading, objects }) {
    const problems = reading.problems.filter(({ rule }) => rule === 'cidr-except');
    if (problems.length === 0) return;
    const policies = objects.filter(
      ({ group, ref }) => policyReaderOf(group, ref.kind) !== undefined || ref.kind === 'NetworkPolicy',
    );
    for (const { what, value, allowed, fix, where = '' } of problems) {
      // The reading has the place as a text: file and line, object, field.
      const object = policies.find(({ ref }) => where.includes(`${objectText(ref)}: `));
      const path =
        object &&
        fieldPath(where.slice(where.indexOf(`${objectText(object.ref)}: `) + objectText(object.ref).length + 2));
      yield { ...(object && { object, path }), what, value, allowed, ...(fix !== undefined && { fix }) };
    }
  },
};
