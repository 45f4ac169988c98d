import { allowIsolatesNobody } from '../../lib/checks/allow-isolates-nobody';
import { foundIn } from './found';
import { policy } from './policies';

const antrea = (name: string, ...rules: string[]) => `
---
apiVersion: crd.antrea.io/v1beta1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: models }
spec: { priority: 5, appliedTo: [{ podSelector: { matchLabels: { app: vllm } } }], ingress: [${rules.join(', ')}] }
`;
const ALLOW = '{ name: allow, action: Allow, from: [{ podSelector: { matchLabels: { app: agent } } }] }';
const DROP = '{ name: rest, action: Drop }';

test('A list of what is allowed with nothing behind it is found once.', () => {
  expect(
    foundIn(allowIsolatesNobody, antrea('vllm', ALLOW, ALLOW.replace('name: allow', 'name: again'))),
  ).toMatchObject([
    { level: 'warning', value: 'ingress', place: { object: 'NetworkPolicy models/vllm', field: 'spec.ingress' } },
  ]);
});

test('A denial in it, in another policy, or a NetworkPolicy is something behind it.', () => {
  expect(foundIn(allowIsolatesNobody, antrea('vllm', ALLOW, DROP))).toEqual([]);
  expect(foundIn(allowIsolatesNobody, antrea('vllm', ALLOW) + antrea('rest', DROP))).toEqual([]);
  expect(foundIn(allowIsolatesNobody, antrea('vllm', ALLOW) + policy({ pods: '', ingress: '[]' }))).toEqual([]);
});

test('What isolates other pods, or the other direction, is not behind it.', () => {
  expect(
    foundIn(allowIsolatesNobody, antrea('vllm', ALLOW) + policy({ pods: 'app: other', ingress: '[]' })),
  ).toHaveLength(1);
  expect(foundIn(allowIsolatesNobody, antrea('vllm', ALLOW) + policy({ pods: '', egress: '[]' }))).toHaveLength(1);
});

test('Kinds that isolate by being there are left alone.', () => {
  expect(foundIn(allowIsolatesNobody, policy({ ingress: '[{}]' }))).toEqual([]);
});
