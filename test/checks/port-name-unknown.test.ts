import { portNameUnknown as check } from '../../lib/checks/port-name-unknown';
import { app, found, pod, policy } from './manifests';

const into = (port: object) =>
  policy('models', 'in', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [port] }] });
const out = (...to: object[]) =>
  policy('models', 'out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to, ports: [{ port: 'web' }] }] });

it('says so where the name is of another protocol', () => {
  expect(found(check, pod('models', 'vllm', { http: 80 }), into({ port: 'http', protocol: 'UDP' }))).toMatchObject([
    { what: "the port 'http' of Pod models/vllm is TCP, and the rule asks for UDP" },
  ]);
});

it('is content where one of the pods has the name', () => {
  expect(
    found(check, pod('models', 'vllm', { http: 80 }), pod('models', 'other', { web: 81 }), into({ port: 'web' })),
  ).toEqual([]);
  expect(
    found(
      check,
      pod('models', 'a', { web: 80 }),
      pod('models', 'b'),
      out({ podSelector: app('a') }, { podSelector: app('b') }),
    ),
  ).toEqual([]);
});

it('says nothing of pods that are not here, nor of addresses', () => {
  expect(found(check, out({ podSelector: app('a') }))).toEqual([]);
  expect(found(check, pod('models', 'a', { http: 80 }), out({ ipBlock: { cidr: '192.0.2.0/24' } }))).toEqual([]);
});
