import { emptyPeerList as check } from '../../lib/checks/empty-peer-list';
import { found, policy } from './manifests';

const ingress = (rule: object) =>
  policy('models', 'vllm', { podSelector: {}, policyTypes: ['Ingress'], ingress: [rule] });

it('tells null from an empty list by its value, and finds both', () => {
  expect(found(check, ingress({ from: [] })).map(({ value }) => value)).toEqual(['[]']);
  expect(found(check, ingress({ from: null })).map(({ value }) => value)).toEqual(['null']);
});

it('says nothing where the list is left out, which people know to mean everybody', () => {
  expect(found(check, ingress({ ports: [{ port: 80 }] }), ingress({}))).toEqual([]);
  expect(found(check, policy('models', 'deny', { podSelector: {}, ingress: [], policyTypes: ['Ingress'] }))).toEqual(
    [],
  );
});
