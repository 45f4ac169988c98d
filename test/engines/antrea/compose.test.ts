import type { HttpRequest } from '../../../lib/model/request-match';
import { type Connection, type OutsideEnd, type PodEnd, passes } from '../decide';
import { clusterPolicy, type Json, networkPolicy, planeOf, policy, tier } from './antrea';

/**
 * Verdicts that Antrea's documentation and its own tests state, each with its place in github.com/antrea-io/antrea v2.7.0:
 * nothing outside judged them here. The pods are those of test/e2e: a, b and c in the namespaces x, y and z.
 */

const names = ['x', 'y', 'z'].flatMap((namespace) => ['a', 'b', 'c'].map((name) => `${namespace}/${name}`));
const pods = new Map(names.map((text, i): [string, PodEnd] => [text, pod(text, i)]));

function pod(text: string, index: number): PodEnd {
  const [namespace = '', name = ''] = text.split('/');
  return {
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace, ns: namespace },
    labels: { pod: name },
    ip: `10.10.0.${index + 1}`,
    ports: [{ name: 'serve', protocol: 'TCP', number: 80 }],
  };
}

const of = (text: string): PodEnd => pods.get(text) as PodEnd;

const tcp = (from: Connection['from'], to: Connection['to'], port = 80): Connection => ({
  from,
  to,
  protocol: 'TCP',
  port,
});

const inNs = (ns: string) => ({ namespaceSelector: { matchLabels: { ns } } });
const podIn = (ns: string, name: string) => ({ ...inNs(ns), podSelector: { matchLabels: { pod: name } } });
const tcp80 = { ports: [{ protocol: 'TCP', port: 80 }] };
const rule = (action: string, side: 'from' | 'to', peer: Json, more: Json = tcp80) => ({
  action,
  [side]: [peer],
  ...more,
});

/** Pairs of pods that do not reach each other on TCP 80, as `from>to`. */
function cut(...objects: Json[]): string[] {
  const plane = planeOf(objects);
  const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));
  return pairs.filter(([from, to]) => !passes(plane, tcp(of(from), of(to)))).map((pair) => pair.join('>'));
}

const dropB = rule('Drop', 'from', podIn('z', 'b'));
const allowZ = rule('Allow', 'from', inNs('z'));
const dropZ = rule('Drop', 'from', inNs('z'));

/** All that z sends to x, but for what is kept. */
function fromZToX(...kept: string[]): string[] {
  const all = ['a', 'b', 'c'].flatMap((from) => ['a', 'b', 'c'].map((to) => `z/${from}>x/${to}`));
  return all.filter((pair) => !kept.includes(pair));
}

describe('what Antrea decides', () => {
  it.each<[string, string, Json[], string[]]>([
    [
      'test/e2e/antreapolicy_test.go, testACNPPriorityOverride',
      'by the priority of policies, which may be a fraction',
      [
        clusterPolicy('priority3', { priority: 1.003, appliedTo: [inNs('x')], ingress: [dropZ] }),
        clusterPolicy('priority1', { priority: 1.001, appliedTo: [podIn('x', 'a')], ingress: [dropB] }),
        clusterPolicy('priority2', { priority: 1.002, appliedTo: [podIn('x', 'a')], ingress: [allowZ] }),
      ],
      fromZToX('z/a>x/a', 'z/c>x/a'),
    ],
    [
      'testACNPTierOverride',
      'by the tier, before the priority of policies',
      [
        clusterPolicy('app', { tier: 'application', priority: 1, appliedTo: [inNs('x')], ingress: [dropZ] }),
        clusterPolicy('emergency', {
          tier: 'emergency',
          priority: 100,
          appliedTo: [podIn('x', 'a')],
          ingress: [dropB],
        }),
        clusterPolicy('ops', { tier: 'securityops', priority: 10, appliedTo: [podIn('x', 'a')], ingress: [allowZ] }),
      ],
      fromZToX('z/a>x/a', 'z/c>x/a'),
    ],
    [
      'testACNPCustomTiers',
      "by the priority of tiers that are the user's own",
      [
        tier('low-priority', 246),
        tier('high-priority', 245),
        clusterPolicy('low', { tier: 'low-priority', priority: 1, appliedTo: [inNs('x')], ingress: [dropZ] }),
        clusterPolicy('high', {
          tier: 'high-priority',
          priority: 100,
          appliedTo: [podIn('x', 'a')],
          ingress: [allowZ],
        }),
      ],
      fromZToX('z/a>x/a', 'z/b>x/a', 'z/c>x/a'),
    ],
    [
      'testACNPPriorityConflictingRule',
      'by the first of two policies that say opposite things',
      [
        clusterPolicy('acnp-drop', { priority: 1, appliedTo: [inNs('x')], ingress: [dropZ] }),
        clusterPolicy('acnp-allow', { priority: 2, appliedTo: [inNs('x')], ingress: [allowZ] }),
      ],
      fromZToX(),
    ],
    [
      'testACNPRulePriority',
      'by the position of rules in policies of one priority: the first of both before the second of either',
      [
        clusterPolicy('acnp-allow', {
          priority: 5,
          appliedTo: [inNs('x')],
          egress: [rule('Allow', 'to', inNs('z')), rule('Allow', 'to', inNs('y'))],
        }),
        clusterPolicy('acnp-deny', {
          priority: 5,
          appliedTo: [inNs('x')],
          egress: [rule('Drop', 'to', inNs('y')), rule('Drop', 'to', inNs('z'))],
        }),
      ],
      ['a', 'b', 'c'].flatMap((from) => ['a', 'b', 'c'].map((to) => `x/${from}>y/${to}`)),
    ],
    [
      'testACNPAllowNoDefaultIsolation; docs/antrea-network-policy.md, "Key differences from K8s NetworkPolicy"',
      'without isolating whom it allows something',
      [clusterPolicy('allow', { priority: 1.1, appliedTo: [inNs('x')], ingress: [rule('Allow', 'from', inNs('y'))] })],
      [],
    ],
    [
      'docs/antrea-network-policy.md, "Behavior of to and from selectors"; testACNPDropIPBlockWithExcept',
      'by blocks about pods too, and not by the addresses that are excepted',
      [
        clusterPolicy('block', {
          priority: 1,
          appliedTo: [podIn('y', 'a')],
          egress: [rule('Drop', 'to', { ipBlock: { cidr: '10.10.0.0/29', except: ['10.10.0.1/32', '10.10.0.2/32'] } })],
        }),
      ],
      ['x/c', 'y/b', 'y/c', 'z/a'].map((to) => `y/a>${to}`),
    ],
    [
      'testBaselineNamespaceIsolation, "Baseline ACNP"',
      'by baseline where no NetworkPolicy says anything',
      [baselineOfX()],
      intoX(),
    ],
    [
      'testBaselineNamespaceIsolation, "Baseline ACNP with KNP"; trap 13: baseline does not undo what NetworkPolicy isolates',
      'by NetworkPolicy before baseline: it opens, and isolates',
      [
        baselineOfX(),
        networkPolicy('x', 'allow-y-a-to-x-a', {
          podSelector: { matchLabels: { pod: 'a' } },
          policyTypes: ['Ingress'],
          ingress: [{ from: [podIn('y', 'a')], ports: [{ port: 80 }] }],
        }),
      ],
      [...intoX().filter((pair) => pair !== 'y/a>x/a'), 'x/b>x/a', 'x/c>x/a'],
    ],
    [
      'docs/antrea-network-policy.md, "Static tiers": baseline policies cannot counteract the isolated Pod behavior',
      'by the isolation of NetworkPolicy, although baseline allows',
      [
        clusterPolicy('allow', {
          tier: 'baseline',
          priority: 1,
          appliedTo: [inNs('x')],
          ingress: [{ action: 'Allow' }],
        }),
        networkPolicy('x', 'deny', { podSelector: { matchLabels: { pod: 'a' } }, policyTypes: ['Ingress'] }),
      ],
      names.filter((from) => from !== 'x/a').map((from) => `${from}>x/a`),
    ],
    [
      'docs/antrea-network-policy.md, "Static tiers"; trap 13: the application tier beats NetworkPolicy',
      'by the application tier before NetworkPolicy',
      [
        policy('x', 'allow', {
          priority: 5,
          appliedTo: [{ podSelector: {} }],
          ingress: [{ action: 'Allow', from: [podIn('y', 'a')] }],
        }),
        networkPolicy('x', 'deny', { podSelector: { matchLabels: { pod: 'a' } }, policyTypes: ['Ingress'] }),
      ],
      names.filter((from) => from !== 'x/a' && from !== 'y/a').map((from) => `${from}>x/a`),
    ],
    [
      'docs/antrea-network-policy.md, "ACNP for strict Namespace isolation" and the action "Pass"',
      'by NetworkPolicy where it is passed on, past every tier that is left',
      [
        clusterPolicy('pass', {
          tier: 'securityops',
          priority: 5,
          appliedTo: [podIn('x', 'a')],
          ingress: [{ action: 'Pass', from: [inNs('x')] }, { action: 'Drop' }],
        }),
        clusterPolicy('never-asked', {
          tier: 'application',
          priority: 1,
          appliedTo: [podIn('x', 'a')],
          ingress: [{ action: 'Drop', from: [podIn('x', 'b')] }],
        }),
        networkPolicy('x', 'b-only', {
          podSelector: { matchLabels: { pod: 'a' } },
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ podSelector: { matchLabels: { pod: 'b' } } }] }],
        }),
      ],
      names.filter((from) => from !== 'x/a' && from !== 'x/b').map((from) => `${from}>x/a`),
    ],
    [
      'docs/antrea-network-policy.md, the action "Pass": then baseline is tested where no NetworkPolicy matches',
      'by baseline where what is passed on meets no NetworkPolicy',
      [
        clusterPolicy('pass', {
          tier: 'emergency',
          priority: 1,
          appliedTo: [podIn('x', 'a')],
          ingress: [{ action: 'Pass', from: [podIn('x', 'b')] }],
        }),
        clusterPolicy('base', {
          tier: 'baseline',
          priority: 1,
          appliedTo: [podIn('x', 'a')],
          ingress: [{ action: 'Drop', from: [podIn('x', 'b')] }],
        }),
      ],
      ['x/b>x/a'],
    ],
    [
      'testAppliedToPerRule',
      'for each rule about the pods that it is applied to',
      [
        clusterPolicy('per-rule', {
          priority: 1,
          ingress: [
            { ...dropB, appliedTo: [podIn('x', 'a')] },
            { ...rule('Drop', 'from', podIn('z', 'b')), appliedTo: [podIn('y', 'a')] },
          ],
        }),
      ],
      ['z/b>x/a', 'z/b>y/a'],
    ],
    [
      'docs/antrea-network-policy.md, "Key differences from Antrea ClusterNetworkPolicy"',
      'by a podSelector alone about pods of the namespace, and of every one where the policy is of the cluster',
      [
        policy('x', 'own', {
          priority: 1,
          appliedTo: [{ podSelector: { matchLabels: { pod: 'a' } } }],
          ingress: [rule('Drop', 'from', { podSelector: { matchLabels: { pod: 'b' } } })],
        }),
        clusterPolicy('all', {
          priority: 2,
          appliedTo: [podIn('y', 'a')],
          ingress: [rule('Drop', 'from', { podSelector: { matchLabels: { pod: 'c' } } })],
        }),
      ],
      ['x/b>x/a', 'x/c>y/a', 'y/c>y/a', 'z/c>y/a'],
    ],
  ])('%s: %s', (_, __, objects, expected) => {
    expect(cut(...objects).sort()).toEqual([...expected].sort());
  });
});

describe('names and requests, as Antrea decides about them', () => {
  const outside: OutsideEnd = { ip: '203.0.113.9' };

  it.each([
    ['*.foobar.com', [false, true, true, false]],
    ['foobar.com', [true, false, false, false]],
  ])('docs/antrea-network-policy.md, "FQDN based filtering": %s', (fqdn, expected) => {
    const egress = [{ action: 'Allow', to: [{ fqdn }] }, { action: 'Drop' }];
    const plane = planeOf([clusterPolicy('names', { priority: 1, appliedTo: [podIn('x', 'a')], egress })]);
    const asked = ['foobar.com', 'www.foobar.com', 'test.uswest.foobar.com', 'myfoobar.com'];
    expect(asked.map((host) => passes(plane, tcp(of('x/a'), { ...outside, host })))).toEqual(expected);
  });

  it('testFQDNPolicy: the case of a name means nothing', () => {
    const egress = [{ action: 'Allow', to: [{ fqdn: 'Stackoverflow.com' }] }, { action: 'Drop' }];
    const plane = planeOf([clusterPolicy('names', { priority: 1, appliedTo: [podIn('x', 'a')], egress })]);
    expect(passes(plane, tcp(of('x/a'), { ...outside, host: 'stackoverflow.com' }))).toBe(true);
  });

  it('docs/antrea-l7-network-policy.md; trap 13: a rule about requests drops the rest of its L3 and L4 match, and ends there', () => {
    const plane = planeOf([
      policy('x', 'requests', {
        priority: 5,
        appliedTo: [{ podSelector: { matchLabels: { pod: 'a' } } }],
        ingress: [
          { action: 'Allow', from: [podIn('y', 'a')], l7Protocols: [{ http: { method: 'GET', host: 'foo.bar.com' } }] },
          { action: 'Allow', from: [inNs('y')] },
          { action: 'Drop' },
        ],
      }),
    ]);
    const get: HttpRequest = { method: 'GET', path: '/api', host: 'foo.bar.com', headers: [] };
    const asked = (from: string, request?: HttpRequest) => passes(plane, { ...tcp(of(from), of('x/a')), request });
    expect(asked('y/a', get)).toBe(true);
    expect(asked('y/a', { ...get, method: 'POST' })).toBe(false);
    expect(asked('y/a')).toBe(false);
    expect(asked('y/b', { ...get, method: 'POST' })).toBe(true);
    expect(asked('z/a', get)).toBe(false);
  });
});

describe('trap 13: equal priorities', () => {
  const drops = clusterPolicy('drops', { priority: 5, appliedTo: [inNs('x')], ingress: [dropZ] });

  it('are a problem where rules of one position say different things ("Notes and constraints")', () => {
    const allows = clusterPolicy('allows', { priority: 5, appliedTo: [podIn('x', 'a')], ingress: [allowZ] });
    expect(planeOf([drops, allows]).problems).toMatchObject([{ rule: 'clashing-priorities', value: 'application 5' }]);
  });

  it.each<[string, Json]>([
    ['another position', { priority: 5, ingress: [rule('Allow', 'from', inNs('y')), allowZ] }],
    ['another priority', { priority: 5.5, ingress: [allowZ] }],
    ['another tier', { tier: 'platform', priority: 5, ingress: [allowZ] }],
    ['the same action', { priority: 5, ingress: [rule('Reject', 'from', inNs('z'))] }],
    ['other pods', { priority: 5, ingress: [rule('Allow', 'from', inNs('y'))] }],
  ])('are none with %s', (_, spec) => {
    expect(planeOf([drops, clusterPolicy('other', { appliedTo: [inNs('x')], ...spec })]).problems).toBeUndefined();
  });

  it('are none between kinds of rules, but between kinds of policies', () => {
    const own = policy('x', 'own', { priority: 5, appliedTo: [{ podSelector: {} }], ingress: [{ action: 'Allow' }] });
    expect(planeOf([drops, own]).problems).toHaveLength(1);
  });

  it('are a problem of tiers too, as is a tier that is not among the manifests', () => {
    expect(planeOf([tier('one', 7), tier('two', 7)]).problems).toMatchObject([{ rule: 'antrea-tier', value: '7' }]);
    const lost = clusterPolicy('lost', { tier: 'lost', priority: 5, appliedTo: [inNs('x')], ingress: [dropZ] });
    expect(planeOf([lost]).problems).toMatchObject([{ rule: 'antrea-tier', value: 'lost' }]);
    expect(planeOf([lost, tier('lost', 7)]).problems).toBeUndefined();
  });
});

function baselineOfX(): Json {
  const others = { namespaceSelector: { matchExpressions: [{ key: 'ns', operator: 'NotIn', values: ['x'] }] } };
  return clusterPolicy('isolate-x', {
    tier: 'baseline',
    priority: 1,
    appliedTo: [inNs('x')],
    ingress: [rule('Drop', 'from', others)],
  });
}

/** Everything from other namespaces. */
function intoX(): string[] {
  const from = names.filter((name) => !name.startsWith('x/'));
  return from.flatMap((name) => ['a', 'b', 'c'].map((to) => `${name}>x/${to}`));
}

describe('a NetworkPolicy with rules of a direction that policyTypes leaves out', () => {
  it('binds that direction too, as processNetworkPolicy makes its rules whatever the types are', () => {
    const plane = planeOf([
      networkPolicy('x', 'it', {
        podSelector: { matchLabels: { pod: 'a' } },
        policyTypes: ['Ingress'],
        ingress: [{}],
        egress: [{ to: [{ podSelector: { matchLabels: { pod: 'b' } } }] }],
      }),
    ]);
    expect(passes(plane, tcp(of('x/a'), of('x/b')))).toBe(true);
    expect(passes(plane, tcp(of('x/a'), of('x/c')))).toBe(false);
    expect(passes(plane, tcp(of('x/b'), of('x/c')))).toBe(true);
  });
});
