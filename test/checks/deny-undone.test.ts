import { denyUndone } from '../../lib/checks/deny-undone';
import { foundIn } from './found';
import { policy } from './policies';

const deny = policy({ name: 'deny', pods: '', ingress: '[]', egress: '[]' });

test('A policy for every pod that lets everything through is found in its direction.', () => {
  expect(foundIn(denyUndone, deny + policy({ name: 'allow', pods: '', egress: '[{}]' }))).toMatchObject([
    {
      level: 'warning',
      what: 'it lets all egress of every pod through that NetworkPolicy models/deny denies',
      place: { field: 'spec.egress[0]' },
    },
  ]);
});

test('For some pods, with peers or ports, without a deny, or in another namespace it may be meant.', () => {
  expect(foundIn(denyUndone, deny + policy({ ingress: '[{}]' }))).toEqual([]);
  expect(foundIn(denyUndone, deny + policy({ pods: '', ingress: '[{ from: [{ podSelector: {} }] }]' }))).toEqual([]);
  expect(
    foundIn(denyUndone, deny + policy({ pods: '', egress: '[{ ports: [{ port: 53, protocol: UDP }] }]' })),
  ).toEqual([]);
  expect(foundIn(denyUndone, policy({ pods: '', ingress: '[{}]' }))).toEqual([]);
  expect(foundIn(denyUndone, deny + policy({ namespace: 'data', pods: '', ingress: '[{}]' }))).toEqual([]);
});
