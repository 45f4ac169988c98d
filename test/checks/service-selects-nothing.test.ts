import { serviceSelectsNothing as check } from '../../lib/checks/service-selects-nothing';
import { found, homeless, pod } from './manifests';

const service = (selector: unknown, more: object = {}, namespace = 'db') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'pg', namespace },
  spec: { ...(selector ? { selector } : {}), ports: [{ port: 5432 }], ...more },
});
const pg = pod('db', 'pg');
const inference = pod('db', 'inference');
const custom = { apiVersion: 'example.com/v1', kind: 'Postgres', metadata: { name: 'big', namespace: 'db' }, spec: {} };

it('finds a Service whose labels no pod of its namespace has, also beside a pod of another one that does', () => {
  expect(found(check, pg, pod('other', 'pgsql'), service({ app: 'pgsql' }))).toMatchObject([
    {
      level: 'warning',
      what: 'no workload of namespace db has {app=pgsql}',
      value: 'app=pgsql',
      place: { object: 'Service db/pg', field: 'spec.selector' },
    },
  ]);
});

it('names the pods that were probably meant', () => {
  expect(found(check, inference, service({ app: 'inferense' }))).toMatchObject([
    { level: 'warning', what: 'no workload of namespace db has {app=inferense}; Pod db/inference has {app=inference}' },
  ]);
});

it('says nothing where pods are selected, on the host network too, or where some may be', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a', namespace: 'db' },
    spec: { template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a' }] } } },
  };
  expect(found(check, pg, service({ app: 'pg' }))).toEqual([]);
  expect(found(check, pod('db', 'pg', {}, { hostNetwork: true }), service({ app: 'pg' }))).toEqual([]);
  expect(found(check, deployment, service({ app: 'a', 'pod-template-hash': 'abc' }))).toEqual([]);
});

it('says nothing without a selector, of an ExternalName, of a namespace whose pods are elsewhere, and of the system', () => {
  expect(found(check, pg, service(undefined))).toEqual([]);
  expect(found(check, pg, service({}))).toEqual([]);
  expect(found(check, pg, service({ app: 'x' }, { type: 'ExternalName', externalName: 'pg.example.com' }))).toEqual([]);
  expect(found(check, pod('other', 'a'), service({ app: 'pg' }))).toEqual([]);
  const scheduler = service({ component: 'kube-scheduler' }, {}, 'kube-system');
  expect(found(check, pod('kube-system', 'agent'), scheduler)).toEqual([]);
});

it('leaves the pods of an operator to it, and is a note beside it where labels are missed by a slip', () => {
  expect(found(check, pod('db', 'operator'), custom, service({ cluster: 'big' }))).toEqual([]);
  expect(found(check, inference, custom, service({ app: 'inferense' }))).toMatchObject([
    {
      level: 'note',
      what: 'no workload of namespace db has {app=inferense}; Pod db/inference has {app=inference}, unless Postgres big makes pods that do',
    },
  ]);
});

it('is a note where pods may label themselves when they run', () => {
  expect(found(check, pg, service({ app: 'pg', 'vault-active': 'true' }))).toMatchObject([
    {
      level: 'note',
      what: 'no workload of namespace db has {app=pg,vault-active=true}; Pod db/pg has {app=pg}, unless pods are given the label vault-active when they run',
    },
  ]);
});

it('says nothing where the workload says no namespace, as charts leave it out', () => {
  const asked = service({ app: 'vllm' }, {}, 'models');
  const other = pod('models', 'other');
  expect(found(check, other, asked)).toHaveLength(1);
  expect(found(check, other, homeless('vllm'), asked)).toEqual([]);
});
