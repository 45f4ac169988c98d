import { danglingPeer } from '../../lib/checks/dangling-peer';
import { twoPeersForOne as check } from '../../lib/checks/two-peers-for-one';
import { app, found, named, pod, policy } from './manifests';

const from = (...peers: object[]) =>
  policy('models', 'vllm', { podSelector: app('vllm'), policyTypes: ['Ingress'], ingress: [{ from: peers }] });
const gateway = { namespaceSelector: named('gateway') };

it('says nothing where both items have somebody, which is an OR that was meant', () => {
  const pods = [pod('gateway', 'gateway'), pod('models', 'gateway'), pod('models', 'vllm')];
  expect(found(check, ...pods, from(gateway, { podSelector: app('gateway') }))).toEqual([]);
  expect(found(check, ...pods, from({ podSelector: app('vllm') }, gateway))).toEqual([]);
});

it('says nothing where it cannot know: no pod of the own namespace is here, or none of the other has the labels', () => {
  expect(found(check, pod('gateway', 'gateway'), from(gateway, { podSelector: app('gateway') }))).toEqual([]);
  expect(found(check, pod('models', 'vllm'), from(gateway, { podSelector: app('gateway') }))).toEqual([]);
});

it('finds it whatever is there where the first item has the own namespace too', () => {
  expect(
    found(check, from({ namespaceSelector: {} }, { podSelector: app('gateway') })).map(({ what }) => what),
  ).toEqual([
    'the podSelector {app=gateway} is an item of its own beside a namespaceSelector that has every pod of namespace models already, so that it narrows nothing',
  ]);
});

it('is not told again as a peer that matches nothing', () => {
  const objects = [pod('gateway', 'gateway'), pod('models', 'vllm'), from(gateway, { podSelector: app('gateway') })];
  expect(found(check, ...objects)).toHaveLength(1);
  expect(found(danglingPeer, ...objects)).toEqual([]);
});
