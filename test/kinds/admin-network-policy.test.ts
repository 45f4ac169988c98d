import { pathText } from '../../lib/kinds/field';
import { adminNetworkPolicyReader, baselineAdminNetworkPolicyReader } from '../../lib/kinds/policy.networking.k8s.io';
import { policyReaderOf } from '../../lib/kinds/readers';
import { hostText } from '../../lib/model/host-pattern';
import { ipsText } from '../../lib/model/ip-set';
import type { Rule, RulePeer } from '../../lib/model/layer';
import { podSetText } from '../../lib/model/pod-set';
import { portsText } from '../../lib/model/port-set';
import { adminPolicy, baselinePolicy, invalidCases } from '../judges/admin-network-policy/invalid';

type Json = Readonly<Record<string, unknown>>;

describe('an AdminNetworkPolicy that is in order', () => {
  it('is found by its group and kind', () => {
    const group = 'policy.networking.k8s.io';
    expect(policyReaderOf(group, 'AdminNetworkPolicy')).toBe(adminNetworkPolicyReader);
    expect(policyReaderOf(group, 'BaselineAdminNetworkPolicy')).toBe(baselineAdminNetworkPolicyReader);
  });

  it('has its place by its priority, and isolates nobody, so that a direction without rules is not touched', () => {
    const { kind, rank, isolations, rules, policy } = read({ priority: 0, ingress: [] });
    expect(kind).toBe('policy.networking.k8s.io/AdminNetworkPolicy');
    expect(rank).toEqual({ layer: 'AdminNetworkPolicy', order: 0 });
    expect([isolations, rules]).toEqual([[], []]);
    expect(policy).toEqual({ kind: 'AdminNetworkPolicy', name: 'policy' });
  });

  it.each<[string, Json, string]>([
    ['all namespaces', { namespaces: {} }, '{*}/{*}'],
    ['namespaces by label', { namespaces: { matchLabels: { team: 'red' } } }, '{team=red}/{*}'],
    [
      'pods of some namespaces',
      { pods: { namespaceSelector: { matchLabels: { team: 'red' } }, podSelector: { matchLabels: { app: 'web' } } } },
      '{team=red}/{app=web}',
    ],
    ['networks', { networks: ['10.0.0.0/8', '2001:db8::/32'] }, '10.0.0.0/8, 2001:db8::/32'],
    ['domain names', { domainNames: ['API.example.com.', '*.example.org'] }, 'api.example.com, **.example.org'],
    ['every node', { nodes: {} }, 'nodes'],
  ])('reaches %s', (_, peer, text) => {
    const [rule] = rulesOf({ egress: [{ action: 'Allow', to: [peer] }] });
    expect(rule?.peers.map(peerText)).toEqual([text]);
  });

  it.each<[string, Json | undefined, string]>([
    ['all traffic without ports', undefined, '*'],
    ['a number, which is TCP unless it says otherwise', { portNumber: { port: 80 } }, 'TCP/80'],
    ['a number without a protocol, as YAML leaves it', { portNumber: { protocol: null, port: 80 } }, 'TCP/80'],
    ['a number of UDP', { portNumber: { protocol: 'UDP', port: 53 } }, 'UDP/53'],
    ['a range, which is TCP unless it says otherwise', { portRange: { start: 80, end: 90 } }, 'TCP/80-90'],
    ['a range of one port, which ClusterNetworkPolicy refuses', { portRange: { start: 80, end: 80 } }, 'TCP/80'],
    ['a name of any protocol', { namedPort: 'dns' }, 'TCP/dns UDP/dns SCTP/dns'],
  ])('is about %s', (_, port, text) => {
    const ports = port === undefined ? {} : { ports: [port] };
    const [rule] = rulesOf({ ingress: [{ action: 'Deny', from: [{ namespaces: {} }], ...ports }] });
    expect(portsText((rule as Rule).ports)).toBe(text);
  });

  it('keeps the order of its rules, and what each does', () => {
    const peers = [{ namespaces: {} }];
    const rules = rulesOf({
      ingress: ['Allow', 'Deny', 'Pass'].map((action) => ({ action, from: peers, name: action })),
      egress: [{ action: 'Pass', to: peers }],
    });
    expect(rules.map(({ direction, index, action }) => `${direction}[${index}] ${action}`)).toEqual([
      'ingress[0] allow',
      'ingress[1] deny',
      'ingress[2] pass',
      'egress[0] pass',
    ]);
  });

  it('may reach some of the nodes, in a rule apart from the peers that are known', () => {
    const peers = [{ nodes: { matchLabels: { pool: 'gpu' } } }, { namespaces: {} }];
    const rules = rulesOf({ egress: [{ action: 'Allow', to: peers }] });
    expect(rules.map((rule) => [rule.peers.map(peerText), rule.isUncertain])).toEqual([
      [['{*}/{*}'], undefined],
      [['nodes'], true],
    ]);
  });

  it('may come from a cluster, with its status', () => {
    expect(
      adminNetworkPolicyReader.read(adminPolicy({ ingress: null }, { status: { conditions: [] } })).problems,
    ).toEqual([]);
  });
});

describe('a BaselineAdminNetworkPolicy that is in order', () => {
  it('is the one of the cluster, and says nothing of priority', () => {
    const object = baselinePolicy({ egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }] });
    const { rank, rules, problems } = baselineAdminNetworkPolicyReader.read(object);
    expect(problems).toEqual([]);
    expect(rank?.layer).toBe('BaselineAdminNetworkPolicy');
    expect(rules.map(({ action, peers }) => [action, peers.map(peerText)])).toEqual([['deny', ['0.0.0.0/0']]]);
  });
});

describe('an AdminNetworkPolicy that the API server refuses, or that has no one meaning', () => {
  it.each(invalidCases.map((one) => [one.what, one] as const))('is reported: %s', (_, { object, path }) => {
    const reader = policyReaderOf('policy.networking.k8s.io', object.kind);
    const { problems = [], rules } = reader?.read(object, { source: 'file.yaml' }) ?? {};
    expect(problems.map((problem) => pathText(problem.path))).toContain(path);
    expect(problems[0]?.where).toContain(`file.yaml: ${object.kind} `);
    expect(rules).toEqual([]);
  });

  it('is reported of another version', () => {
    const object = adminPolicy({}, { apiVersion: 'policy.networking.k8s.io/v1alpha2' });
    expect(adminNetworkPolicyReader.read(object).problems.map(({ path }) => pathText(path))).toEqual(['apiVersion']);
  });
});

describe('trap: the forms of one apiVersion', () => {
  it('the namespaces of 0.1.0 to 0.1.2 are every namespace where the field is dropped: reported, with what to write', () => {
    const [problem, ...more] = wrong({ namespaces: { namespaceSelector: { matchLabels: { team: 'red' } } } });
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      rule: 'unread-policy',
      fix: 'If the cluster has 0.1.3 or later, write namespaces: {"matchLabels":{"team":"red"}}.',
    });
    expect(problem.what).toContain('every namespace is left');
  });

  it('the pods of 0.1.0 to 0.1.2 are refused where the field is dropped: reported, with what to write', () => {
    const old = { namespaces: { namespaceSelector: { matchLabels: { team: 'red' } } }, podSelector: {} };
    expect(wrong({ pods: old })).toMatchObject([
      {
        rule: 'unread-policy',
        fix: 'If the cluster has 0.1.3 or later, write namespaceSelector: {"matchLabels":{"team":"red"}}.',
      },
    ]);
  });

  it.each(['sameLabels', 'notSameLabels'])('%s cannot be written any more', (field) => {
    expect(wrong({ namespaces: { [field]: ['tenant'] } })).toMatchObject([
      { rule: 'unread-policy', value: field, fix: expect.stringContaining('cannot compare') },
    ]);
    expect(wrong({ pods: { namespaces: { [field]: ['tenant'] }, podSelector: {} } })).toMatchObject([{ value: field }]);
  });

  it('a peer that a change of the CRD left empty fails closed in engines, and is reported', () => {
    const [problem] = wrong({});
    expect(problem).toMatchObject({ rule: 'one-of' });
    expect(problem.what).toContain('a rule that allows matches nothing, and any other denies everything');
  });

  function wrong(peer: Json) {
    return read({ ingress: [{ action: 'Allow', from: [peer] }] }).problems;
  }
});

function read(spec: Json) {
  return adminNetworkPolicyReader.read(adminPolicy(spec));
}

function rulesOf(spec: Json): readonly Rule[] {
  const { rules, problems } = read(spec);
  expect(problems).toEqual([]);
  return rules;
}

function peerText(peer: RulePeer): string {
  switch (peer.kind) {
    case 'pods':
      return podSetText(peer.pods);
    case 'addresses':
      return ipsText(peer.addresses);
    case 'hosts':
      return peer.patterns.map(hostText).join(', ');
    case 'entity':
      return peer.entity;
    case 'anything':
      return 'anything';
  }
}
