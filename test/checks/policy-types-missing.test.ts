import { policyTypesMissing as check } from '../../lib/checks/policy-types-missing';
import { foundAt, policy } from './manifests';

const levels = (spec: object) =>
  foundAt(check, policy('a', 'p', { podSelector: {}, ...spec })).map((text) => text.split(' ')[0]);
const rules = [{ ports: [{ port: 80 }] }];

it('warns where the defaults are not what the rules say, and notes it where they are', () => {
  expect(levels({ ingress: rules })).toEqual(['note']);
  expect(levels({ ingress: rules, egress: rules })).toEqual(['note']);
  expect(levels({ egress: rules })).toEqual(['warning']);
  expect(levels({ ingress: rules, egress: [] })).toEqual(['warning']);
  expect(levels({ policyTypes: [], egress: rules })).toEqual(['warning']);
});

it('says nothing where they are written', () => {
  expect(levels({ policyTypes: ['Egress'], egress: rules })).toEqual([]);
});
