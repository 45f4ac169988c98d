import { Beside } from '../../lib/kinds/beside';
import { pathText } from '../../lib/kinds/field';
import { hostText } from '../../lib/model/host-pattern';
import { ipsText } from '../../lib/model/ip-set';
import type { Rule, RulePeer } from '../../lib/model/layer';
import { podSetText } from '../../lib/model/pod-set';
import { portsText } from '../../lib/model/port-set';
import { requestText } from '../../lib/model/request-match';
import { clusterPolicy, type Json, policy, read, tier } from '../engines/antrea/antrea';

const everyPod = { podSelector: {} };
const web = { podSelector: { matchLabels: { app: 'web' } } };
const red = { namespaceSelector: { matchLabels: { team: 'red' } } };

const inNamespace = (spec: Json) => policy('shop', 'policy', { priority: 5, appliedTo: [everyPod], ...spec });
const inCluster = (spec: Json) => clusterPolicy('policy', { priority: 5, appliedTo: [everyPod], ...spec });
const ingress = (rule: Json) => inNamespace({ ingress: [{ action: 'Allow', ...rule }] });
const egress = (rule: Json) => inNamespace({ egress: [{ action: 'Allow', ...rule }] });
const fqdn = (name: string) => egress({ to: [{ fqdn: name }] });

describe('a policy of Antrea that is in order', () => {
  it.each<[string, Json, string]>([
    ['pods of its own namespace', web, 'shop/{app=web}'],
    ['pods of other namespaces', { ...web, ...red }, '{team=red}/{app=web}'],
    ['every pod of namespaces', red, '{team=red}/{*}'],
    [
      'a block with excepts',
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
      '10.0.0.0/8 except 10.1.0.0/16',
    ],
    ['every node', { nodeSelector: {} }, 'nodes'],
  ])('reaches %s', (_, peer, text) => {
    const [rule] = rulesOf(ingress({ from: [peer] }));
    expect(rule?.peers.map(peerText)).toEqual([text]);
  });

  it('of the cluster means pods of every namespace by a podSelector alone', () => {
    const [rule] = rulesOf(inCluster({ ingress: [{ action: 'Drop', from: [web] }] }));
    expect([podSetText((rule as Rule).subject), ...(rule as Rule).peers.map(peerText)]).toEqual([
      '{*}/{*}',
      '{*}/{app=web}',
    ]);
  });

  it.each([
    ['api.example.com', 'api.example.com'],
    ['*.Example.com', '**.example.com'],
    ['*example.com', '*example.com'],
    ['api.*.example.com', 'api.*.example.com'],
  ])('reaches the names of %s', (name, text) => {
    expect(rulesOf(fqdn(name))[0]?.peers.map(peerText)).toEqual([text]);
  });

  it('means everything without peers, and all traffic without ports', () => {
    const [rule] = rulesOf(ingress({ from: [] }));
    expect([...(rule as Rule).peers.map(peerText), portsText((rule as Rule).ports)]).toEqual(['anything', '*']);
  });

  it.each<[string, Json[], string]>([
    [
      'numbers, names and ranges',
      [{ port: 80 }, { port: 'web', protocol: 'UDP' }, { port: 1, endPort: 9 }],
      'TCP/1-9,80 UDP/web',
    ],
    ['all of a protocol', [{ protocol: 'SCTP' }], 'SCTP/*'],
  ])('has ports: %s', (_, ports, text) => {
    expect(portsText((rulesOf(ingress({ ports }))[0] as Rule).ports)).toBe(text);
  });

  it('says nothing about TCP, UDP and SCTP where it is about ICMP', () => {
    expect(rulesOf(ingress({ protocols: [{ icmp: { icmpType: 8 } }] }))).toEqual([]);
    expect(rulesOf(ingress({ protocols: [{ icmp: {} }], ports: [{ port: 80 }] }))).toHaveLength(1);
  });

  it('drops and rejects alike, and isolates nobody', () => {
    const actions = ['Allow', 'Drop', 'Reject', 'Pass'].map((action) => ({ action }));
    const { rules, isolations, rank } = read(inNamespace({ ingress: actions }));
    expect(rules.map(({ action }) => action)).toEqual(['allow', 'deny', 'deny', 'pass']);
    expect(isolations).toEqual([]);
    expect(rank).toEqual({ layer: 'application', order: 5 });
  });

  it('has a rule for each pods that it is applied to, at one position', () => {
    const rules = rulesOf(inCluster({ appliedTo: [web, red], egress: [{ action: 'Drop' }] }));
    expect(rules.map(({ subject, index }) => `${podSetText(subject)} ${index}`)).toEqual([
      '{*}/{app=web} 0',
      '{team=red}/{*} 0',
    ]);
  });

  it.each([
    [{ http: { method: 'GET', host: 'Foo.bar.com' } }, 'GET * host=foo.bar.com'],
    [{ http: {} }, '* *'],
    [{ http: { path: '/api/v2/*' } }, 'http * * /api/v2/*'],
    [{ http: { host: '*.foo.com' } }, 'http * *.foo.com *'],
    [{ tls: { sni: '*.foo.com' } }, 'tls *.foo.com'],
  ])('is two rules about requests: those that pass, and the rest that does not (%j)', (l7, text) => {
    const rules = rulesOf(ingress({ l7Protocols: [l7] }));
    expect(rules.map(({ action, requests }) => [action, requests?.map(requestText)])).toEqual([
      ['allow', [text]],
      ['deny', undefined],
    ]);
  });

  it.each([
    [undefined, 'application'],
    ['', 'application'],
    ['Emergency', 'emergency'],
    ['mine', 'mine'],
  ])('is in its tier, in application where it names none (%s)', (name, layer) => {
    expect(read(inNamespace({ tier: name, ingress: [] })).rank?.layer).toBe(layer);
  });

  it('is placed by a Tier, which says nothing itself', () => {
    expect(read(tier('mine', 7))).toMatchObject({ rank: { layer: 'mine', order: 7 }, rules: [], problems: [] });
    expect(read(tier('baseline', 253)).problems).toEqual([]);
  });
});

describe('a group that a policy of Antrea names', () => {
  const group = (name: string, spec: Json, namespace?: string): Json => ({
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: namespace === undefined ? 'ClusterGroup' : 'Group',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec,
  });
  const groups = [
    group('web', web),
    group('red', { ...web, ...red }),
    group('net', { ipBlocks: [{ cidr: '10.0.0.0/8' }, { cidr: '192.0.2.0/24', except: ['192.0.2.0/28'] }] }),
    group('all', { childGroups: ['red', 'net'] }),
    group('deep', { childGroups: ['all'] }),
    group('service', { serviceReference: { name: 'x', namespace: 'y' } }),
    group('wrong', { podSelector: { matchLabel: {} } }),
    group('web', web, 'shop'),
    group('web', { podSelector: { matchLabels: { app: 'other' } } }, 'other'),
    group('red', red, 'shop'),
  ];
  const beside = new Beside(groups, 'default');
  const lines = (object: Json): string[] => {
    const { rules, problems } = read(object, { beside });
    if (problems.length > 0) return problems.map(({ rule, path }) => `${rule} at ${pathText(path)}`);
    return rules.map(({ subject, peers }) => `${podSetText(subject)} from ${peers.map(peerText).join(' + ')}`);
  };
  const allow = (name: string) => ({ ingress: [{ action: 'Allow', from: [{ group: name }] }] });

  it.each<[string, string]>([
    ['web', '{*}/{app=web}'],
    ['red', '{team=red}/{app=web}'],
    ['net', '10.0.0.0/8, 192.0.2.0/24 except 192.0.2.0/28'],
    ['all', '{team=red}/{app=web} + 10.0.0.0/8, 192.0.2.0/24 except 192.0.2.0/28'],
  ])('of the cluster is whom it says: %s', (name, text) => {
    expect(lines(inCluster(allow(name)))).toEqual([`{*}/{*} from ${text}`]);
  });

  it('is one of its own namespace for a policy of a namespace', () => {
    expect(lines(inNamespace(allow('web')))).toEqual(['shop/{*} from shop/{app=web}']);
    expect(lines(inNamespace(allow('red')))).toEqual(['shop/{*} from {team=red}/{*}']);
  });

  it('is what a policy is applied to', () => {
    const drop = (name: string) => ({ appliedTo: [{ group: name }], ingress: [{ action: 'Drop' }] });
    expect(lines(inCluster(drop('red')))).toEqual(['{team=red}/{app=web} from anything']);
    expect(lines(inNamespace(drop('web')))).toEqual(['shop/{app=web} from anything']);
    for (const object of [inNamespace(drop('red')), inCluster(drop('net'))]) {
      expect(lines(object)).toEqual(['unread-policy at spec.appliedTo[0].group']);
    }
  });

  it.each(['missing', 'service', 'deep', 'wrong'])('is not read where it is not known whom it has: %s', (name) => {
    expect(lines(inCluster(allow(name)))).toEqual(['unread-policy at spec.ingress[0].from[0].group']);
  });

  it('stands alone', () => {
    expect(lines(inCluster({ ingress: [{ action: 'Allow', from: [{ group: 'web', ...web }] }] }))).toEqual([
      'antrea-policy at spec.ingress[0].from[0]',
    ]);
  });
});

describe('what Antrea refuses (pkg/controller/networkpolicy/validate.go)', () => {
  it.each<[string, Json, string]>([
    ['no priority', policy('shop', 'policy', { appliedTo: [everyPod] }), 'spec.priority'],
    ['a priority below 1', inNamespace({ priority: 0.5 }), 'spec.priority'],
    ['a priority above 10000', inNamespace({ priority: 10001 }), 'spec.priority'],
    ['a scope of destinations', egress({ to: [{ ...web, scope: 'Cluster' }] }), 'spec.egress[0].to[0].scope'],
    ['no action', inNamespace({ ingress: [{}] }), 'spec.ingress[0].action'],
    ['an unknown action', ingress({ action: 'Deny' }), 'spec.ingress[0].action'],
    ['appliedTo nowhere', policy('shop', 'policy', { priority: 5, ingress: [{ action: 'Drop' }] }), 'spec.appliedTo'],
    ['appliedTo in the spec and in a rule', ingress({ appliedTo: [everyPod] }), 'spec.appliedTo'],
    [
      'appliedTo in some of the rules',
      inNamespace({ appliedTo: undefined, ingress: [{ action: 'Drop', appliedTo: [web] }, { action: 'Drop' }] }),
      'spec.appliedTo',
    ],
    [
      'a namespaceSelector in appliedTo of a namespace',
      inNamespace({ appliedTo: [red] }),
      'spec.appliedTo[0].namespaceSelector',
    ],
    [
      'two rules of one name',
      inNamespace({ ingress: [{ action: 'Drop', name: 'a' }], egress: [{ action: 'Drop', name: 'a' }] }),
      'spec.egress[0].name',
    ],
    ['Pass in baseline', inNamespace({ tier: 'baseline', ingress: [{ action: 'Pass' }] }), 'spec.ingress[0].action'],
    [
      'requests with another action than Allow',
      ingress({ action: 'Drop', l7Protocols: [{ http: {} }] }),
      'spec.ingress[0].l7Protocols',
    ],
    [
      'HTTP on UDP',
      ingress({ l7Protocols: [{ http: {} }], ports: [{ protocol: 'UDP', port: 80 }] }),
      'spec.ingress[0].l7Protocols',
    ],
    [
      'two protocols of one entry of l7Protocols',
      ingress({ l7Protocols: [{ http: {}, tls: {} }] }),
      'spec.ingress[0].l7Protocols[0]',
    ],
    [
      'a method that is none',
      ingress({ l7Protocols: [{ http: { method: 'get' } }] }),
      'spec.ingress[0].l7Protocols[0].http.method',
    ],
    [
      'an except that is no part of its block',
      ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['192.0.2.0/24'] } }] }),
      'spec.ingress[0].from[0].ipBlock.except[0]',
    ],
    [
      'an except that is its whole block',
      ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }),
      'spec.ingress[0].from[0].ipBlock.except[0]',
    ],
    ['endPort below port', ingress({ ports: [{ port: 80, endPort: 79 }] }), 'spec.ingress[0].ports[0].endPort'],
    ['endPort beside a name', ingress({ ports: [{ port: 'web', endPort: 79 }] }), 'spec.ingress[0].ports[0].endPort'],
    [
      'a block beside selectors',
      ingress({ from: [{ ...web, ipBlock: { cidr: '10.0.0.0/8' } }] }),
      'spec.ingress[0].from[0]',
    ],
    ['names as a source', ingress({ from: [{ fqdn: 'api.example.com' }] }), 'spec.ingress[0].from[0].fqdn'],
    ['a name with a scheme', fqdn('https://api.example.com'), 'spec.egress[0].to[0].fqdn'],
    [
      'multicast beside other blocks',
      egress({ to: [{ ipBlock: { cidr: '224.0.0.0/24' } }, { ipBlock: { cidr: '10.0.0.0/8' } }] }),
      'spec.egress[0].to',
    ],
    ['a priority of a tier that only tiers of Antrea have', tier('mine', 250), 'spec.priority'],
    ['a priority of a tier that is taken', tier('mine', 100), 'spec.priority'],
    ['another priority for a tier of Antrea', tier('emergency', 7), 'spec.priority'],
    ['a field that is none', inNamespace({ podSelector: {} }), 'spec.podSelector'],
  ])('is reported: %s', (_, object, path) => {
    const { problems, rules } = read(object);
    expect(problems.map((it) => pathText(it.path))).toContain(path);
    expect(rules).toEqual([]);
  });
});

describe('what Antrea takes and is not read', () => {
  it.each<[string, Json, string]>([
    ['a group', ingress({ from: [{ group: 'web' }] }), 'spec.ingress[0].from[0].group'],
    ['a group that it is applied to', inNamespace({ appliedTo: [{ group: 'web' }] }), 'spec.appliedTo[0].group'],
    [
      'a service account',
      inCluster({ ingress: [{ action: 'Allow', from: [{ serviceAccount: { name: 'a', namespace: 'b' } }] }] }),
      'spec.ingress[0].from[0].serviceAccount',
    ],
    [
      'a Service that it is applied to',
      inCluster({ appliedTo: [{ service: { name: 'a', namespace: 'b' } }] }),
      'spec.appliedTo[0].service',
    ],
    ['nodes that it is applied to', inCluster({ appliedTo: [{ nodeSelector: {} }] }), 'spec.appliedTo[0]'],
    [
      'namespaces by the likeness of their labels',
      inCluster({ ingress: [{ action: 'Allow', from: [{ namespaces: { sameLabels: ['team'] } }] }] }),
      'spec.ingress[0].from[0].namespaces',
    ],
    [
      'some nodes',
      ingress({ from: [{ nodeSelector: { matchLabels: { a: 'b' } } }] }),
      'spec.ingress[0].from[0].nodeSelector',
    ],
    [
      'machines outside',
      ingress({ from: [{ externalEntitySelector: {} }] }),
      'spec.ingress[0].from[0].externalEntitySelector',
    ],
    ['other clusters', ingress({ from: [{ ...web, scope: 'ClusterSet' }] }), 'spec.ingress[0].from[0]'],
    ['trap 13: Services', egress({ toServices: [{ name: 'a' }] }), 'spec.egress[0].toServices'],
    ['the ports of sources', ingress({ ports: [{ sourcePort: 53 }] }), 'spec.ingress[0].ports[0]'],
    ['trap 17: names that are denied', egress({ action: 'Drop', to: [{ fqdn: 'a.example.com' }] }), 'spec.egress[0]'],
    ['names of the cluster', fqdn('db.shop.svc.cluster.local'), 'spec.egress[0].to[0].fqdn'],
    ['every name, with those of the cluster', fqdn('*'), 'spec.egress[0].to[0].fqdn'],
    ['an end of names that those of the cluster have too', fqdn('*local'), 'spec.egress[0].to[0].fqdn'],
  ])('is reported, and never passed over: %s', (_, object, path) => {
    const { problems, rules } = read(object);
    expect(problems.map((it) => [it.rule, pathText(it.path)])).toContainEqual(['unread-policy', path]);
    expect(rules).toEqual([]);
  });
});

function rulesOf(object: Json): readonly Rule[] {
  const { rules, problems } = read(object);
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
