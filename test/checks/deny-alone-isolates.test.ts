import { denyAloneIsolates as check } from '../../lib/checks/deny-alone-isolates';
import { denyAll, found, foundAt, pod } from './manifests';

const cilium = (name: string, spec: object, namespace?: string) => ({
  apiVersion: 'cilium.io/v2',
  kind: namespace === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
  metadata: { name, ...(namespace && { namespace }) },
  spec: { endpointSelector: {}, ...spec },
});
const calico = (name: string, spec: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name },
  spec,
});
const metadata = [{ toCIDR: ['169.254.169.254/32'] }];
const agent = pod('agents', 'agent');
const vllm = pod('models', 'vllm');

describe('Cilium', () => {
  it('names who is cut off, and what to write for the direction', () => {
    expect(found(check, agent, vllm, cilium('no-metadata', { egressDeny: metadata }))).toMatchObject([
      {
        rule: 'deny-alone-isolates',
        level: 'warning',
        place: { object: 'CiliumClusterwideNetworkPolicy no-metadata', field: 'spec.egressDeny' },
        what: 'it says what is denied and isolates Pod agents/agent and Pod models/vllm, and no policy lets them any egress: nothing passes',
        fix: 'Write enableDefaultDeny: { egress: false } beside egressDeny, or allow what is needed in a policy for the same pods.',
      },
    ]);
  });

  it('is about those alone of whom nothing else is said in that direction', () => {
    const allowed = cilium('vllm', { egress: [{ toEndpoints: [{}] }] }, 'models');
    const [one] = found(check, agent, vllm, cilium('no-metadata', { egressDeny: metadata }), allowed);
    expect(one.what).toContain('isolates Pod agents/agent, and');
    const ingress = cilium('vllm', { ingress: [{ fromEndpoints: [{}] }] }, 'models');
    expect(found(check, vllm, cilium('no-metadata', { egressDeny: metadata }), ingress)).toHaveLength(1);
  });

  it.each([
    ['the default deny is switched off', { egressDeny: metadata, enableDefaultDeny: { egress: false } }],
    ['it allows something as well', { egressDeny: metadata, egress: [{ toEntities: ['cluster'] }] }],
    ['it denies everything, and means it', { egressDeny: [{ toEntities: ['all'] }] }],
    ['it denies every port', { egressDeny: [{ toPorts: [{ ports: [{ port: '0', protocol: 'ANY' }] }] }] }],
    ['the default deny is written down', { egress: [{}], egressDeny: metadata }],
  ])('finds nothing where %s', (_, spec) => {
    expect(foundAt(check, agent, cilium('policy', spec))).toEqual([]);
  });

  it('finds nothing where another policy closes the same pods on purpose', () => {
    expect(foundAt(check, agent, denyAll('agents'), cilium('no-metadata', { egressDeny: metadata }))).toEqual([]);
  });

  it('finds nothing in a policy that is called a quarantine', () => {
    expect(foundAt(check, agent, cilium('quarantine-agents', { egressDeny: metadata }))).toEqual([]);
  });

  it('is a note where the manifests show no workload, as of guardrails in a repository of their own', () => {
    expect(foundAt(check, cilium('no-metadata', { egressDeny: metadata }))).toEqual([
      'note CiliumClusterwideNetworkPolicy no-metadata',
    ]);
    const allowed = cilium('agents', { egress: [{ toEndpoints: [{}] }] }, 'agents');
    expect(foundAt(check, cilium('no-metadata', { egressDeny: metadata }), allowed)).toEqual([]);
  });
});

describe('Calico', () => {
  const deny = { types: ['Egress'], egress: [{ action: 'Deny', destination: { nets: ['169.254.169.254/32'] } }] };

  it('finds the same, and advises a tier that passes on', () => {
    expect(found(check, agent, calico('no-metadata', deny))).toMatchObject([
      { place: { field: 'spec.egress' }, fix: expect.stringContaining('defaultAction: Pass') },
    ]);
  });

  it('takes no rule of a later tier for one that lets through what this tier denies', () => {
    const tier = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'Tier',
      metadata: { name: 'guard' },
      spec: { order: 100 },
    };
    const allow = calico('open', { types: ['Egress'], egress: [{ action: 'Allow' }] });
    expect(foundAt(check, agent, tier, calico('guard.no-metadata', { tier: 'guard', ...deny }), allow)).toHaveLength(1);
    expect(foundAt(check, agent, calico('no-metadata', deny), allow)).toEqual([]);
  });

  it('finds nothing in a tier that passes on what it does not decide', () => {
    const tier = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'Tier',
      metadata: { name: 'platform' },
      spec: { order: 100, defaultAction: 'Pass' },
    };
    expect(foundAt(check, agent, tier, calico('platform.no-metadata', { tier: 'platform', ...deny }))).toEqual([]);
  });
});

it('finds nothing on Antrea, where nobody is isolated by being selected', () => {
  const antrea = {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'no-metadata' },
    spec: {
      priority: 5,
      appliedTo: [{ namespaceSelector: {} }],
      egress: [{ name: 'metadata', action: 'Drop', to: [{ ipBlock: { cidr: '169.254.169.254/32' } }] }],
    },
  };
  expect(foundAt(check, agent, antrea)).toEqual([]);
});
