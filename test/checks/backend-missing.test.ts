import { backendMissing as check } from '../../lib/checks/backend-missing';
import { found, foundAt, service } from './manifests';

const ingress = (name: string, port: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'in', namespace: 'gateway' },
  spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port } } }] } }] },
});
const httpRoute = (backend: object) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'in', namespace: 'gateway' },
  spec: { rules: [{ backendRefs: [backend] }] },
});
const route = (targetPort: number) => ({
  apiVersion: 'route.openshift.io/v1',
  kind: 'Route',
  metadata: { name: 'in', namespace: 'gateway' },
  spec: { to: { kind: 'Service', name: 'gateway' }, port: { targetPort } },
});
const gateway = service('gateway', 'gateway', 80, 8000);

it('says which ports the Service has, and which leads to the one that was named', () => {
  expect(found(check, gateway, ingress('gateway', { number: 8000 }))).toMatchObject([
    {
      level: 'warning',
      what: 'Service gateway/gateway has no port 8000, which is a port of its pods; it has 80',
      fix: 'Write 80, which leads to 8000.',
    },
  ]);
  expect(found(check, gateway, ingress('gateway', { name: 'http' }))).toMatchObject([
    { what: 'Service gateway/gateway has no port http; it has 80' },
  ]);
  expect(foundAt(check, gateway, ingress('gateway', { number: 80 }))).toEqual([]);
});

it('is about the routes of the Gateway API and of OpenShift as well', () => {
  expect(foundAt(check, gateway, httpRoute({ name: 'gateway', port: 8080 }))).toEqual(['warning HTTPRoute gateway/in']);
  expect(foundAt(check, gateway, httpRoute({ name: 'gateway', port: 80 }))).toEqual([]);
  expect(foundAt(check, gateway, route(9000))).toEqual(['warning Route gateway/in']);
});

it('lets a Route of OpenShift name a port of the pods', () => {
  expect(foundAt(check, gateway, route(8000))).toEqual([]);
});

it('knows a slip in the name, and is a note where the Service may be in another repository', () => {
  expect(found(check, gateway, ingress('gatway', { number: 80 }))).toMatchObject([
    { level: 'warning', what: 'no manifest has Service gateway/gatway, and one slip makes it gateway' },
  ]);
  expect(foundAt(check, gateway, ingress('chat', { number: 80 }))).toEqual(['note Ingress gateway/in']);
  expect(foundAt(check, ingress('chat', { number: 80 }))).toEqual([]);
});

it('says nothing of what is no Service', () => {
  expect(
    foundAt(check, gateway, httpRoute({ name: 'pool', kind: 'InferencePool', group: 'inference.networking.k8s.io' })),
  ).toEqual([]);
  expect(foundAt(check, gateway, ingress('redirect', { name: 'use-annotation' }))).toEqual([]);
  const external = { ...gateway, spec: { type: 'ExternalName', externalName: 'api.example.com' } };
  expect(foundAt(check, external, ingress('gateway', { number: 443 }))).toEqual([]);
});
