import { adminPortOpen } from '../../lib/checks/admin-port-open';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const ray = `
apiVersion: ray.io/v1
kind: RayCluster
metadata: { name: train, namespace: models }
spec:
  headGroupSpec: { template: { spec: { containers: [{ name: head, image: 'registry.example.com/ml/own:1' }] } } }
  workerGroupSpecs: [{ groupName: gpu, template: { spec: { containers: [{ name: worker, image: 'registry.example.com/ml/own:1' }] } } }]
`;
const head = (rule: string) => policy({ pods: 'ray.io/node-type: head', ingress: `[${rule}]` });
const worker = (rule: string) => policy({ pods: 'ray.io/node-type: worker', ingress: `[${rule}]` });
const USERS = 'from: [{ podSelector: { matchLabels: { app: web } } }]';

test('The dashboard of Ray, open to everybody, is found by the kind of the object.', () => {
  expect(foundIn(adminPortOpen, ray + head('{ ports: [{ port: 8265 }] }'))).toMatchObject([
    {
      level: 'warning',
      about: 'RayCluster models/train',
      what: 'everybody may reach TCP/8265 of Ray, the dashboard, which runs whatever job it is given',
    },
  ]);
});

test('Workers have no dashboard.', () => {
  expect(foundIn(adminPortOpen, ray + worker('{ ports: [{ port: 8265 }] }'))).toEqual([]);
});

test('Whoever is named beside the number is taken for an administrator, and beside every port is not.', () => {
  const web = deployment({ name: 'web' });
  expect(foundIn(adminPortOpen, ray + web + head(`{ ${USERS}, ports: [{ port: 8265 }] }`))).toEqual([]);
  expect(foundIn(adminPortOpen, ray + web + head(`{ ${USERS} }`))).toMatchObject([
    { what: expect.stringContaining('Deployment models/web') },
  ]);
});

test('Nodes of the cluster among themselves, and ports that are not switched on, are left alone.', () => {
  expect(
    foundIn(adminPortOpen, ray + head('{ from: [{ podSelector: { matchLabels: { ray.io/cluster: train } } }] }')),
  ).toEqual([]);
  const minio = deployment({ name: 'minio', image: 'quay.io/minio/minio:latest' });
  expect(
    foundIn(adminPortOpen, minio + policy({ pods: 'app: minio', ingress: '[{ ports: [{ port: 9090 }] }]' })),
  ).toEqual([]);
  expect(
    foundIn(adminPortOpen, minio + policy({ pods: 'app: minio', ingress: '[{ ports: [{ port: 9001 }] }]' })),
  ).toHaveLength(1);
});
