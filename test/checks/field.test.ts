import { readText } from '../../lib/analysis';
import type { Check } from '../../lib/checks';
import { duplicateObject } from '../../lib/checks/duplicate-object';
import { policySelectsNothing } from '../../lib/checks/policy-selects-nothing';
import { portNotServed } from '../../lib/checks/port-not-served';
import { foundIn } from './found';

// What rendered charts showed to be false alarms, by kind.

const levels = (check: Check, text: string) => foundIn(check, text).map(({ level, rule }) => `${level} ${rule}`);

const SERVED = `apiVersion: v1
kind: Pod
metadata: { name: hook, namespace: a, labels: { app: hook } }
spec: { containers: [{ name: hook, image: hook, ports: [{ containerPort: 9443 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: hook, namespace: a }
spec: { selector: { app: hook }, ports: [{ port: 443, targetPort: 9443 }] }
---
`;

function calls(peer: string): string {
  return `${SERVED}apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: calls, namespace: a }
spec:
  podSelector: { matchLabels: { app: hook } }
  policyTypes: [Egress]
  egress: [{ to: [${peer}], ports: [{ port: 443 }] }]
`;
}

it('takes the port of a Service for a mistake only where the peers are of one namespace', () => {
  expect(levels(portNotServed, calls('{ podSelector: { matchLabels: { app: hook } } }'))).toEqual([
    'error port-not-served',
  ]);
  expect(levels(portNotServed, calls('{ namespaceSelector: {} }'))).toEqual([]);
});

it('calls it an error that an object is there twice only where traffic may hang on it', () => {
  const twice = (kind: string, field: string) =>
    [1, 2]
      .map((n) => `apiVersion: v1\nkind: ${kind}\nmetadata: { name: x, namespace: a }\n${field}: { k: v${n} }\n`)
      .join('---\n');
  expect(levels(duplicateObject, twice('ConfigMap', 'data'))).toEqual(['note duplicate-object']);
  expect(levels(duplicateObject, twice('Service', 'spec'))).toEqual(['error duplicate-object']);
});

it.each([
  ['create', 'note'],
  ['list', 'warning'],
])('knows that who may %s pods of the namespace may make those that no manifest shows', (verb, level) => {
  const text = `${SERVED}apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: hub, namespace: a }
rules: [{ apiGroups: [""], resources: [pods], verbs: [${verb}] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: notebooks, namespace: a }
spec: { podSelector: { matchLabels: { component: notebook } }, policyTypes: [Ingress] }
`;
  expect(levels(policySelectsNothing, text)).toEqual([`${level} policy-selects-nothing`]);
});

it('leaves modes of files alone, which are written in octal', () => {
  const mounted = (field: string) => `apiVersion: v1
kind: Pod
metadata: { name: x, namespace: a }
spec: { containers: [], volumes: [{ name: v, configMap: { name: c, ${field}: 0755 } }] }
`;
  expect(readText(mounted('defaultMode'), 'x.yaml').warnings).toEqual([]);
  expect(readText(mounted('size'), 'x.yaml').warnings.map(({ rule }) => rule)).toEqual(['ambiguous-scalar']);
});
