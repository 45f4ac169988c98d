import { pathText } from '../../lib/kinds/field';
import { clusterNetworkPolicyReader } from '../../lib/kinds/policy.networking.k8s.io';
import { policyReaderOf } from '../../lib/kinds/readers';
import { hostText } from '../../lib/model/host-pattern';
import { ipsText } from '../../lib/model/ip-set';
import type { Rule, RulePeer } from '../../lib/model/layer';
import { podSetText } from '../../lib/model/pod-set';
import { portsText } from '../../lib/model/port-set';
import { clusterPolicy, invalidCases } from '../judges/cluster-network-policy/invalid';

type Json = Readonly<Record<string, unknown>>;

describe('a ClusterNetworkPolicy that is in order', () => {
  it('is found by its group and kind', () => {
    expect(policyReaderOf('policy.networking.k8s.io', 'ClusterNetworkPolicy')).toBe(clusterNetworkPolicyReader);
  });

  it('is read of v1beta1 as of v1alpha2, which have one schema', () => {
    const spec = { ingress: [{ action: 'Accept', from: [{ namespaces: {} }] }] };
    const stored = clusterPolicy(spec, { apiVersion: 'policy.networking.k8s.io/v1beta1' });
    expect(clusterNetworkPolicyReader.read(stored)).toEqual(clusterNetworkPolicyReader.read(clusterPolicy(spec)));
    expect(clusterNetworkPolicyReader.read(stored).problems).toEqual([]);
  });

  it('may reach some of the nodes, in a rule apart from the peers that are known', () => {
    const peers = [{ nodes: { matchLabels: { pool: 'gpu' } } }, { networks: ['192.0.2.0/24'] }];
    const rules = rulesOf({
      egress: [
        { action: 'Accept', to: peers },
        { action: 'Deny', to: peers.slice(1) },
      ],
    });
    expect(rules.map(({ index, peers: ends, isUncertain }) => [index, ends.map(peerText), isUncertain])).toEqual([
      [0, ['192.0.2.0/24'], undefined],
      [0, ['nodes'], true],
      [1, ['192.0.2.0/24'], undefined],
    ]);
  });

  it('has its place by tier and priority, and isolates nobody', () => {
    const { kind, rank, isolations, policy } = read({ tier: 'Baseline', priority: 0, ingress: [] });
    expect(kind).toBe('policy.networking.k8s.io/ClusterNetworkPolicy');
    expect(rank).toEqual({ layer: 'Baseline', order: 0 });
    expect(isolations).toEqual([]);
    expect(policy).toEqual({ kind: 'ClusterNetworkPolicy', name: 'policy' });
  });

  it.each<[string, Json, string]>([
    ['all namespaces', { namespaces: {} }, '{*}/{*}'],
    ['namespaces by label', { namespaces: { matchLabels: { team: 'red' } } }, '{team=red}/{*}'],
    ['pods of every namespace', { pods: { podSelector: { matchLabels: { app: 'web' } } } }, '{*}/{app=web}'],
    [
      'pods of some namespaces',
      { pods: { namespaceSelector: { matchLabels: { team: 'red' } }, podSelector: {} } },
      '{team=red}/{*}',
    ],
    ['networks', { networks: ['10.0.0.0/8', '2001:db8::/32'] }, '10.0.0.0/8, 2001:db8::/32'],
    ['domain names', { domainNames: ['API.example.com.', '*.example.org'] }, 'api.example.com, **.example.org'],
    ['every node', { nodes: {} }, 'nodes'],
  ])('reaches %s', (_, peer, text) => {
    const [rule] = rulesOf({ egress: [{ action: 'Accept', to: [peer] }] });
    expect(rule?.peers.map(peerText)).toEqual([text]);
  });

  it.each<[string, Json | undefined, string]>([
    ['all traffic without protocols', undefined, '*'],
    ['a number', { udp: { destinationPort: { number: 53 } } }, 'UDP/53'],
    ['a range', { sctp: { destinationPort: { range: { start: 80, end: 90 } } } }, 'SCTP/80-90'],
    ['all of TCP', { tcp: { destinationPort: { range: { start: 1, end: 65535 } } } }, 'TCP/*'],
    ['a name of any protocol', { destinationNamedPort: 'dns' }, 'TCP/dns UDP/dns SCTP/dns'],
  ])('is about %s', (_, protocol, text) => {
    const protocols = protocol === undefined ? {} : { protocols: [protocol] };
    const [rule] = rulesOf({ ingress: [{ action: 'Deny', from: [{ namespaces: {} }], ...protocols }] });
    expect(portsText((rule as Rule).ports)).toBe(text);
  });

  it('keeps the order of its rules, and what each does', () => {
    const peers = [{ namespaces: {} }];
    const rules = rulesOf({
      ingress: ['Accept', 'Deny', 'Pass'].map((action) => ({ action, from: peers, name: action })),
      egress: [{ action: 'Pass', to: peers }],
    });
    expect(rules.map(({ direction, index, action }) => `${direction}[${index}] ${action}`)).toEqual([
      'ingress[0] allow',
      'ingress[1] deny',
      'ingress[2] pass',
      'egress[0] pass',
    ]);
  });

  it('may come from a cluster, with its status', () => {
    const object = clusterPolicy({ ingress: null }, { status: { conditions: [] } });
    expect(clusterNetworkPolicyReader.read(object).problems).toEqual([]);
  });
});

describe('a ClusterNetworkPolicy that the API server refuses, or that has no meaning', () => {
  it.each(invalidCases.map((one) => [one.what, one] as const))('is reported: %s', (_, { object, path }) => {
    const { problems, rules } = clusterNetworkPolicyReader.read(object, { source: 'file.yaml' });
    expect(problems.map((problem) => pathText(problem.path))).toContain(path);
    expect(problems[0]?.where).toContain('file.yaml: ClusterNetworkPolicy policy');
    expect(rules).toEqual([]);
  });

  it('is reported in a namespace, or of another version', () => {
    const object = clusterPolicy({}, { apiVersion: 'policy.networking.k8s.io/v1alpha1' });
    const placed = clusterPolicy({}, { metadata: { name: 'policy', namespace: 'shop' } });
    const paths = [object, placed].map((it) =>
      clusterNetworkPolicyReader.read(it).problems.map(({ path }) => pathText(path)),
    );
    expect(paths).toEqual([['apiVersion'], ['metadata.namespace']]);
  });

  it('is not reported for what differs by nothing but the mistake', () => {
    expect(read({ ingress: [{ action: 'Accept', from: [{ namespaces: {} }] }] }).problems).toEqual([]);
    expect(read({ egress: [{ action: 'Accept', to: [{ networks: ['192.0.2.0/24'] }] }] }).problems).toEqual([]);
  });
});

function read(spec: Json) {
  return clusterNetworkPolicyReader.read(clusterPolicy(spec));
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
