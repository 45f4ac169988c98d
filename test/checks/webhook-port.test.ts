import { webhookPort } from '../../lib/checks/webhook-port';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const configuration = (more = '') => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: keda }
webhooks:
  - name: check.example.com
    clientConfig: { service: { name: keda, namespace: keda${more} } }
`;
const service = (targetPort: string | number, port = 443) => `
---
apiVersion: v1
kind: Service
metadata: { name: keda, namespace: keda }
spec: { selector: { app: keda }, ports: [{ port: ${port}, targetPort: ${targetPort} }] }
`;
const pods = deployment({ name: 'keda', namespace: 'keda', more: ', ports: [{ containerPort: 9443, name: webhook }]' });
const ingress = (rules: string) =>
  policy({ name: 'keda', namespace: 'keda', pods: 'app: keda', ingress: `[${rules}]` });

test('The rule that opens the port of the Service is found, with the port of the pod.', () => {
  expect(
    foundIn(webhookPort, configuration() + service('webhook') + pods + ingress('{ ports: [{ port: 443 }] }')),
  ).toMatchObject([
    {
      level: 'warning',
      about: 'Deployment keda/keda',
      value: 'TCP/443',
      allowed: 'TCP/9443 from the API server',
      place: { object: 'NetworkPolicy keda/keda', field: 'spec.ingress[0]' },
    },
  ]);
});

test('Pods of every namespace are not the API server, as the chart of KEDA has it.', () => {
  const everyPod = ingress('{ from: [{ namespaceSelector: {} }], ports: [{ port: 9443 }] }');
  expect(foundIn(webhookPort, configuration() + service(9443) + pods + everyPod)).toMatchObject([
    {
      what: 'the API server calls TCP/9443 of these pods through the Service keda/keda, and no policy lets it in',
      place: { object: 'MutatingWebhookConfiguration keda', field: 'webhooks[0].clientConfig.service' },
    },
  ]);
});

test('An aggregated API is called in the same way.', () => {
  const api = `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.external.metrics.k8s.io }
spec: { group: external.metrics.k8s.io, version: v1beta1, service: { name: keda, namespace: keda, port: 6443 } }
`;
  const closed = api + service(6443, 6443) + pods + ingress('');
  expect(foundIn(webhookPort, closed)).toMatchObject([
    { place: { object: 'APIService v1beta1.external.metrics.k8s.io', field: 'spec.service' } },
  ]);
});

test('Any address that may be that of the API server lets it in.', () => {
  for (const rule of [
    '{ ports: [{ port: 9443 }] }',
    '{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: webhook }] }',
    '{}',
  ]) {
    expect(foundIn(webhookPort, configuration() + service(9443) + pods + ingress(rule))).toEqual([]);
  }
});

test('What is not shown is left alone: a Service, pods, a name of a port, pods that no policy isolates.', () => {
  expect(foundIn(webhookPort, configuration())).toEqual([]);
  expect(foundIn(webhookPort, configuration() + service(9443))).toEqual([]);
  expect(foundIn(webhookPort, configuration() + service('other') + pods + ingress(''))).toEqual([]);
  expect(foundIn(webhookPort, configuration(', port: 8443') + service(9443) + pods + ingress(''))).toEqual([]);
  expect(foundIn(webhookPort, configuration() + service(9443) + pods)).toEqual([]);
});

test('Webhooks behind one Service are one trouble.', () => {
  const second = '  - { name: b.example.com, clientConfig: { service: { name: keda, namespace: keda } } }\n';
  expect(foundIn(webhookPort, configuration() + second + service(9443) + pods + ingress(''))).toHaveLength(1);
});
