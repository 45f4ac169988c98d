import { systemFlowClosed } from '../../lib/checks/system-flow-closed';
import { foundIn } from './found';
import { policy } from './policies';

const weaviate = (replicas: number) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: weaviate, namespace: models }
spec:
  replicas: ${replicas}
  template:
    metadata: { labels: { app: weaviate, app.kubernetes.io/name: weaviate } }
    spec: { containers: [{ name: weaviate, image: 'semitechnologies/weaviate:1.34.0' }] }
`;
const ray = `
apiVersion: ray.io/v1
kind: RayCluster
metadata: { name: train, namespace: models }
spec:
  headGroupSpec: { template: { spec: { containers: [{ name: head, image: rayproject/ray }] } } }
  workerGroupSpecs: [{ groupName: gpu, template: { spec: { containers: [{ name: worker, image: rayproject/ray }] } } }]
`;

test('Nodes that cannot find each other are found, with the ports that are missing.', () => {
  const clients = policy({ pods: 'app: weaviate', ingress: '[{ ports: [{ port: 8080 }, { port: 7000 }] }]' });
  expect(foundIn(systemFlowClosed, weaviate(3) + clients)).toMatchObject([
    { level: 'warning', about: 'StatefulSet models/weaviate', value: 'TCP/7001' },
  ]);
});

test('A single node needs none, and what nothing isolates has them.', () => {
  expect(foundIn(systemFlowClosed, weaviate(1) + policy({ pods: 'app: weaviate', ingress: '[]' }))).toEqual([]);
  expect(foundIn(systemFlowClosed, weaviate(3))).toEqual([]);
});

test('Workers of Ray that do not reach their head are found.', () => {
  const users = policy({
    pods: 'ray.io/node-type: head',
    ingress: '[{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8000 }] }]',
  });
  expect(foundIn(systemFlowClosed, ray + users)).toMatchObject([{ value: 'anything' }]);
  const nodes = policy({
    pods: 'ray.io/node-type: head',
    ingress: '[{ from: [{ podSelector: { matchLabels: { ray.io/cluster: train } } }] }]',
  });
  expect(foundIn(systemFlowClosed, ray + nodes)).toEqual([]);
});
