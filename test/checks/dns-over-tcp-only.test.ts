import { dnsMissing } from '../../lib/checks/dns-missing';
import { dnsOverTcpOnly as check } from '../../lib/checks/dns-over-tcp-only';
import { app, found, pod, policy } from './manifests';

const egress = (name: string, podSelector: object, ...ports: object[]) =>
  policy('agents', name, { podSelector, policyTypes: ['Egress'], egress: [{ ports }] });
const [udp, tcp, bare] = [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }, { port: 53 }];

it('says that a port without a protocol is one of TCP', () => {
  expect(found(check, egress('dns', {}, bare))).toMatchObject([
    {
      level: 'warning',
      what: expect.stringContaining('leaves the protocol out'),
      place: { field: 'spec.egress[0].ports' },
    },
  ]);
  expect(found(check, egress('dns', {}, tcp))).toMatchObject([
    { level: 'note', what: expect.stringContaining('the rule allows DNS over TCP') },
  ]);
});

it('looks at all policies for the same pods', () => {
  expect(found(check, egress('tcp', app('a'), tcp), egress('udp', {}, udp))).toEqual([]);
  expect(found(check, egress('tcp', {}, tcp), egress('udp', app('a'), udp))).toHaveLength(1);
});

it('takes what several policies say together, each for some of the workloads', () => {
  const [a, b] = ['a', 'b'].map((name) => pod('agents', name));
  const [udpA, udpB] = ['a', 'b'].map((name) => egress(name, app(name), udp));
  expect(found(check, a, b, egress('dns', {}, bare), udpA, udpB)).toEqual([]);
  expect(found(check, a, b, egress('dns', {}, bare), udpA)).toHaveLength(1);
});

it('knows UDP that a policy of another engine allows the same pods', () => {
  const cilium = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'dns', namespace: 'agents' },
    spec: { endpointSelector: {}, egress: [{ toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }] }] }] },
  };
  expect(found(check, egress('dns', {}, bare), cilium)).toEqual([]);
});

it('is about DNS, and not about every rule over TCP', () => {
  expect(found(check, egress('web', {}, { port: 443 }), egress('all', {}, { protocol: 'TCP' }))).toEqual([]);
  expect(found(check, policy('agents', 'server', { podSelector: {}, ingress: [{ ports: [bare] }] }))).toEqual([]);
});

it('is told once: pods with such a rule do not lack one for DNS', () => {
  const peers = policy('agents', 'tools', { podSelector: {}, egress: [{ to: [{ podSelector: app('tools') }] }] });
  const spec = { ...peers, spec: { ...(peers as { spec: object }).spec, policyTypes: ['Egress'] } };
  expect(found(dnsMissing, pod('agents', 'a'), spec)).toHaveLength(1);
  expect(found(dnsMissing, pod('agents', 'a'), spec, egress('dns', {}, bare))).toEqual([]);
});
