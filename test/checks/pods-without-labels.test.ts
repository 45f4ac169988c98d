import { podsWithoutLabels as check } from '../../lib/checks/pods-without-labels';
import { denyAll, found, foundAt, policy } from './manifests';

const TEMPLATE = { spec: { containers: [{ name: 'main', image: 'migrate' }] } };

function job(template: object = TEMPLATE, more: object = {}) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate', namespace: 'a' },
    spec: { template, ...more },
  };
}

const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'clean', namespace: 'a' },
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: TEMPLATE } } },
};

const dns = policy('a', 'dns', {
  podSelector: {},
  policyTypes: ['Egress'],
  egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }],
});

const out = (podSelector: object) => policy('a', 'out', { podSelector, policyTypes: ['Egress'], egress: [{}] });

it('finds Jobs and CronJobs that a default deny cuts off, in the words that a user reads', () => {
  expect(foundAt(check, job(), cronJob, denyAll('a'))).toEqual(['note CronJob a/clean', 'note Job a/migrate']);
  expect(found(check, job(), denyAll('a'))[0]).toMatchObject({
    about: 'Job a/migrate',
    what: 'its pods have no label of their own: policies isolate them, and none lets them out further than to name servers',
  });
});

it('does not take names for a way out', () => {
  expect(found(check, job(), denyAll('a'), dns)).toHaveLength(1);
});

it('says nothing where they are let out: by a policy for everybody, or by the name of the Job', () => {
  expect(found(check, job(), denyAll('a'), out({}))).toEqual([]);
  expect(
    found(check, job(), denyAll('a'), out({ matchLabels: { 'batch.kubernetes.io/job-name': 'migrate' } })),
  ).toEqual([]);
  // A CronJob gives each run a name of its own, so that nobody knows whether this is one of them.
  expect(found(check, cronJob, denyAll('a'), out({ matchLabels: { 'job-name': 'clean-29' } }))).toEqual([]);
});

it('says nothing where nothing isolates them on their way out, or only perhaps', () => {
  expect(found(check, job())).toEqual([]);
  expect(found(check, job(), policy('a', 'in', { podSelector: {}, policyTypes: ['Ingress'] }))).toEqual([]);
  expect(found(check, job(), denyAll('b'))).toEqual([]);
});

it('says nothing of pods with labels, and of those on the host network', () => {
  const labelled = { metadata: { labels: { app: 'migrate' } }, ...TEMPLATE };
  expect(found(check, job(labelled), denyAll('a'))).toEqual([]);
  expect(found(check, job({ spec: { ...TEMPLATE.spec, hostNetwork: true } }), denyAll('a'))).toEqual([]);
});
