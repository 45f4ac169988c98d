import { denyIsolates } from '../../lib/checks/deny-isolates';
import { foundIn } from './found';
import { deployment, policy } from './policies';

const cilium = (spec: string, name = 'no-metadata') => `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: ${name}, namespace: models }
spec: { ${spec} }
`;
const METADATA = 'egressDeny: [{ toCIDR: [169.254.169.254/32] }]';
const calico = (spec: string, name = 'no-metadata') => `
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: ${name} }
spec: { ${spec} }
`;
const DENY = 'egress: [{ action: Deny, destination: { nets: [169.254.169.254/32] } }]';

test('A denial of Cilium that isolates everybody is found, with whom it isolates.', () => {
  expect(foundIn(denyIsolates, cilium(`endpointSelector: {}, ${METADATA}`) + deployment({}))).toMatchObject([
    {
      level: 'warning',
      what: 'the policy has denials of egress alone, and isolates Deployment models/vllm: what no policy allows them in this direction is denied as well',
      fix: 'Write enableDefaultDeny: { egress: false } beside the rules.',
      place: { field: 'spec.egressDeny[0]' },
    },
  ]);
});

test('Without workloads it is found as well.', () => {
  expect(foundIn(denyIsolates, cilium(`endpointSelector: {}, ${METADATA}`))).toMatchObject([
    { what: expect.stringContaining('isolates every pod that it selects') },
  ]);
});

test('It is silent where the policy isolates nobody, or has rules that allow.', () => {
  const off = 'enableDefaultDeny: { egress: false }';
  expect(foundIn(denyIsolates, cilium(`endpointSelector: {}, ${off}, ${METADATA}`))).toEqual([]);
  const all = 'egress: [{ toEntities: [all] }]';
  expect(foundIn(denyIsolates, cilium(`endpointSelector: {}, ${all}, ${METADATA}`))).toEqual([]);
});

test('It is silent where everything is denied by intent: by the rule, or by the name.', () => {
  expect(foundIn(denyIsolates, cilium('endpointSelector: {}, egressDeny: [{ toEntities: [all] }]'))).toEqual([]);
  expect(foundIn(denyIsolates, cilium(`endpointSelector: {}, ${METADATA}`, 'default-deny'))).toEqual([]);
});

test('It is silent where another policy isolates the same pods anyway, and not where that is a denial too.', () => {
  const denial = cilium(`endpointSelector: { matchLabels: { app: vllm } }, ${METADATA}`);
  expect(foundIn(denyIsolates, denial + policy({ pods: '', egress: '[]' }))).toEqual([]);
  expect(foundIn(denyIsolates, denial + policy({ pods: '', ingress: '[]' }))).toHaveLength(1);
  const other = cilium('endpointSelector: {}, egressDeny: [{ toCIDR: [10.0.0.1/32] }]', 'other');
  expect(foundIn(denyIsolates, denial + other)).toHaveLength(2);
});

test('Of several workloads only those are named that nothing else isolates.', () => {
  const worlds = cilium(`endpointSelector: {}, ${METADATA}`) + deployment({}) + deployment({ name: 'agent' });
  expect(foundIn(denyIsolates, worlds + policy({ egress: '[]' }))).toMatchObject([
    { what: expect.stringContaining('isolates Deployment models/agent:') },
  ]);
  expect(
    foundIn(
      denyIsolates,
      worlds + policy({ egress: '[]' }) + policy({ name: 'agent', pods: 'app: agent', egress: '[]' }),
    ),
  ).toEqual([]);
});

test('A policy of Calico with denials alone is found, and one with a rule for the rest is not.', () => {
  expect(foundIn(denyIsolates, calico(`selector: all(), types: [Egress], ${DENY}`))).toMatchObject([
    { fix: expect.stringContaining('defaultAction: Pass'), place: { field: 'spec.egress[0]' } },
  ]);
  for (const action of ['Allow', 'Pass', 'Deny'])
    expect(
      foundIn(denyIsolates, calico(`selector: all(), types: [Egress], ${DENY.slice(0, -1)}, { action: ${action} }]`)),
    ).toEqual([]);
});

test('In a tier of Calico that passes on, nobody is isolated; in one that denies, other tiers do not count.', () => {
  const tier = (action: string) => `
---
apiVersion: projectcalico.org/v3
kind: Tier
metadata: { name: guard }
spec: { order: 10, defaultAction: ${action} }
`;
  const denial = calico(`tier: guard, selector: all(), types: [Egress], ${DENY}`, 'guard.no-metadata');
  const allowing = calico('selector: all(), types: [Egress], egress: [{ action: Allow }]', 'rest');
  expect(foundIn(denyIsolates, tier('Pass') + denial)).toEqual([]);
  expect(foundIn(denyIsolates, tier('Deny') + denial + allowing)).toHaveLength(1);
});

test('Antrea isolates nobody by a denial.', () => {
  const antrea = `
apiVersion: crd.antrea.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: no-metadata }
spec: { priority: 5, appliedTo: [{ namespaceSelector: {} }], egress: [{ name: m, action: Drop, to: [{ ipBlock: { cidr: 169.254.169.254/32 } }] }] }
`;
  expect(foundIn(denyIsolates, antrea)).toEqual([]);
});
