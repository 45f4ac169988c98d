import { compose } from '../../../lib/engines/cluster-network-policy/compose';
import { readNetworkPolicy } from '../../../lib/kinds/networking.k8s.io';
import { clusterNetworkPolicyReader } from '../../../lib/kinds/policy.networking.k8s.io';
import { NAMESPACE_NAME_LABEL } from '../../../lib/model/labels';
import type { Plane } from '../../../lib/model/layer';
import { clusterPolicy } from '../../judges/cluster-network-policy/invalid';
import { type PodEnd, passes } from '../decide';

type Json = Readonly<Record<string, unknown>>;

const web = pod('shop', 'web', '10.1.0.1');
const db = pod('shop', 'db', '10.1.0.2');
const outside = { ip: '203.0.113.9' };

function pod(namespace: string, app: string, ip: string): PodEnd {
  return { namespaceLabels: { [NAMESPACE_NAME_LABEL]: namespace }, labels: { app }, ip };
}

function named(name: string, spec: Json) {
  return clusterNetworkPolicyReader.read(clusterPolicy(spec, { metadata: { name } }));
}

function policies(ranked: ReturnType<typeof named>[], networkPolicies: Json[] = []): Plane {
  const own = networkPolicies.map((spec, i) =>
    readNetworkPolicy({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `own-${i}`, namespace: 'shop' },
      spec,
    }),
  );
  expect([...own, ...ranked].flatMap(({ problems }) => problems)).toEqual([]);
  return compose(
    { rules: own.flatMap((it) => it.rules), isolations: own.flatMap((it) => it.isolations), others: ranked },
    { ipBlockMode: 'pods' },
  );
}

const tcp = (from: PodEnd | typeof outside, to: PodEnd | typeof outside) =>
  ({ from, to, protocol: 'TCP', port: 80 }) as const;
const peers = [{ namespaces: {} }];
const rule = (action: string, side: 'from' | 'to' = 'from') => ({ action, [side]: peers });
const allowAll = { podSelector: {}, ingress: [{}] };
const denyAll = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };

describe('the order in which ClusterNetworkPolicies and NetworkPolicies decide', () => {
  it('asks Admin first: its Deny holds against a NetworkPolicy that allows, and its Accept against one that isolates', () => {
    const deny = named('deny', { ingress: [rule('Deny')] });
    const accept = named('accept', { ingress: [rule('Accept')], egress: [rule('Accept', 'to')] });
    expect(passes(policies([deny], [allowAll]), tcp(web, db))).toBe(false);
    expect(passes(policies([accept], [denyAll]), tcp(web, db))).toBe(true);
  });

  it('leaves what is passed on to NetworkPolicy, and takes no other policy of the tier into account', () => {
    const pass = named('pass', { priority: 1, ingress: [rule('Pass')] });
    const deny = named('deny', { priority: 2, ingress: [rule('Deny')] });
    expect(passes(policies([pass, deny]), tcp(web, db))).toBe(true);
    expect(passes(policies([pass, deny], [denyAll]), tcp(web, db))).toBe(false);
    expect(passes(policies([deny]), tcp(web, db))).toBe(false);
  });

  it('asks the lower priority first, whatever the names', () => {
    const accept = named('z', { priority: 5, ingress: [rule('Accept')] });
    const deny = named('a', { priority: 10, ingress: [rule('Deny')] });
    expect(passes(policies([deny, accept]), tcp(web, db))).toBe(true);
  });

  it('asks Baseline only about pods that no NetworkPolicy selects in the direction', () => {
    const deny = named('deny', { tier: 'Baseline', ingress: [rule('Deny')], egress: [rule('Deny', 'to')] });
    expect(passes(policies([deny]), tcp(web, db))).toBe(false);
    const opened = { podSelector: {}, ingress: [{}], egress: [{}], policyTypes: ['Ingress', 'Egress'] };
    expect(passes(policies([deny], [opened]), tcp(web, db))).toBe(true);
    // Selected for ingress alone: Baseline still denies on the way out.
    expect(passes(policies([deny], [allowAll]), tcp(web, db))).toBe(false);
  });

  it('cannot keep out what comes from outside: no rule of ingress names it', () => {
    const deny = named('deny', { tier: 'Baseline', ingress: [rule('Deny')] });
    expect(passes(policies([deny]), tcp(outside, db))).toBe(true);
  });

  it('trap 6: networks mean pods too', () => {
    const deny = named('deny', { egress: [{ action: 'Deny', to: [{ networks: ['10.1.0.2/32'] }] }] });
    expect(passes(policies([deny]), tcp(web, db))).toBe(false);
    expect(passes(policies([deny]), tcp(web, outside))).toBe(true);
  });

  it('takes *.example.com for any depth, and not for the domain itself', () => {
    const deny = { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] };
    const plane = policies([
      named('names', { egress: [{ action: 'Accept', to: [{ domainNames: ['*.example.com'] }] }, deny] }),
    ]);
    const asked = (host: string) => passes(plane, tcp(web, { ...outside, host } as typeof outside));
    expect(['a.example.com', 'a.b.example.com', 'example.com'].map(asked)).toEqual([true, true, false]);
  });

  it('leaves out policies of other kinds', () => {
    const foreign = { ...named('deny', { ingress: [rule('Deny')] }), kind: 'cilium.io/CiliumNetworkPolicy' };
    expect(passes(policies([foreign]), tcp(web, db))).toBe(true);
  });
});

describe('policies of one priority', () => {
  const accept = named('accept', { ingress: [rule('Accept')] });
  const deny = named('deny', { ingress: [rule('Deny')] });

  it('are a problem where they decide differently about the same connections', () => {
    const { problems } = policies([accept, deny]);
    expect(problems).toMatchObject([{ rule: 'clashing-priorities', value: 'Admin 10' }]);
    expect(problems?.[0]?.what).toContain('ClusterNetworkPolicy accept and ClusterNetworkPolicy deny');
  });

  it.each<[string, ReturnType<typeof named>]>([
    ['another priority', named('other', { priority: 11, ingress: [rule('Deny')] })],
    ['another tier', named('other', { tier: 'Baseline', ingress: [rule('Deny')] })],
    ['the same action', named('other', { ingress: [rule('Accept')] })],
    ['the other direction', named('other', { egress: [rule('Deny', 'to')] })],
    [
      'other ports',
      named('other', { ingress: [{ ...rule('Deny'), protocols: [{ udp: { destinationPort: { number: 53 } } }] }] }),
    ],
  ])('are none with %s', (_, other) => {
    const narrow = named('narrow', {
      ingress: [{ ...rule('Accept'), protocols: [{ tcp: { destinationPort: { number: 80 } } }] }],
    });
    expect(policies([narrow, other]).problems).toBeUndefined();
  });

  it('are none where they are about other pods', () => {
    const of = (name: string) => ({ subject: { namespaces: { matchLabels: { [NAMESPACE_NAME_LABEL]: name } } } });
    const here = named('here', { ...of('a'), ingress: [rule('Accept')] });
    const there = named('there', { ...of('b'), ingress: [rule('Deny')] });
    expect(policies([here, there]).problems).toBeUndefined();
    expect(policies([here, named('all', { ingress: [rule('Deny')] })]).problems).toHaveLength(1);
  });
});
