import { danglingBackend } from '../../lib/checks/dangling-backend';
import { foundIn } from './found';

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: vllm, namespace: models }
spec: { selector: { app: vllm }, ports: [{ name: http, port: 80, targetPort: 8000 }, { name: metrics, port: 9090 }] }
`;
const ingress = (service: string) => `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: vllm, namespace: models }
spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: ${service} } }] } }] }
`;
const route = (ref: string, namespace = 'models') => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: vllm, namespace: ${namespace} }
spec: { rules: [{ backendRefs: [${ref}] }] }
`;

test('The port of the pods in place of that of the Service is found, with the port to write.', () => {
  expect(foundIn(danglingBackend, SERVICE + ingress('{ name: vllm, port: { number: 8000 } }'))).toMatchObject([
    {
      level: 'warning',
      value: '8000',
      what: 'Service models/vllm has no port 8000, which is the port of its pods; it has 80 (http) and 9090 (metrics)',
      fix: 'Write 80.',
      place: { field: 'spec.rules[0].http.paths[0].backend.service.port.number' },
    },
  ]);
});

test('A port by name is one by the names of the Service.', () => {
  expect(foundIn(danglingBackend, SERVICE + ingress('{ name: vllm, port: { name: http } }'))).toEqual([]);
  expect(foundIn(danglingBackend, SERVICE + ingress('{ name: vllm, port: { name: web } }'))).toMatchObject([
    { what: expect.stringContaining('has no port web') },
  ]);
});

test('A Service that is not there is a warning where a slip is likely, and a note where others may bring it.', () => {
  expect(foundIn(danglingBackend, SERVICE + route('{ name: vlmm, port: 80 }'))).toMatchObject([
    { level: 'warning', what: 'no manifest has Service models/vlmm, and one slip makes it vllm', fix: 'Write vllm.' },
  ]);
  expect(foundIn(danglingBackend, SERVICE + route('{ name: gateway, port: 80 }'))).toMatchObject([
    { level: 'note', what: 'no manifest has Service models/gateway; it may be in another repository' },
  ]);
});

test('It is silent where no Service of the namespace is seen, of other kinds of backends, and of ports that annotations say.', () => {
  expect(foundIn(danglingBackend, ingress('{ name: vllm, port: { number: 80 } }'))).toEqual([]);
  expect(
    foundIn(
      danglingBackend,
      SERVICE + route('{ group: inference.networking.k8s.io, kind: InferencePool, name: vlmm, port: 1 }'),
    ),
  ).toEqual([]);
  expect(foundIn(danglingBackend, SERVICE + ingress('{ name: redirect, port: { name: use-annotation } }'))).toEqual([]);
});

test('A route may lead to a Service of another namespace.', () => {
  expect(foundIn(danglingBackend, SERVICE + route('{ name: vllm, namespace: models, port: 80 }', 'edge'))).toEqual([]);
  expect(foundIn(danglingBackend, SERVICE + route('{ name: vllm, namespace: models, port: 81 }', 'edge'))).toHaveLength(
    1,
  );
  expect(foundIn(danglingBackend, SERVICE + route('{ name: vllm, port: 81 }', 'edge'))).toEqual([]);
});
