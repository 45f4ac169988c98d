import { dnsOverUdpOnly as check } from '../../lib/checks/dns-over-udp-only';
import { app, found, policy } from './manifests';

const egress = (name: string, podSelector: object, ...ports: object[]) =>
  policy('agents', name, { podSelector, policyTypes: ['Egress'], egress: [{ ports }] });
const [udp, tcp] = [{ protocol: 'UDP', port: 53 }, { port: 53 }];

it('looks at all policies for the same pods', () => {
  expect(found(check, egress('udp', app('a'), udp), egress('tcp', {}, tcp))).toEqual([]);
  expect(found(check, egress('udp', {}, udp), egress('tcp', app('a'), tcp))).toHaveLength(1);
});

it('knows the names and the port behind which name servers listen', () => {
  expect(found(check, egress('named', {}, { protocol: 'UDP', port: 'dns' }))).toHaveLength(1);
  expect(found(check, egress('openshift', {}, { protocol: 'UDP', port: 5353 }))).toHaveLength(1);
});

it('is about DNS, and not about every rule over UDP', () => {
  expect(found(check, egress('metrics', {}, { protocol: 'UDP', port: 8125 }))).toEqual([]);
  expect(found(check, egress('all', {}, { protocol: 'UDP' }))).toEqual([]);
  expect(found(check, policy('agents', 'server', { podSelector: {}, ingress: [{ ports: [udp] }] }))).toEqual([]);
});
