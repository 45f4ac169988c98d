import { planeOf, readText } from '../../lib/analysis';
import { CHECKS, runChecks, seenOf } from '../../lib/checks';
import { deployment, policy } from './policies';

// Policies that charts and operators ship, written again from what their renders say. Rows whose trouble is that a policy
// selects nothing, lacks DNS, lacks rules or has a dangling peer are held by the tests of those rules.

/** The rules that find something, each once. */
function rulesFor(manifests: string): readonly string[] {
  const reading = readText(manifests, 'chart.yaml');
  return [...new Set(runChecks(seenOf(reading, planeOf(reading)), CHECKS).map(({ rule }) => rule))].sort();
}

const postgresql = deployment({
  name: 'postgresql',
  image: 'docker.io/bitnami/postgresql:17.1.0',
  more: ', ports: [{ containerPort: 5432, name: tcp-postgresql }]',
});

test('Bitnami: the port of the Service from any source, and every destination.', () => {
  const shipped = policy({ pods: 'app: postgresql', ingress: '[{ ports: [{ port: 5432 }] }]', egress: '[{}]' });
  expect(rulesFor(postgresql + shipped)).toEqual(
    expect.arrayContaining(['metadata-service', 'unnamed-clients', 'wide-egress']),
  );
});

test('apisix: its etcd from any source, with every destination.', () => {
  const etcd = deployment({ name: 'etcd', image: 'bitnami/etcd:3.6' });
  const shipped = policy({
    pods: 'app: etcd',
    ingress: '[{ ports: [{ port: 2379 }, { port: 2380 }] }]',
    egress: '[{}]',
  });
  expect(rulesFor(etcd + shipped)).toEqual(expect.arrayContaining(['wide-egress']));
});

test('z2jh: a hub that reaches everything, notebooks that reach every public address.', () => {
  const hub = policy({ pods: 'component: hub', egress: '[{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]' });
  expect(rulesFor(hub)).toEqual(expect.arrayContaining(['metadata-service', 'wide-egress']));
  const except = '[10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.169.254/32]';
  const notebooks = policy({
    pods: 'component: singleuser-server',
    egress: `[{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: ${except} } }] }]`,
  });
  expect(rulesFor(notebooks)).toEqual(expect.arrayContaining(['metadata-service', 'wide-egress']));
});

test('Strimzi: listeners and metrics from anywhere.', () => {
  const kafka = deployment({ name: 'kafka', more: ', ports: [{ containerPort: 9404, name: tcp-prometheus }]' });
  const shipped = policy({ pods: 'app: kafka', ingress: '[{ ports: [{ port: 9092 }] }, { ports: [{ port: 9404 }] }]' });
  expect(rulesFor(kafka + shipped)).toContain('metrics-port-open');
});

test('agent-sandbox: every port of every public address, by the template alone.', () => {
  const template = `
apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxTemplate
metadata: { name: python, namespace: agents }
spec: { podTemplate: { spec: { containers: [{ name: python, image: python }] } } }
`;
  expect(rulesFor(template)).toContain('wide-egress');
});

test('agent-sandbox: the API server as a namespace, in the sample of its router.', () => {
  const to = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: default } } }';
  expect(rulesFor(policy({ egress: `[{ to: [${to}], ports: [{ port: 443 }, { port: 6443 }] }]` }))).toContain(
    'api-server-selector',
  );
});

test('KEDA: the API server as every namespace, out and in.', () => {
  const every = '{ namespaceSelector: {} }';
  const shipped = policy({
    namespace: 'keda',
    name: 'keda',
    pods: 'app: keda',
    egress: `[{ to: [${every}], ports: [{ port: 443 }, { port: 6443 }] }]`,
    ingress: `[{ from: [${every}], ports: [{ port: 9443 }] }]`,
  });
  const called = `
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: keda }
webhooks: [{ name: keda, clientConfig: { service: { name: keda, namespace: keda } } }]
---
apiVersion: v1
kind: Service
metadata: { name: keda, namespace: keda }
spec: { selector: { app: keda }, ports: [{ port: 443, targetPort: 9443 }] }
`;
  expect(rulesFor(deployment({ name: 'keda', namespace: 'keda' }) + shipped + called)).toEqual(
    expect.arrayContaining(['api-server-selector', 'webhook-port']),
  );
});

test('ModelMesh: inference and metrics from anywhere.', () => {
  const mesh = deployment({ name: 'modelmesh', more: ', ports: [{ containerPort: 2112, name: prometheus }]' });
  expect(
    rulesFor(mesh + policy({ pods: 'app: modelmesh', ingress: '[{ ports: [{ port: 8033 }, { port: 2112 }] }]' })),
  ).toContain('metrics-port-open');
});

test('cert-manager: the API server and everything else on its ports.', () => {
  expect(
    rulesFor(policy({ egress: '[{ ports: [{ port: 80 }, { port: 443 }, { port: 53 }, { port: 6443 }] }]' })),
  ).toEqual(expect.arrayContaining(['api-server', 'wide-egress']));
});

test('n8n: every address on a few ports, which a note says.', () => {
  expect(rulesFor(policy({ egress: '[{ ports: [{ port: 53 }, { port: 5432 }, { port: 443 }] }]' }))).toContain(
    'wide-egress',
  );
});

test('NIM operator: a rule on the port of the Service of its webhook.', () => {
  const called = `
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: nim }
webhooks: [{ name: nim, clientConfig: { service: { name: nim, namespace: nim } } }]
---
apiVersion: v1
kind: Service
metadata: { name: nim, namespace: nim }
spec: { selector: { app: nim }, ports: [{ port: 443, targetPort: 9443 }] }
`;
  const shipped = policy({ name: 'nim', namespace: 'nim', pods: 'app: nim', ingress: '[{ ports: [{ port: 443 }] }]' });
  expect(rulesFor(deployment({ name: 'nim', namespace: 'nim' }) + shipped + called)).toContain('webhook-port');
});
