import { danglingPeer as check } from '../../lib/checks/dangling-peer';
import { app, found, foundAt, homeless, named, namespace, pod, policy } from './manifests';

const from = (...peers: object[]) =>
  policy('models', 'p', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: peers }] });
const vllm = pod('models', 'vllm');

it('is a note where nothing of the namespace is here, once for all peers there', () => {
  const peers = ['a', 'b'].map((name) => ({ namespaceSelector: named('monitoring'), podSelector: app(name) }));
  expect(found(check, vllm, from(...peers))).toMatchObject([
    {
      level: 'note',
      what: 'these manifests have nothing of namespace monitoring, so whether the peer matches is not known',
    },
  ]);
});

it('says nothing where pods are kept apart from policies, of system namespaces, and of one that is declared and empty', () => {
  expect(found(check, from({ namespaceSelector: named('monitoring') }))).toEqual([]);
  expect(found(check, vllm, from({ namespaceSelector: named('kube-system'), podSelector: app('dns') }))).toEqual([]);
  expect(found(check, vllm, namespace('monitoring'), from({ namespaceSelector: named('monitoring') }))).toEqual([]);
});

it('warns of labels that no pod of a namespace has, and names who is meant', () => {
  expect(found(check, vllm, pod('models', 'gateway'), from({ podSelector: app('gatewey') }))).toMatchObject([
    { level: 'warning', what: 'no pod of namespace models has {app=gatewey}; Pod models/gateway has {app=gateway}' },
  ]);
});

it('is a note for a label that clients are given', () => {
  expect(foundAt(check, vllm, from({ podSelector: { matchLabels: { 'vllm-client': 'true' } } }))).toEqual([
    'note NetworkPolicy models/p',
  ]);
});

it('leaves pods on the host network to their own rule, and a slip in the name of the namespace to its', () => {
  expect(
    found(check, vllm, pod('models', 'exporter', {}, { hostNetwork: true }), from({ podSelector: app('exporter') })),
  ).toEqual([]);
  expect(found(check, vllm, pod('gateway', 'a'), from({ namespaceSelector: named('gatewey') }))).toEqual([]);
});

it('finds a selector that excludes itself', () => {
  const never = {
    matchExpressions: [
      { key: 'app', operator: 'Exists' },
      { key: 'app', operator: 'DoesNotExist' },
    ],
  };
  expect(found(check, vllm, from({ podSelector: never }))).toMatchObject([
    { what: 'the selector asks for what excludes itself, so that no pod can have it' },
  ]);
});

it('says nothing where a workload with the labels says no namespace, as charts leave it out', () => {
  const peer = { podSelector: app('gateway') };
  expect(found(check, vllm, from(peer))).toHaveLength(1);
  expect(found(check, vllm, homeless('gateway'), from(peer))).toEqual([]);
});

it('names the pod of another namespace that was probably meant, and how to say so', () => {
  expect(found(check, vllm, pod('gateway', 'gateway'), from({ podSelector: app('gateway') }))).toMatchObject([
    {
      level: 'warning',
      what: 'no pod of namespace models has {app=gateway}; Pod gateway/gateway has, and the rule is about pods of its own namespace',
      fix: 'Add namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway } } beside the podSelector.',
    },
  ]);
});
