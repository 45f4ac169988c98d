import { testPodsSelected as check } from '../../lib/checks/test-pods-selected';
import { foundIn } from './found';
import { app, denyAll, found, pod, policy } from './manifests';
import { cilium } from './policies';

function test(labels: Record<string, string>, hook = 'test') {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'qdrant-test', namespace: 'a', labels, annotations: { 'helm.sh/hook': hook } },
    spec: { containers: [{ name: 'main', image: 'curl' }] },
  };
}

const policyOfApp = policy('a', 'qdrant', {
  podSelector: app('qdrant'),
  policyTypes: ['Ingress'],
  ingress: [{ ports: [{ port: 6333 }] }],
});

it('finds a test with the labels of the application, once, with the policy and whom it is for', () => {
  const more = policy('a', 'more', { podSelector: app('qdrant'), policyTypes: ['Egress'], egress: [{}] });
  expect(found(check, pod('a', 'qdrant'), test({ app: 'qdrant' }), policyOfApp, more)).toMatchObject([
    {
      level: 'note',
      about: 'Pod a/qdrant-test',
      what: 'NetworkPolicy a/qdrant selects it beside Pod a/qdrant, and `helm test` runs it',
      value: 'app=qdrant',
      place: { object: 'Pod a/qdrant-test' },
    },
  ]);
});

it('finds a Job too, whose pods have the labels', () => {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'test', namespace: 'a', annotations: { 'helm.sh/hook': 'test-success' } },
    spec: { template: { metadata: { labels: { app: 'qdrant' } }, spec: { containers: [{ name: 'main' }] } } },
  };
  expect(found(check, pod('a', 'qdrant'), job, policyOfApp)).toHaveLength(1);
});

it('finds it by policies of engines', () => {
  const inModels = [
    'apiVersion: v1\nkind: Pod\nmetadata: { name: vllm, namespace: models, labels: { app: vllm } }\nspec: { containers: [{ name: main }] }',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: t, namespace: models, labels: { app: vllm }, annotations: { helm.sh/hook: test } }\nspec: { containers: [{ name: main }] }',
  ].join('\n---\n');
  expect(foundIn(check, `${inModels}${cilium({ ingress: '[{ fromEndpoints: [{}] }]' })}`)).toMatchObject([
    { what: 'CiliumNetworkPolicy models/vllm selects it beside Pod models/vllm, and `helm test` runs it' },
  ]);
});

it('says nothing of other hooks, of tests with labels of their own, and of policies for everybody', () => {
  expect(found(check, pod('a', 'qdrant'), test({ app: 'qdrant' }, 'post-install'), policyOfApp)).toEqual([]);
  expect(found(check, pod('a', 'qdrant'), test({ app: 'qdrant-test' }), policyOfApp)).toEqual([]);
  const everybody = policy('a', 'all', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] });
  expect(found(check, pod('a', 'qdrant'), test({ app: 'qdrant' }), everybody, denyAll('a'))).toEqual([]);
});

it('says nothing of a policy that is for the test alone, or that lets nothing through', () => {
  expect(found(check, test({ app: 'qdrant' }), policyOfApp)).toEqual([]);
  const closed = policy('a', 'closed', { podSelector: app('qdrant'), policyTypes: ['Ingress'] });
  expect(found(check, pod('a', 'qdrant'), test({ app: 'qdrant' }), closed)).toEqual([]);
});
