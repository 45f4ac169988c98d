import { ciliumEmptyRule } from '../../lib/checks/cilium-empty-rule';
import { foundIn } from './found';
import { cilium, policy } from './policies';

test('An empty rule beside others is found at its place.', () => {
  expect(foundIn(ciliumEmptyRule, cilium({ ingress: '[{ fromEntities: [cluster] }, {}]' }))).toMatchObject([
    { what: 'it lets nothing through beside the other rules', place: { field: 'spec.ingress[1]' } },
  ]);
});

test('Alone it denies everything, which is how that is written unless the name says otherwise.', () => {
  expect(foundIn(ciliumEmptyRule, cilium({ name: 'default-deny', ingress: '[{}]', egress: '[{}]' }))).toEqual([]);
  expect(foundIn(ciliumEmptyRule, cilium({ name: 'vllm-allow', egress: '[{}]' }))).toMatchObject([
    { what: 'it denies everything, and its name says that it allows', place: { field: 'spec.egress[0]' } },
  ]);
  expect(foundIn(ciliumEmptyRule, cilium({ name: 'disallow', egress: '[{}]' }))).toEqual([]);
});

test('In a NetworkPolicy it means everything.', () => {
  expect(foundIn(ciliumEmptyRule, policy({ name: 'allow', ingress: '[{}, {}]' }))).toEqual([]);
});
