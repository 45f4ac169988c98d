import { danglingPeer as check } from '../../lib/checks/dangling-peer';
import { foundIn } from './found';
import { app, found, foundAt, pod } from './manifests';

const vllm = pod('models', 'vllm');
const gateway = pod('gateway', 'gateway');

const cilium = (labels: object) => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'vllm', namespace: 'models' },
  spec: { endpointSelector: app('vllm'), ingress: [{ fromEndpoints: [{ matchLabels: labels }] }] },
});
const calico = (source: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name: 'vllm', namespace: 'models' },
  spec: { selector: "app == 'vllm'", types: ['Ingress'], ingress: [{ action: 'Allow', source }] },
});

describe('a peer that is meant to be in another namespace', () => {
  it('is told with the pod that has the labels, and how Cilium names a namespace', () => {
    expect(found(check, vllm, gateway, cilium({ app: 'gateway' }))).toMatchObject([
      {
        level: 'warning',
        what: 'no pod of namespace models has {app=gateway}; Pod gateway/gateway has, and the rule is about pods of its own namespace',
        fix: 'Add the namespace to its labels: matchLabels: { k8s:io.kubernetes.pod.namespace: gateway, … }.',
      },
    ]);
    expect(
      foundAt(check, vllm, gateway, cilium({ app: 'gateway', 'k8s:io.kubernetes.pod.namespace': 'gateway' })),
    ).toEqual([]);
  });

  it('is told with how Calico names one', () => {
    expect(found(check, vllm, gateway, calico({ selector: "app == 'gateway'" }))).toMatchObject([
      { level: 'warning', fix: "Add namespaceSelector: projectcalico.org/name == 'gateway' beside the selector." },
    ]);
    const named = calico({ selector: "app == 'gateway'", namespaceSelector: "projectcalico.org/name == 'gateway'" });
    expect(foundAt(check, vllm, gateway, named)).toEqual([]);
  });
});

it('shows the labels of a pod that is one slip away', () => {
  expect(found(check, vllm, pod('models', 'gateway'), cilium({ app: 'gatway' }))).toMatchObject([
    { level: 'warning', what: 'no pod of namespace models has {app=gatway}; Pod models/gateway has {app=gateway}' },
  ]);
});

it('is a note where others may have the labels', () => {
  expect(found(check, vllm, cilium({ app: 'prometheus' }))).toMatchObject([
    { level: 'note', what: 'no pod of namespace models has {app=prometheus} in these manifests; others may' },
  ]);
});

it.each([
  ['labels that the engine gives pods', cilium({ 'io.cilium.k8s.policy.serviceaccount': 'gateway' })],
  ['every pod of the namespace', cilium({})],
  ['a namespace of which nothing is here', cilium({ app: 'x', 'k8s:io.kubernetes.pod.namespace': 'monitoring' })],
])('says nothing of %s', (_, policy) => {
  expect(foundAt(check, vllm, gateway, policy)).toEqual([]);
});

it('says nothing of what a set of networks may have', () => {
  const set = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkSet',
    metadata: { name: 'partners', labels: { role: 'partner' } },
    spec: { nets: ['192.0.2.0/24'] },
  };
  const policy = calico({ selector: "role == 'partner'", namespaceSelector: 'global()' });
  expect(foundAt(check, vllm, set, policy)).toEqual([]);
});

test('A denial of nobody denies nothing, and says so.', () => {
  const denial = `
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec: { selector: app == 'vllm', types: [Ingress], ingress: [{ action: Deny, source: { selector: app == 'gateway' } }] }
---
apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
---
apiVersion: v1
kind: Pod
metadata: { name: gateway, namespace: edge, labels: { app: gateway } }
spec: { containers: [{ name: gateway }] }
`;
  expect(foundIn(check, denial)).toMatchObject([
    { why: 'A denial of a peer that is nobody denies nothing, and who was meant gets through' },
  ]);
});
