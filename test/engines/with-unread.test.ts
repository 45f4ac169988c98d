import { engineNamed } from '../../lib/engines/engines';
import { composedPlane, withUnread } from '../../lib/engines/with-unread';
import { readNetworkPolicy } from '../../lib/kinds/networking.k8s.io';
import type { PoliciesRead } from '../../lib/kinds/policies-read';
import { policyReaderOf } from '../../lib/kinds/readers';
import type { EngineName } from '../../lib/model/engine-name';
import type { Plane } from '../../lib/model/layer';
import { podsIn } from '../../lib/model/pod-set';
import * as selectors from '../../lib/model/selector';
import type { UnreadPolicy } from '../../lib/model/unread-policy';

const closed = readNetworkPolicy({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'closed', namespace: 'shop' },
  spec: { podSelector: {} },
});

function unread(more: Partial<UnreadPolicy> = {}): UnreadPolicy {
  return {
    policy: { kind: 'MeshPolicy', namespace: 'shop', name: 'mesh' },
    kind: 'mesh.example.com/MeshPolicy',
    subject: podsIn('shop', selectors.anything),
    directions: ['ingress'],
    effect: 'both',
    problem: { rule: 'unread-policy', what: 'It is not read' },
    ...more,
  };
}

function plane(name: EngineName, read: Partial<PoliciesRead> = {}): Plane {
  const { rules, isolations } = closed;
  return composedPlane(engineNamed(name), { rules, isolations, ...read }, { ipBlockMode: 'may' });
}

/** What uncertain rules do, by layer. */
const does = ({ layers }: Plane) =>
  layers.flatMap(({ name, rules }) =>
    rules.flatMap(({ action, isUncertain, policy }) => (isUncertain ? [`${name}: ${policy.name} ${action}`] : [])),
  );

describe('policies that are not read', () => {
  it('close before everything, and open where NetworkPolicies do if they are of a namespace', () => {
    expect(does(plane('kubernetes', { unread: [unread()] }))).toEqual([
      'not read: mesh deny',
      'NetworkPolicy: mesh allow',
    ]);
    expect(does(plane('cluster-network-policy', { unread: [unread({ effect: 'opens' })] }))).toEqual([
      'NetworkPolicy: mesh allow',
    ]);
    const calico = plane('calico', { unread: [unread({ effect: 'opens' })] });
    expect(calico.layers.map(({ name }) => name)).toEqual(['not read', 'not read', 'default']);
    expect(does(calico)).toEqual(['not read: mesh allow']);
  });

  it('do both before everything where they are of the whole cluster, or of a namespace and in any tier of Calico', () => {
    const both = ['not read: mesh allow', 'not read: mesh deny'];
    const wide = unread({ policy: { kind: 'MeshPolicy', name: 'mesh' } });
    expect(does(plane('cilium', { unread: [wide] }))).toEqual(both);
    expect(does(plane('kubernetes', { unread: [unread({ kind: 'crd.projectcalico.org/NetworkPolicy' })] }))).toEqual(
      both,
    );
  });

  it('are as refused ones, and only in the directions that they speak of', () => {
    const { layers } = plane('kubernetes', { refused: [unread({ directions: ['egress'], effect: 'closes' })] });
    expect(layers[0].rules).toMatchObject([{ direction: 'egress', action: 'deny', doubt: { what: 'It is not read' } }]);
  });

  it('change nothing where there are none', () => {
    const without = plane('kubernetes');
    expect(withUnread(without, [])).toBe(without);
  });
});

describe("a policy of the engine's own kind that is not understood", () => {
  const reading = policyReaderOf('crd.antrea.io', 'ClusterNetworkPolicy')?.read({
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'by-group' },
    spec: {
      tier: 'baseline',
      priority: 5,
      appliedTo: [{ podSelector: {} }],
      ingress: [{ action: 'Allow', from: [{ group: 'partners' }] }],
    },
  });
  const others = reading === undefined ? [] : [reading];

  it('stands where it says that it stands, and nowhere else', () => {
    const found = does(plane('antrea', { others, unread: reading?.unread }));
    expect(new Set(found)).toEqual(new Set(['baseline: by-group allow', 'baseline: by-group deny']));
  });
});
