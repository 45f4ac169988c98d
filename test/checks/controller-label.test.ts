import { controllerLabel as check } from '../../lib/checks/controller-label';
import { found, foundAt, policy } from './manifests';

const selecting = (matchLabels: object) =>
  policy('models', 'p', { podSelector: { matchLabels }, policyTypes: ['Ingress'] });

it('finds what changes by itself, also in peers and in expressions', () => {
  const peer = {
    podSelector: { matchExpressions: [{ key: 'controller-revision-hash', operator: 'In', values: ['7d9c'] }] },
  };
  const [one] = found(check, policy('models', 'p', { podSelector: {}, ingress: [{ from: [peer] }] }));
  expect(one.place?.field).toBe('spec.ingress[0].from[0].podSelector.matchExpressions[0]');
  expect(foundAt(check, selecting({ 'helm.sh/chart': 'vllm-1.2.3' }))).toEqual(['warning NetworkPolicy models/p']);
});

it('takes the name of a Job for stable, and that of one run of a CronJob not', () => {
  expect(found(check, selecting({ 'job-name': 'migrate' }))).toEqual([]);
  expect(found(check, selecting({ 'job-name': 'backup-29384760' }))).toHaveLength(1);
});

it('is a note for a version or a replica, which people select on purpose', () => {
  expect(foundAt(check, selecting({ 'app.kubernetes.io/version': '1.2' }))).toEqual(['note NetworkPolicy models/p']);
  expect(foundAt(check, selecting({ 'statefulset.kubernetes.io/pod-name': 'db-0' }))).toEqual([
    'note NetworkPolicy models/p',
  ]);
});

it('says nothing of usual labels', () => {
  expect(
    found(check, selecting({ 'app.kubernetes.io/name': 'vllm', 'app.kubernetes.io/instance': 'a1b2c3d4e5' })),
  ).toEqual([]);
});
