import { type End, mayConnect } from './evaluator';
import type { AdminPeer, AdminPolicy, AdminPort, AdminRule, Pod, World } from './world';

// The traps of AdminNetworkPolicy, each by itself: what judges the readers has to know them.

const server = pod('shop', 'server', '10.0.0.1');
const client = pod('shop', 'client', '10.0.0.2');
const onNode = { ...pod('shop', 'agent', '192.0.2.10'), hostNetwork: true };
const everyPod: AdminPeer = { namespaces: {} };

describe('the order', () => {
  it('is by priority, then by rule, and the first that matches decides', () => {
    const allow = policy('z', 1, [rule('Allow')]);
    const deny = policy('a', 2, [rule('Deny')]);
    expect(reaches({ adminPolicies: [deny, allow] })).toBe(true);
    expect(reaches({ adminPolicies: [deny, policy('z', 3, [rule('Allow')])] })).toBe(false);
    expect(reaches({ adminPolicies: [policy('a', 1, [rule('Deny'), rule('Allow')])] })).toBe(false);
  });

  it('goes past all other AdminNetworkPolicies on Pass, on to NetworkPolicy and then the baseline', () => {
    const adminPolicies = [policy('a', 1, [rule('Pass')]), policy('b', 2, [rule('Deny')])];
    expect(reaches({ adminPolicies })).toBe(true);
    expect(reaches({ adminPolicies, baselinePolicies: [policy('default', 0, [rule('Deny')])] })).toBe(false);
    const closed = { metadata: { name: 'closed', namespace: 'shop' }, spec: { podSelector: {} } };
    expect(reaches({ adminPolicies, policies: [closed] })).toBe(false);
  });

  it('asks the baseline only about pods that no NetworkPolicy selects in that direction', () => {
    const open = { metadata: { name: 'open', namespace: 'shop' }, spec: { podSelector: {}, ingress: [{}] } };
    const ingress = policy('default', 0, [rule('Deny')]);
    const egress = { ...ingress, spec: { subject: everyPod, egress: [{ action: 'Deny' as const, to: [everyPod] }] } };
    expect(reaches({ policies: [open], baselinePolicies: [ingress] })).toBe(true);
    expect(reaches({ policies: [open], baselinePolicies: [egress] })).toBe(false);
  });
});

describe('a peer', () => {
  it('of pods, and a subject, has no pods on the host network', () => {
    const adminPolicies = [policy('a', 1, [rule('Deny')])];
    expect(reaches({ adminPolicies }, client, server)).toBe(false);
    expect(reaches({ adminPolicies }, onNode, server)).toBe(true);
    expect(reaches({ adminPolicies }, client, onNode)).toBe(true);
  });

  it('of networks has pods by their addresses', () => {
    expect(reaches({ adminPolicies: [to({ networks: ['10.0.0.0/8'] })] })).toBe(false);
    expect(reaches({ adminPolicies: [to({ networks: ['10.0.0.2/32'] })] })).toBe(true);
  });

  it('of nodes has addresses of nodes, and not the pods on them', () => {
    const nodes = [{ labels: { pool: 'gpu' }, addresses: ['192.0.2.10'] }];
    const adminPolicies = [to({ nodes: { matchLabels: { pool: 'gpu' } } })];
    expect(reaches({ adminPolicies, nodes }, client, server)).toBe(true);
    expect(reaches({ adminPolicies, nodes }, client, { ip: '192.0.2.10' })).toBe(false);
    expect(reaches({ adminPolicies, nodes }, client, onNode)).toBe(false);
    expect(reaches({ adminPolicies, nodes }, client, { ip: '192.0.2.11' })).toBe(true);
  });

  it('of names has one label or more before the name, and not the name alone', () => {
    const names = { ...to({}), spec: { subject: everyPod, egress: [allowNames, denyAll] } };
    const domains = { 'a.b.example.com': ['192.0.2.1'], 'example.com': ['192.0.2.2'] };
    const asked = (ip: string) => reaches({ adminPolicies: [names], domains }, client, { ip });
    expect([asked('192.0.2.1'), asked('192.0.2.2')]).toEqual([true, false]);
  });

  it('of which nothing is known fails closed: it allows nothing, and a Deny or a Pass denies everything', () => {
    const unknown = (action: AdminRule['action']) => policy('a', 1, [{ action, from: [{}] }]);
    const open = policy('b', 2, [rule('Allow')]);
    expect(reaches({ adminPolicies: [unknown('Allow'), policy('b', 2, [rule('Deny')])] })).toBe(false);
    expect(reaches({ adminPolicies: [unknown('Deny'), open] })).toBe(false);
    expect(reaches({ adminPolicies: [unknown('Pass'), open] })).toBe(false);
  });

  it('of the form of 0.1.2 is not guessed at', () => {
    const old = { namespaces: { namespaceSelector: {} } } as unknown as AdminPeer;
    expect(() => reaches({ adminPolicies: [policy('a', 1, [{ action: 'Deny', from: [old] }])] })).toThrow(
      'a selector has no namespaceSelector',
    );
  });
});

describe('a port', () => {
  it('is of TCP unless it says otherwise', () => {
    expect(denies({ portNumber: { port: 80 } })).toBe(true);
    expect(denies({ portNumber: { protocol: 'UDP', port: 80 } })).toBe(false);
    expect(denies({ portRange: { start: 79, end: 80 } })).toBe(true);
    expect(denies({ portRange: { start: 81, end: 90 } })).toBe(false);
  });

  it('by name is the one port that the destination calls so, with its protocol', () => {
    expect(denies({ namedPort: 'http' })).toBe(true);
    expect(denies({ namedPort: 'dns' })).toBe(false);
  });

  function denies(port: AdminPort): boolean {
    return !reaches({ adminPolicies: [policy('a', 1, [{ ...rule('Deny'), ports: [port] }])] });
  }
});

const allowNames: AdminRule = { action: 'Allow', to: [{ domainNames: ['*.example.com'] }] };
const denyAll: AdminRule = { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] };

function rule(action: AdminRule['action']): AdminRule {
  return { action, from: [everyPod] };
}

function policy(name: string, priority: number, ingress: AdminRule[]): AdminPolicy {
  return { metadata: { name }, spec: { priority, subject: everyPod, ingress } };
}

function to(peer: AdminPeer): AdminPolicy {
  return {
    metadata: { name: 'a' },
    spec: { priority: 1, subject: everyPod, egress: [{ action: 'Deny', to: [peer] }] },
  };
}

function pod(namespace: string, name: string, ip: string): Pod {
  const ports = [
    { name: 'http', protocol: 'TCP', number: 80 },
    { name: 'dns', protocol: 'UDP', number: 80 },
  ] as const;
  return { namespace, name, labels: { app: name }, ips: [ip], ports };
}

function reaches(more: Partial<World>, from: End = client, end: End = server): boolean {
  const world = { namespaces: [], pods: [server, client, onNode], policies: [], ...more };
  return mayConnect(world, from, end, 'TCP', 80);
}
