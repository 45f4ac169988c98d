/** The kinds of the Network Policy API on the engines that have kinds of their own besides. */
import { planeOf, readManifests } from '../../lib/analysis';
import type { EngineName } from '../../lib/model/engine-name';
import { adminPolicy, baselinePolicy } from '../judges/admin-network-policy/invalid';
import { clusterPolicy } from '../judges/cluster-network-policy/invalid';
import { ofAntrea, ofCalico, ofCilium } from './constraints/objects';

type Json = Readonly<Record<string, unknown>>;

const peers = [{ namespaces: {} }];
const deny = { ingress: [{ action: 'Deny', from: peers }] };
const admin = adminPolicy(deny);
const baseline = baselinePolicy(deny);
const tierPolicy = (tier: string) => clusterPolicy({ tier, ...deny }, { metadata: { name: tier.toLowerCase() } });

describe('on Calico', () => {
  it('are AdminNetworkPolicy and its baseline up to 3.31, in the tiers that Calico has for them', () => {
    const { plane, problems } = read([admin, baseline], 'calico', '3.31');
    expect(problems).toEqual([]);
    expect(layersOf(plane)).toEqual([
      'adminnetworkpolicy: AdminNetworkPolicy',
      'baselineadminnetworkpolicy: BaselineAdminNetworkPolicy',
    ]);
    expect(uncertain(plane)).toEqual([false, false]);
  });

  it('are ClusterNetworkPolicy alone from 3.32 on', () => {
    expect(rulesOf(read([admin], 'calico', '3.32').problems)).toEqual(['engine-not-enforced']);
    expect(rulesOf(read([tierPolicy('Admin')], 'calico', '3.31').problems)).toEqual(['engine-not-enforced']);
    expect(layersOf(read([tierPolicy('Admin'), tierPolicy('Baseline')], 'calico', '3.32').plane)).toEqual([
      'kube-admin: ClusterNetworkPolicy',
      'kube-baseline: ClusterNetworkPolicy',
    ]);
  });

  it('are of one release, where nobody says which: both generations are a problem', () => {
    const ours = ofCalico.ingress({});
    const { engine, plane, problems } = read([ours, admin]);
    expect([engine, problems]).toEqual(['calico', []]);
    expect(layersOf(plane)[0]).toBe('adminnetworkpolicy: AdminNetworkPolicy');
    expect(rulesOf(read([ours, admin, tierPolicy('Admin')]).problems)).toEqual(['engine-mixed']);
  });

  it('are asked before its own tiers that come later, by priority and then by name', () => {
    const named = (name: string, priority: number) => adminPolicy({ priority, ...deny }, { metadata: { name } });
    const { plane } = read([named('b.c', 5), named('b', 5), named('a', 6)], 'calico', '3.31');
    expect(plane.layers[0]?.rules.map(({ policy }) => policy.name)).toEqual(['b', 'b.c', 'a']);
  });

  it.each(['nodes', 'domainNames'])('are not known with %s as peers', (field) => {
    const peer = field === 'nodes' ? { nodes: {} } : { domainNames: ['example.com'] };
    const { problems } = read([adminPolicy({ egress: [{ action: 'Allow', to: [peer] }] })], 'calico', '3.31');
    expect(problems).toMatchObject([{ rule: 'unread-policy', value: field }]);
  });

  it('have named ports in ClusterNetworkPolicy for certain, and in AdminNetworkPolicy where the channel has them', () => {
    const named = { action: 'Deny', from: peers };
    const cluster = clusterPolicy({ ingress: [{ ...named, protocols: [{ destinationNamedPort: 'http' }] }] });
    const former = adminPolicy({ ingress: [{ ...named, ports: [{ namedPort: 'http' }] }] });
    expect(uncertain(read([cluster], 'calico', '3.32').plane)).toEqual([false]);
    expect(uncertain(read([former], 'calico', '3.31').plane)).toEqual([true]);
  });
});

describe('on Antrea', () => {
  const ours = ofAntrea.ingress({ from: [{ podSelector: {} }] });

  it('are uncertain, since their feature gates are off unless they were switched on', () => {
    const { plane, problems } = read([ours, admin, baseline], 'antrea', '2.7');
    expect(problems).toEqual([]);
    expect(layersOf(plane)).toEqual([
      'tiers: NetworkPolicy',
      'AdminNetworkPolicy: AdminNetworkPolicy',
      'BaselineAdminNetworkPolicy: BaselineAdminNetworkPolicy',
    ]);
    expect(uncertain(plane)).toEqual([false, true, true]);
  });

  it('are the engine of folders that have them beside its own kinds', () => {
    expect(read([ours, admin]).engine).toBe('antrea');
  });

  it('have the tier Admin of ClusterNetworkPolicy between the tiers before 220 and those after it', () => {
    const inTier = (name: string, tier: string) => ({
      ...ofAntrea.policy({ tier, ingress: [{ action: 'Drop', from: [{ podSelector: {} }] }] }),
      metadata: { name, namespace: 'shop' },
    });
    const objects = [
      inTier('late', 'application'),
      inTier('early', 'platform'),
      tierPolicy('Admin'),
      tierPolicy('Baseline'),
    ];
    const { plane, problems } = read(objects, 'antrea', '2.7');
    expect(problems).toEqual([]);
    expect(plane.layers[0]?.rules.map(({ policy }) => policy.name)).toEqual(['early', 'admin', 'late']);
    expect(layersOf(plane).slice(-1)).toEqual(['Baseline: ClusterNetworkPolicy']);
    expect(uncertain(plane)).toEqual([false, true, false, true]);
  });

  it('have ClusterNetworkPolicy from 2.7 on', () => {
    expect(rulesOf(read([tierPolicy('Admin')], 'antrea', '2.6').problems)).toEqual(['engine-not-enforced']);
    expect(rulesOf(read([admin], 'antrea', '2.6').problems)).toEqual([]);
  });

  it('are a problem where two of one priority disagree', () => {
    const allow = adminPolicy({ ingress: [{ action: 'Allow', from: peers }] }, { metadata: { name: 'allow' } });
    expect(rulesOf(read([admin, allow], 'antrea', '2.7').problems)).toEqual(['clashing-priorities']);
  });
});

describe('on Cilium', () => {
  it('are never AdminNetworkPolicy', () => {
    expect(rulesOf(read([admin], 'cilium', '1.20').problems)).toEqual(['engine-not-enforced']);
    expect(rulesOf(read([ofCilium.ingress({}), admin]).problems)).toEqual(['engine-mixed']);
  });
});

describe('where the engine has none of them', () => {
  it('is told which has, OpenShift among them', () => {
    const [problem] = read([admin], 'kubernetes').problems;
    expect(problem?.rule).toBe('engine-not-enforced');
    expect(problem?.fix).toBe(
      'Leave it out, or say that the cluster runs ClusterNetworkPolicy or Calico or Antrea, or is OpenShift.',
    );
  });
});

function read(objects: readonly Json[], engine?: EngineName, version?: string) {
  const reading = readManifests(objects);
  expect(reading.problems).toEqual([]);
  return planeOf(reading, { engine, version, ipBlockMode: 'pods' });
}

type Plane = ReturnType<typeof read>['plane'];

function layersOf({ layers }: Plane): string[] {
  return layers
    .filter(({ rules }) => rules.length > 0)
    .map(({ name, rules }) => `${name}: ${[...new Set(rules.map(({ policy }) => policy.kind))].join(', ')}`);
}

function uncertain({ layers }: Plane): boolean[] {
  return layers.flatMap(({ rules }) => rules.map(({ isUncertain }) => isUncertain === true));
}

function rulesOf(problems: readonly { readonly rule: string }[]): string[] {
  return problems.map(({ rule }) => rule);
}
