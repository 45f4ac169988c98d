import { planeOf, readManifests } from '../../../lib/analysis';
import { compose } from '../../../lib/engines/cluster-network-policy/compose';
import type { Plane, Rule } from '../../../lib/model/layer';
import { adminPolicy, baselinePolicy } from '../../judges/admin-network-policy/invalid';
import { clusterPolicy } from '../../judges/cluster-network-policy/invalid';
import type { KubernetesObject } from '../../judges/world';
import { type Connection, passes } from '../decide';

type Json = Readonly<Record<string, unknown>>;

const everyPod = { namespaces: {} };
const rule = (action: string, side = 'from', more: Json = {}) => ({ action, [side]: [everyPod], ...more });
const named = (name: string, spec: Json) => adminPolicy(spec, { metadata: { name } });

const a = { namespaceLabels: { 'kubernetes.io/metadata.name': 'shop' }, labels: { app: 'a' }, ip: '10.244.0.1' };
const b = {
  ...a,
  labels: { app: 'b' },
  ip: '10.244.0.2',
  ports: [{ name: 'http', protocol: 'TCP', number: 80 }],
} as const;
const toB: Connection = { from: a, to: b, protocol: 'TCP', port: 80 };

/** Selects every pod of `shop`, and lets nothing in. */
const closed: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'closed', namespace: 'shop' },
  spec: { podSelector: {}, policyTypes: ['Ingress'] },
};

describe('AdminNetworkPolicy and BaselineAdminNetworkPolicy', () => {
  it('are one layer before NetworkPolicy and one after it, and are judged without being told an engine', () => {
    const { engine, plane, problems } = read([named('one', { ingress: [rule('Deny')] }), baselinePolicy({})]);
    expect([engine, problems]).toEqual(['cluster-network-policy', []]);
    expect(plane.layers.map(({ name }) => name)).toEqual([
      'AdminNetworkPolicy',
      'NetworkPolicy',
      'BaselineAdminNetworkPolicy',
    ]);
  });

  it('trap: the lower priority is asked first, and its first rule that matches decides', () => {
    const early = named('z', { priority: 1, ingress: [rule('Allow'), rule('Deny')] });
    const late = named('a', { priority: 2, ingress: [rule('Deny')] });
    expect(lets([late, early])).toBe(true);
    expect(lets([named('a', { priority: 0, ingress: [rule('Deny')] }), early])).toBe(false);
  });

  it('trap: Allow and Deny are final, whatever NetworkPolicies say', () => {
    expect(lets([closed])).toBe(false);
    expect(lets([closed, named('one', { ingress: [rule('Allow')] })])).toBe(true);
    expect(lets([named('one', { ingress: [rule('Deny')] })])).toBe(false);
  });

  it('trap: Pass skips every other AdminNetworkPolicy, and leaves it to NetworkPolicy and the baseline', () => {
    const passing = named('one', { priority: 1, ingress: [rule('Pass')] });
    const denying = named('two', { priority: 2, ingress: [rule('Deny')] });
    const allowing = named('two', { priority: 2, ingress: [rule('Allow')] });
    expect(lets([passing, denying])).toBe(true);
    expect(lets([passing, allowing, closed])).toBe(false);
    expect(lets([passing, allowing, baselinePolicy({ ingress: [rule('Deny')] })])).toBe(false);
  });

  it('trap: nothing is implicit: what no rule matches passes, and a direction without rules is not touched', () => {
    const udp = { ports: [{ portNumber: { protocol: 'UDP', port: 53 } }] };
    expect(lets([named('one', { ingress: [rule('Allow', 'from', udp)] })])).toBe(true);
    expect(lets([named('one', { egress: [rule('Deny', 'to', udp)], ingress: [] })])).toBe(true);
  });

  it('trap: the baseline reaches only pods that no NetworkPolicy selects, in each direction by itself', () => {
    const allowing = baselinePolicy({ ingress: [rule('Allow')] });
    const denying = baselinePolicy({ egress: [rule('Deny', 'to')] });
    expect(lets([closed, allowing])).toBe(false);
    // `closed` selects for ingress alone, so that the baseline has the last word on egress.
    const open = { ...closed, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] } };
    expect(lets([open])).toBe(true);
    expect(lets([open, denying])).toBe(false);
  });

  it('trap: networks mean pods by their addresses too, and 0.0.0.0/0 every one of IPv4', () => {
    const denying = (network: string) => named('one', { egress: [{ action: 'Deny', to: [{ networks: [network] }] }] });
    expect(lets([denying('10.244.0.2/32')])).toBe(false);
    expect(lets([denying('0.0.0.0/0')])).toBe(false);
    expect(lets([denying('::/0')])).toBe(true);
  });

  it('trap: a named port is one port of the destination with its own protocol, and not every port beside it', () => {
    const http = named('one', { ingress: [rule('Deny', 'from', { ports: [{ namedPort: 'http' }] })] });
    expect(lets([http])).toBe(false);
    expect(lets([http], { ...toB, port: 81 })).toBe(true);
    expect(lets([http], { ...toB, protocol: 'UDP' })).toBe(true);
  });

  it('trap: nodes are addresses of nodes, and not the pods that run there', () => {
    const denying = named('one', { egress: [{ action: 'Deny', to: [{ nodes: {} }] }] });
    expect(lets([denying])).toBe(true);
    expect(lets([denying], { ...toB, to: { ip: '192.0.2.10', entity: 'nodes' } })).toBe(false);
  });

  it('trap: a wildcard of domainNames is one label or more, and not the domain itself', () => {
    const names = named('one', {
      egress: [
        { action: 'Allow', to: [{ domainNames: ['*.example.com'] }] },
        { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] },
      ],
    });
    const host = (name: string) => lets([names], { ...toB, to: { ip: '192.0.2.10', host: name } });
    expect(['a.example.com', 'a.b.example.com', 'example.com'].map(host)).toEqual([true, true, false]);
  });

  it('trap: equal priorities that disagree leave it open who wins, and are a problem', () => {
    const one = named('one', { ingress: [rule('Allow')] });
    const { problems } = read([one, named('two', { ingress: [rule('Deny')] })]);
    expect(problems).toMatchObject([{ rule: 'clashing-priorities', value: 'AdminNetworkPolicy 10' }]);
    expect(read([one, named('two', { ingress: [rule('Allow')] })]).problems).toEqual([]);
    expect(read([one, named('two', { priority: 11, ingress: [rule('Deny')] })]).problems).toEqual([]);
  });
});

describe('what some implementations leave out', () => {
  const uncertain = (objects: readonly Json[], facts: Json = { isByKinds: true }) =>
    compose(readManifests(objects), { ipBlockMode: 'pods', ...facts })
      .layers.flatMap(({ rules }): readonly Rule[] => rules)
      .map(({ isUncertain }) => isUncertain === true);

  it('trap: priorities above 99, which OVN-Kubernetes and Kube-OVN do not apply', () => {
    expect(uncertain([named('one', { priority: 99, ingress: [rule('Deny')] })])).toEqual([false]);
    expect(uncertain([named('one', { priority: 100, ingress: [rule('Deny')] })])).toEqual([true]);
  });

  it.each<[string, Json]>([
    ['nodes', { egress: [{ action: 'Deny', to: [{ nodes: {} }] }, rule('Deny', 'to')] }],
    ['domainNames', { egress: [{ action: 'Allow', to: [{ domainNames: ['example.com'] }] }, rule('Deny', 'to')] }],
    ['named ports', { egress: [rule('Deny', 'to', { ports: [{ namedPort: 'http' }] }), rule('Deny', 'to')] }],
  ])('trap: every rule of a policy with %s, which the standard channel refuses whole', (_, spec) => {
    expect(uncertain([named('one', spec)])).toEqual([true, true]);
  });

  it('trap: named ports of ClusterNetworkPolicy, which were in the standard channel in 0.2.0 alone', () => {
    const spec = { ingress: [rule('Deny', 'from', { protocols: [{ destinationNamedPort: 'http' }] })] };
    expect(uncertain([clusterPolicy(spec)])).toEqual([true]);
    expect(uncertain([clusterPolicy(spec)], { version: '0.2.0' })).toEqual([false]);
    expect(uncertain([clusterPolicy(spec)], { version: '0.2.1' })).toEqual([true]);
    expect(uncertain([clusterPolicy({ ingress: [rule('Deny')] })])).toEqual([false]);
  });

  it('AdminNetworkPolicy, where the cluster is said to enforce ClusterNetworkPolicy', () => {
    expect(uncertain([named('one', { ingress: [rule('Deny')] })], {})).toEqual([true]);
  });

  it('is not to be relied on where both generations stand beside each other', () => {
    const { problems } = read([named('one', { ingress: [rule('Deny')] }), clusterPolicy({ ingress: [rule('Deny')] })]);
    expect(problems).toMatchObject([{ rule: 'engine-mixed' }]);
    expect(problems[0]?.what).toBe(
      'AdminNetworkPolicy one and ClusterNetworkPolicy policy are of two generations of one API, and nothing says which of them is asked first',
    );
  });
});

function read(objects: readonly Json[]) {
  const reading = readManifests(objects);
  expect(reading.problems).toEqual([]);
  return planeOf(reading, { ipBlockMode: 'pods' });
}

function lets(objects: readonly Json[], connection: Connection = toB): boolean {
  const { plane } = read(objects);
  return passes(plane satisfies Plane, connection);
}
