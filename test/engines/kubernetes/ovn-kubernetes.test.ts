import { Cluster, Platform } from '../../../lib';
import { planeOf, readManifests } from '../../../lib/analysis';
import { adminPolicy, baselinePolicy } from '../../judges/admin-network-policy/invalid';
import { clusterPolicy } from '../../judges/cluster-network-policy/invalid';

type Json = Readonly<Record<string, unknown>>;

const peers = [{ namespaces: {} }];
const deny = { ingress: [{ action: 'Deny', from: peers }] };
const named = (name: string, spec: Json) => adminPolicy(spec, { metadata: { name } });

describe('OpenShift with OVN-Kubernetes', () => {
  it.each([
    ['Cluster.openShift()', Cluster.openShift()],
    ['Cluster.kubernetes() on it', Cluster.kubernetes({ platform: Platform.OPENSHIFT })],
    ['4.14, which is Kubernetes 1.27', Cluster.openShift({ version: '1.27' })],
  ])('enforces AdminNetworkPolicy and its baseline around NetworkPolicy: %s', (_, cluster) => {
    const { engine, plane, problems } = read([named('one', { priority: 99, ...deny }), baselinePolicy(deny)], cluster);
    expect([engine, problems]).toEqual(['kubernetes', []]);
    expect(plane.layers.map(({ name, rules }) => `${name} ${rules.length}`)).toEqual([
      'AdminNetworkPolicy 1',
      'NetworkPolicy 0',
      'BaselineAdminNetworkPolicy 1',
    ]);
    expect(plane.layers.flatMap(({ rules }) => rules).filter(({ isUncertain }) => isUncertain)).toEqual([]);
  });

  it('has NetworkPolicy alone where none of them is there', () => {
    expect(read([], Cluster.openShift()).plane.layers.map(({ name }) => name)).toEqual(['NetworkPolicy']);
  });

  it.each([
    ['before 4.14', [adminPolicy(deny)], Cluster.openShift({ version: '1.26' })],
    ['of another platform', [adminPolicy(deny)], Cluster.kubernetes({ platform: Platform.EKS })],
    ['ClusterNetworkPolicy', [clusterPolicy({})], Cluster.openShift()],
  ])('does not enforce what it does not have: %s', (_, objects, cluster) => {
    expect(read(objects, cluster).problems.map(({ rule }) => rule)).toEqual(['engine-not-enforced']);
  });

  it('enforces none of it where another engine is installed', () => {
    const cilium = Cluster.cilium({ version: '1.20', platform: Platform.OPENSHIFT });
    expect(read([adminPolicy(deny)], cilium).problems.map(({ rule }) => rule)).toEqual(['engine-not-enforced']);
  });

  it('trap: a priority above 99 is not applied at all, and is a problem', () => {
    const { plane, problems } = read([named('late', { priority: 100, ...deny })], Cluster.openShift());
    expect(plane.layers.flatMap(({ rules }) => rules).filter(({ isUncertain }) => isUncertain !== true)).toEqual([]);
    expect(problems).toMatchObject([{ rule: 'ovn-kubernetes-priority', value: '100' }]);
    expect(problems[0]?.what).toBe(
      'OVN-Kubernetes does not apply AdminNetworkPolicy late, whose priority is 100, so on this cluster it decides nothing',
    );
  });

  it('trap: it has nodes and names of ports, and refuses domainNames', () => {
    const nodes = named('nodes', { egress: [{ action: 'Deny', to: [{ nodes: {} }] }] });
    const names = named('names', { ingress: [{ action: 'Deny', from: peers, ports: [{ namedPort: 'http' }] }] });
    const { plane, problems } = read([nodes, names], Cluster.openShift());
    expect(problems).toEqual([]);
    expect(plane.layers.flatMap(({ rules }) => rules).map(({ isUncertain }) => isUncertain)).toEqual([
      undefined,
      undefined,
    ]);
    const hosts = named('hosts', { egress: [{ action: 'Allow', to: [{ domainNames: ['example.com'] }] }] });
    expect(read([hosts], Cluster.openShift()).problems).toMatchObject([{ rule: 'ovn-kubernetes-domain-names' }]);
  });

  it('leaves open which of two policies of one priority wins, which is a problem', () => {
    const allow = { ingress: [{ action: 'Allow', from: peers }] };
    const { problems } = read([named('one', deny), named('two', allow)], Cluster.openShift());
    expect(problems.map(({ rule }) => rule)).toEqual(['clashing-priorities']);
  });
});

function read(objects: readonly Json[], cluster: Cluster) {
  const reading = readManifests(objects);
  expect(reading.problems).toEqual([]);
  return planeOf(reading, cluster._facts);
}
