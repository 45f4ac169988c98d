import { ciliumHostsWithoutDns } from '../../lib/checks/cilium-hosts-without-dns';
import { foundIn } from './found';
import { cilium } from './policies';

const HOSTS = '{ toFQDNs: [{ matchName: huggingface.co }, { matchPattern: "*.hf.co" }] }';
const dns = (pattern: string) =>
  `{ toEndpoints: [{ matchLabels: { k8s-app: kube-dns } }], toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "${pattern}" }] } }] }`;

test('A rule with names that pass no proxy is found once.', () => {
  expect(foundIn(ciliumHostsWithoutDns, cilium({ egress: `[${HOSTS}]` }))).toMatchObject([
    {
      level: 'warning',
      value: 'huggingface.co',
      place: { field: 'spec.egress[0]', object: 'CiliumNetworkPolicy models/vllm' },
    },
  ]);
});

test('A proxy that hears one of them leaves the other.', () => {
  expect(foundIn(ciliumHostsWithoutDns, cilium({ egress: `[${HOSTS}, ${dns('huggingface.co')}]` }))).toMatchObject([
    { value: '*.hf.co' },
  ]);
});

test('A proxy that hears all of them, in this policy or another one, is enough.', () => {
  expect(foundIn(ciliumHostsWithoutDns, cilium({ egress: `[${HOSTS}, ${dns('*')}]` }))).toEqual([]);
  expect(
    foundIn(ciliumHostsWithoutDns, cilium({ egress: `[${HOSTS}]` }) + cilium({ name: 'dns', egress: `[${dns('*')}]` })),
  ).toEqual([]);
});
