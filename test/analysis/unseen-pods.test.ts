import { podSetsOf, unseenPods, withUnseen } from '../../lib/analysis/unseen-pods';
import { NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import type { Rule } from '../../lib/model/layer';
import { type PodSet, podSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import type { Selector } from '../../lib/model/selector';
import * as selectors from '../../lib/model/selector';
import type { World } from '../../lib/model/world';

const { anything, fromLabels } = selectors;

const wearing = (key: string, ...values: string[]) => selectors.fromRequirements([{ key, operator: 'In', values }]);
const notWearing = (key: string, ...values: string[]) =>
  selectors.fromRequirements([{ key, operator: 'NotIn', values }]);
/** Both values of one label, which nothing has. */
const none = selectors.both(fromLabels({ app: 'a' }), fromLabels({ app: 'b' }));

const inNamespace = (name: string, pods: Selector = anything) =>
  podSet(fromLabels({ [NAMESPACE_NAME_LABEL]: name }), pods);

const pod = (namespace: string, labels: Record<string, string>, hostNetwork = false) => ({
  id: `${namespace}/Pod/p`,
  namespace,
  labels,
  ports: [],
  hostNetwork,
  addresses: [],
});

const worldOf = (...workloads: World['workloads']): World => ({ namespaces: [], workloads, services: [] });
const empty = worldOf();

const ids = (sets: readonly PodSet[], ...worlds: World[]) => unseenPods(sets, worlds).workloads.map(({ id }) => id);

describe('pods that no manifest shows', () => {
  it('are named by their namespace and labels, and stars where nothing is said', () => {
    expect(ids([inNamespace('web', fromLabels({ tier: 'front', app: 'nginx' }))], empty)).toEqual([
      'web/app=nginx,tier=front',
    ]);
    expect(ids([inNamespace('web')], empty)).toEqual(['web/*']);
    expect(ids([podSet(anything, anything)], empty)).toEqual(['*/*']);
    expect(ids([podSet(fromLabels({ team: 'ml', env: 'prod' }), fromLabels({ app: 'a' }))], empty)).toEqual([
      '{env=prod,team=ml}/app=a',
    ]);
  });

  it('have just the labels that are asked of them, in a namespace with just its own', () => {
    const { workloads, namespaces } = unseenPods([podSet(fromLabels({ team: 'ml' }), fromLabels({ app: 'a' }))], []);
    expect(workloads).toEqual([
      {
        id: '{team=ml}/app=a',
        namespace: '{team=ml}',
        labels: { app: 'a' },
        ports: [],
        mayHaveMorePorts: true,
        hostNetwork: false,
        addresses: [],
      },
    ]);
    expect(namespaces).toEqual([{ name: '{team=ml}', labels: { team: 'ml', [NAMESPACE_NAME_LABEL]: '{team=ml}' } }]);
  });

  it('are each told once, sorted by what is asked of them', () => {
    const sets = [inNamespace('z'), inNamespace('a'), inNamespace('z')];
    expect(ids(sets, empty)).toEqual(['a/*', 'z/*']);
    expect(ids([...sets].reverse(), empty)).toEqual(['a/*', 'z/*']);
  });

  it('are none of a set that holds no pod', () => {
    expect(ids([podSet(anything, none), podSet(none, anything)], empty)).toEqual([]);
  });

  it('are one for each value of a label that is named, also of one that is kept out', () => {
    expect(ids([inNamespace('web', wearing('app', 'a', 'b'))], empty)).toEqual(['web/app=a', 'web/app=b']);
    const [other, ...named] = ids([inNamespace('web', notWearing('app', 'a', 'b'))], empty);
    expect(named).toEqual(['web/app=a', 'web/app=b']);
    expect(other).toBe('web/*');
    expect(ids([podSet(wearing(NAMESPACE_NAME_LABEL, 'x', 'y'), anything)], empty)).toEqual(['x/*', 'y/*']);
  });

  it('are in a namespace of any name where only some names are kept out, and in those', () => {
    expect(ids([podSet(notWearing(NAMESPACE_NAME_LABEL, 'kube-system'), anything)], empty)).toEqual([
      '*/*',
      'kube-system/*',
    ]);
  });

  it('are at most a hundred of one selector: what goes beyond is left to the labels before', () => {
    const ten = Array.from({ length: 10 }, (_, i) => `v${i}`);
    const some = (...keys: string[]) =>
      selectors.fromRequirements(keys.map((key) => ({ key, operator: 'In', values: ten }) as const));
    expect(ids([inNamespace('web', some('a'))], empty)).toHaveLength(10);
    expect(ids([inNamespace('web', some('a', 'b'))], empty)).toHaveLength(100);
    expect(ids([inNamespace('web', some('a', 'b', 'c'))], empty)).toHaveLength(100);
  });

  it('are left out where a workload of any world, in a namespace that is named, has the labels', () => {
    const set = inNamespace('web', fromLabels({ app: 'a' }));
    const shown = pod('web', { app: 'a', version: '2' });
    expect(ids([set], worldOf(pod('web', { app: 'b' })), worldOf(pod('web', { app: 'c' }), shown))).toEqual([]);
    expect(ids([set], worldOf(pod('web', { app: 'b' })))).toEqual(['web/app=a']);
    expect(ids([set], worldOf(pod('other', { app: 'a' })))).toEqual(['web/app=a']);
    // Policies are not about what is on the host network.
    expect(ids([set], worldOf(pod('web', { app: 'a' }, true)))).toEqual(['web/app=a']);
    // Which namespaces have the label is for their owners to say.
    expect(ids([podSet(fromLabels({ team: 'ml' }), fromLabels({ app: 'a' }))], worldOf(shown))).toEqual([
      '{team=ml}/app=a',
    ]);
  });
});

describe('a world with them', () => {
  it('has them behind its own workloads, and keeps its own namespaces', () => {
    const own = { name: 'web', labels: { [NAMESPACE_NAME_LABEL]: 'web', team: 'shop' } };
    const world: World = { namespaces: [own], workloads: [pod('web', { app: 'b' })], services: [] };
    const unseen = unseenPods([inNamespace('web', fromLabels({ app: 'a' })), inNamespace('edge')], [world]);
    const both = withUnseen(world, unseen);
    expect(both.workloads.map(({ id }) => id)).toEqual(['web/Pod/p', 'edge/*', 'web/app=a']);
    expect(both.namespaces).toEqual(expect.arrayContaining([own]));
    expect(both.namespaces.map(({ name }) => name).sort()).toEqual(['edge', 'web']);
    expect(withUnseen(world, { workloads: [], namespaces: [] })).toBe(world);
  });
});

describe('whom a part of a policy is about', () => {
  const subject = inNamespace('web');
  const peer = inNamespace('edge');
  const policy = { kind: 'NetworkPolicy', name: 'p', namespace: 'web', apiVersion: 'networking.k8s.io/v1' };
  const rule = {
    policy,
    direction: 'ingress',
    subject,
    action: 'allow',
    peers: [{ kind: 'pods', pods: peer }, { kind: 'anything' }],
    ports: ports.everything,
  } as unknown as Rule;

  it('is whom it binds, and its peers that are pods', () => {
    expect(podSetsOf(rule)).toEqual([subject, peer]);
    expect(podSetsOf({ policy, subject, direction: 'ingress' } as unknown as Parameters<typeof podSetsOf>[0])).toEqual([
      subject,
    ]);
  });
});
