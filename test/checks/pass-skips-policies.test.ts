import { passSkipsPolicies as check } from '../../lib/checks/pass-skips-policies';
import { denyAll, found, foundAt, pod, policy } from './manifests';

const calico = (name: string, spec: object, kind = 'GlobalNetworkPolicy') => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name },
  spec,
});
const pass = (direction: 'ingress' | 'egress', more: object = {}) => ({
  types: [direction === 'ingress' ? 'Ingress' : 'Egress'],
  [direction]: [{ action: 'Pass' }],
  ...more,
});
const vllm = pod('models', 'vllm');

it('names the NetworkPolicies that are passed', () => {
  expect(found(check, vllm, denyAll('models'), calico('leave', pass('ingress')))).toMatchObject([
    {
      level: 'warning',
      place: { object: 'GlobalNetworkPolicy leave' },
      what: 'what it passes on goes past NetworkPolicy models/deny-all, and no tier comes after that denies it',
    },
  ]);
});

it('is so whichever of the two comes first, since the end of the tier is what denies', () => {
  expect(foundAt(check, vllm, denyAll('models'), calico('leave', pass('ingress', { order: 5000 })))).toHaveLength(1);
});

it.each([
  [
    'in a tier before that of NetworkPolicies',
    [calico('platform', { order: 100 }, 'Tier'), calico('platform.leave', pass('ingress', { tier: 'platform' }))],
  ],
  ['about other pods', [calico('leave', pass('ingress', { selector: "app == 'other'" }))]],
  ['that only allows', [calico('open', { types: ['Ingress'], ingress: [{ action: 'Allow' }] })]],
])('finds nothing in a policy %s', (_, policies) => {
  expect(foundAt(check, vllm, denyAll('models'), ...policies)).toEqual([]);
});

it('finds nothing where no NetworkPolicy is about the pods in that direction', () => {
  expect(foundAt(check, vllm, denyAll('agents'), calico('leave', pass('ingress')))).toEqual([]);
});

it('finds nothing where a later tier denies what was passed on', () => {
  const closing = calico('kube-baseline.closed', {
    tier: 'kube-baseline',
    types: ['Ingress'],
    ingress: [{ action: 'Deny' }],
  });
  expect(foundAt(check, vllm, denyAll('models'), calico('leave', pass('ingress')), closing)).toEqual([]);
});

it('finds nothing where the NetworkPolicies open everything', () => {
  const open = policy('models', 'allow-all', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] });
  expect(foundAt(check, vllm, open, calico('leave', pass('ingress')))).toEqual([]);
  expect(foundAt(check, vllm, denyAll('models'), open, calico('leave', pass('ingress')))).toEqual([]);
});

it('finds nothing in a Pass that is never asked', () => {
  const spec = { types: ['Ingress'], ingress: [{ action: 'Deny' }, { action: 'Pass' }] };
  expect(foundAt(check, vllm, denyAll('models'), calico('leave', spec))).toEqual([]);
});
