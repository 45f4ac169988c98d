import { wideEgress } from '../../lib/checks/wide-egress';
import { foundIn } from './found';
import { cilium, deployment, policy } from './policies';

const internet = (ports = '') => policy({ egress: `[{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]${ports} }]` });

test('An empty rule opens every destination on every port.', () => {
  expect(foundIn(wideEgress, deployment({}) + policy({ egress: '[{}]' }))).toMatchObject([
    {
      level: 'warning',
      about: 'Deployment models/vllm',
      what: 'pods may reach every destination: the internet, every pod, the API server and metadata services, on every port',
      place: { object: 'NetworkPolicy models/vllm', field: 'spec.egress[0]' },
    },
  ]);
});

test('On one port it is worth a note, and a warning for pods that keep data or weights.', () => {
  const https = internet(', ports: [{ port: 443 }]');
  expect(foundIn(wideEgress, deployment({}) + https)).toMatchObject([
    { level: 'note', what: 'pods may reach the whole internet and every private address, on TCP/443' },
  ]);
  expect(foundIn(wideEgress, deployment({ image: 'vllm/vllm-openai:v0.33.0' }) + https)).toMatchObject([
    { level: 'warning', what: expect.stringContaining('pods that keep model weights (it is vLLM)') },
  ]);
});

test('Private addresses are said as far as the rule has them: all, some of them by their blocks, or none.', () => {
  const except = (...blocks: string[]) =>
    foundIn(
      wideEgress,
      policy({ egress: `[{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [${blocks.join(', ')}] } }] }]` }),
    ).map(({ what }) => what);
  expect(except('169.254.0.0/16')).toEqual([
    'pods may reach the whole internet and every private address, on every port',
  ]);
  expect(except('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16')).toEqual([
    'pods may reach the whole internet and private addresses (100.64.0.0/10), on every port',
  ]);
  expect(except('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10')).toEqual([
    'pods may reach the whole internet, on every port',
  ]);
  // The upper half of 10.0.0.0/8 is left, with the others.
  expect(except('10.0.0.0/9')).toEqual([
    'pods may reach the whole internet and private addresses (10.128.0.0/9, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16), on every port',
  ]);
  expect(except('10.1.0.1/32', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10')).toEqual([
    'pods may reach the whole internet and private addresses (10.0.0.0/8 except 10.1.0.1/32), on every port',
  ]);
  // What clouds call their metadata service by is said by a rule of its own (Alibaba Cloud: 100.100.100.200).
  expect(except('100.100.100.200/32')).toEqual([
    'pods may reach the whole internet and every private address, on every port',
  ]);
});

test('The purpose of a namespace says that its pods keep weights.', () => {
  const namespace = `
apiVersion: v1
kind: Namespace
metadata: { name: models, labels: { purpose: inference } }
`;
  expect(foundIn(wideEgress, namespace + deployment({}) + internet(', ports: [{ port: 443 }]'))).toMatchObject([
    { level: 'warning', what: expect.stringContaining('the namespace models has the label purpose: inference') },
  ]);
});

test('Public addresses alone are most of the internet too, as the default of agent-sandbox has them.', () => {
  const template = `
apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxTemplate
metadata: { name: python, namespace: agents }
spec: { podTemplate: { spec: { containers: [{ name: python, image: python }] } } }
`;
  expect(foundIn(wideEgress, template)).toMatchObject([
    { level: 'warning', place: { object: 'SandboxTemplate agents/python', field: 'kind' } },
  ]);
});

test('The world of Cilium is the internet.', () => {
  expect(foundIn(wideEgress, cilium({ egress: '[{ toEntities: [world] }]' }))).toMatchObject([{ level: 'warning' }]);
});

test('Nothing is said of name servers, narrow blocks, host names, rules about requests and what a denial closes.', () => {
  expect(foundIn(wideEgress, internet(', ports: [{ port: 53 }, { port: 53, protocol: UDP }]'))).toEqual([]);
  expect(foundIn(wideEgress, policy({ egress: '[{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]' }))).toEqual([]);
  expect(foundIn(wideEgress, cilium({ egress: '[{ toFQDNs: [{ matchName: huggingface.co }] }]' }))).toEqual([]);
  const denied = `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: no-internet, namespace: models }
spec:
  endpointSelector: {}
  egressDeny: [{ toEntities: [world] }]
`;
  const world = cilium({ egress: '[{ toEntities: [world] }]' });
  expect(foundIn(wideEgress, deployment({}) + world + denied)).toEqual([]);
});

test('A policy that Calico only tries out opens nothing.', () => {
  const staged = `
apiVersion: projectcalico.org/v3
kind: StagedNetworkPolicy
metadata: { name: all, namespace: models }
spec: { types: [Egress], egress: [{ action: Allow }] }
`;
  expect(foundIn(wideEgress, staged)).toEqual([]);
});
