import { dnsMissing as check } from '../../lib/checks/dns-missing';
import { app, denyAll, found, foundAt, named, pod, policy } from './manifests';

const egress = (name: string, ...rules: object[]) =>
  policy('agents', name, { podSelector: app('agent'), policyTypes: ['Egress'], egress: rules });
const toTools = { to: [{ podSelector: app('tools') }], ports: [{ port: 8080 }] };
const dns = { ports: [{ port: 53, protocol: 'UDP' }] };

it('takes DNS from whatever policy allows it', () => {
  const forAll = policy('agents', 'dns', { podSelector: {}, policyTypes: ['Egress'], egress: [dns] });
  expect(found(check, pod('agents', 'agent'), egress('agent', toTools), forAll)).toEqual([]);
  expect(found(check, pod('agents', 'agent'), egress('agent', toTools, dns))).toEqual([]);
});

it('takes every port of another app for no way to a name server, and every port of the system namespace for one', () => {
  expect(foundAt(check, pod('agents', 'agent'), egress('agent', { to: [{ podSelector: app('tools') }] }))).toHaveLength(
    1,
  );
  expect(
    found(
      check,
      pod('agents', 'agent'),
      egress('agent', toTools, { to: [{ namespaceSelector: named('kube-system') }] }),
    ),
  ).toEqual([]);
  expect(found(check, pod('agents', 'agent'), egress('agent', toTools, { to: [{ namespaceSelector: {} }] }))).toEqual(
    [],
  );
});

it('says nothing of pods that reach nobody, or addresses alone, or are not isolated', () => {
  expect(found(check, pod('agents', 'agent'), denyAll('agents'))).toEqual([]);
  expect(
    found(check, pod('agents', 'agent'), egress('agent', { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] })),
  ).toEqual([]);
  expect(found(check, pod('agents', 'agent'))).toEqual([]);
  expect(found(check, pod('agents', 'other'), egress('agent', toTools))).toEqual([]);
});

it('is one finding for pods that several policies let out', () => {
  expect(found(check, pod('agents', 'agent'), egress('a', toTools), egress('b', toTools))).toHaveLength(1);
});
