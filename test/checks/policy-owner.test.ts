import { policyOwner } from '../../lib/checks/policy-owner';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const owned = (kind: string, name: string) =>
  policy({
    ingress: '[]',
    metadata: `, ownerReferences: [{ apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u }]`,
  });

test('An owner that is not there takes the policy along, and one that is there keeps it.', () => {
  const workload = deployment({}).replace('namespace: models }', 'namespace: models, uid: u }');
  expect(foundIn(policyOwner, owned('Deployment', 'vllm'))).toMatchObject([
    { level: 'note', value: 'Deployment vllm', place: { field: 'metadata.ownerReferences' } },
  ]);
  expect(foundIn(policyOwner, workload + owned('Deployment', 'vllm'))).toEqual([]);
});

test('An owner that ends by itself takes it along for certain.', () => {
  const job = owned('Job', 'setup').replace('apps/v1', 'batch/v1');
  expect(foundIn(policyOwner, job)).toMatchObject([{ level: 'warning', value: 'Job setup' }]);
});
