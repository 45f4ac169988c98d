import { portNotServed as check } from '../../lib/checks/port-not-served';
import { app, found, named, pod, policy, service } from './manifests';

const into = (port: unknown) =>
  policy('data', 'in', { podSelector: app('db'), policyTypes: ['Ingress'], ingress: [{ ports: [{ port }] }] });
const db = pod('data', 'db', { sql: 5432 });

it('follows the Service to a named port', () => {
  expect(found(check, db, service('data', 'db', 80, 'sql'), into(80))).toMatchObject([
    { value: 'TCP/80', allowed: 'TCP/5432', fix: 'Write port: 5432.' },
  ]);
});

it('sees the egress of clients too', () => {
  const out = policy('agents', 'out', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: named('data') }], ports: [{ port: 80 }] }],
  });
  expect(found(check, db, service('data', 'db', 80, 5432), out)).toHaveLength(1);
});

it('says nothing of a port that the pod has too, of one that no Service maps, and of pods that declare none', () => {
  expect(found(check, pod('data', 'db', { sql: 5432, http: 80 }), service('data', 'db', 80, 5432), into(80))).toEqual(
    [],
  );
  expect(found(check, db, service('data', 'db', 5432), into(9187))).toEqual([]);
  expect(found(check, pod('data', 'db'), service('data', 'db', 80, 5432), into(80))).toEqual([]);
  expect(found(check, db, service('data', 'other', 80, 5432), into(80))).toEqual([]);
});
