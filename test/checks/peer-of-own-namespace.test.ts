import { danglingPeer } from '../../lib/checks/dangling-peer';
import { foundIn } from './found';
import { cilium, deployment } from './policies';

const vllm = deployment({});
const gateway = deployment({ name: 'gateway', namespace: 'edge' });
const FROM = '[{ fromEndpoints: [{ matchLabels: { app: gateway } }] }]';

const calico = (source: string) => `
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { selector: app == 'vllm', types: [Ingress], ingress: [{ action: Allow, source: { ${source} } }] }
`;
const antrea = (peer: string) => `
---
apiVersion: crd.antrea.io/v1beta1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  priority: 5
  appliedTo: [{ podSelector: { matchLabels: { app: vllm } } }]
  ingress: [{ name: gateway, action: Allow, from: [{ ${peer} }] }, { name: rest, action: Drop }]
`;

test('A peer without a namespace, whose pods are in another, is found with whom it means and what to write.', () => {
  expect(foundIn(danglingPeer, cilium({ ingress: FROM }) + vllm + gateway)).toMatchObject([
    {
      level: 'warning',
      what: "without a namespace the peer is of the policy's own, and no pod of namespace models has {app=gateway}; Deployment edge/gateway of namespace edge has",
      fix: 'Add k8s:io.kubernetes.pod.namespace: edge to the labels of the peer.',
      place: { field: 'spec.ingress[0]' },
    },
  ]);
  expect(foundIn(danglingPeer, calico("selector: app == 'gateway'") + vllm + gateway)).toMatchObject([
    { fix: "Write namespaceSelector: projectcalico.org/name == 'edge' beside the selector." },
  ]);
  expect(
    foundIn(danglingPeer, antrea('podSelector: { matchLabels: { app: gateway } }') + vllm + gateway),
  ).toMatchObject([
    { fix: 'Write namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: edge } } beside the podSelector.' },
  ]);
});

test('With its namespace it is not.', () => {
  const labels = '{ app: gateway, "k8s:io.kubernetes.pod.namespace": edge }';
  const named = cilium({ ingress: `[{ fromEndpoints: [{ matchLabels: ${labels} }] }]` });
  expect(foundIn(danglingPeer, named + vllm + gateway)).toEqual([]);
  const of = "selector: app == 'gateway', namespaceSelector: projectcalico.org/name == 'edge'";
  expect(foundIn(danglingPeer, calico(of) + vllm + gateway)).toEqual([]);
});

test('It is silent where pods of its own namespace have the labels, or none of them is seen.', () => {
  expect(foundIn(danglingPeer, cilium({ ingress: FROM }) + vllm + gateway + deployment({ name: 'gateway' }))).toEqual(
    [],
  );
  expect(foundIn(danglingPeer, cilium({ ingress: FROM }) + gateway)).toEqual([]);
  expect(foundIn(danglingPeer, cilium({ ingress: FROM }) + vllm)).toEqual([]);
});

test('Pods of several namespaces are named, and the fix is left open.', () => {
  const several = vllm + gateway + deployment({ name: 'gateway', namespace: 'lab' });
  expect(foundIn(danglingPeer, cilium({ ingress: FROM }) + several)).toMatchObject([
    {
      what: expect.stringContaining(
        'Deployment edge/gateway and Deployment lab/gateway of namespace edge and lab have',
      ),
      fix: expect.stringContaining('or take the peer out'),
    },
  ]);
});

test('A slip in a label of the own namespace is found as in a NetworkPolicy.', () => {
  expect(
    foundIn(danglingPeer, cilium({ ingress: FROM }) + vllm + deployment({ name: 'gatewey', labels: 'app: gatewey' })),
  ).toMatchObject([
    { what: 'no pod of namespace models has {app=gateway}; Deployment models/gatewey has {app=gatewey}' },
  ]);
});

test('A selector of Calico that a set of addresses has too is about these.', () => {
  const set = `
---
apiVersion: projectcalico.org/v3
kind: NetworkSet
metadata: { name: gateways, namespace: models, labels: { app: gateway } }
spec: { nets: [192.0.2.0/24] }
`;
  expect(foundIn(danglingPeer, calico("selector: app == 'gateway'") + set + vllm + gateway)).toEqual([]);
});

test('A denial, and a trial, let nobody through anyway.', () => {
  const denial = calico("selector: app == 'gateway'").replace('Allow', 'Deny');
  expect(foundIn(danglingPeer, denial + vllm + gateway)).toEqual([]);
  const trial = calico("selector: app == 'gateway'").replace('kind: ', 'kind: Staged');
  expect(foundIn(danglingPeer, trial + vllm + gateway)).toEqual([]);
});
