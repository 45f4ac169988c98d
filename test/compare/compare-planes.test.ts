import { explain } from '../../lib/analysis';
import { type Comparison, type Counterexample, comparePlanes, redundantParts } from '../../lib/compare';
import * as ips from '../../lib/model/ip-set';
import type { Plane, Rule } from '../../lib/model/layer';
import { namespaceNamed, podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';
import type { World } from '../../lib/model/world';
import { policy } from '../proof/mechanical';

const db = podsIn('x', selectors.fromLabels({ app: 'db' }));
const apps = (...values: string[]) => podsIn('x', selectors.fromRequirements([{ key: 'app', operator: 'In', values }]));

const rule = (more: Partial<Rule> = {}): Rule => ({
  policy: policy('x', 'in'),
  direction: 'ingress',
  index: 0,
  subject: db,
  peers: [{ kind: 'pods', pods: apps('a') }],
  ports: ports.number('TCP', 80),
  action: 'allow',
  ...more,
});

function plane(rules: readonly Rule[], ipBlockMode: Plane['ipBlockMode'] = 'may'): Plane {
  const isolations = [{ policy: policy('x', 'in'), direction: 'ingress' as const, subject: db }];
  return {
    name: 'test',
    ipBlockMode,
    layers: [{ name: 'NetworkPolicy', order: 'union', otherwise: 'deny', rules, isolations }],
  };
}

/** What the analysis says of the counterexample at its subject, in a world that holds nothing else. */
function replayed({ connection }: Counterexample, of: Plane): string {
  const { subject, peer, direction, protocol, port } = connection;
  if (protocol === 'other') throw new Error('a protocol without ports');
  const world = { namespaces: [], workloads: [], services: [] } as { -readonly [K in keyof World]: World[K][number][] };
  const own = pod('subject', subject.namespace, subject.labels, []);
  const other = peer.kind === 'pod' ? pod('peer', peer.namespace, peer.labels, [peer.address]) : undefined;
  const end = other ?? (peer.kind === 'entity' ? peer.entity : peer.address);
  const [from, to] = direction === 'egress' ? [own, end] : [end, own];
  return explain(world, of, { from, to, protocol, port })[direction].verdict;

  function pod(name: string, namespace: selectors.Labels, labels: selectors.Labels, addresses: string[]): string {
    const space = namespace['kubernetes.io/metadata.name'];
    const id = `${space}/Pod/${name}`;
    if (!world.namespaces.some((known) => known.name === space))
      world.namespaces.push({ name: space, labels: namespace });
    world.workloads.push({ id, namespace: space, labels, ports: [], hostNetwork: false, addresses });
    return id;
  }
}

const holds = ({ implies, impliedBy, disjoint }: Comparison) => [implies.holds, impliedBy.holds, disjoint.holds];

describe('comparePlanes', () => {
  it('tells rules that cover one another together', () => {
    const one = plane([rule({ peers: [{ kind: 'pods', pods: apps('a', 'b') }] })]);
    const two = plane([rule(), rule({ index: 1, peers: [{ kind: 'pods', pods: apps('b') }] })]);
    expect(comparePlanes(one, two).relation).toBe('equivalent');
  });

  it('shows a difference by a connection on which the analysis agrees', () => {
    const wide = plane([rule({ ports: ports.range('TCP', 80, 81) })]);
    const { relation, impliedBy } = comparePlanes(plane([rule()]), wide);
    expect(relation).toBe('a-implies-b');
    if (impliedBy.holds !== 'no') throw new Error('it does hold');
    expect(impliedBy.counterexample.connection).toMatchObject({
      direction: 'ingress',
      subject: { labels: { app: 'db' } },
      peer: { kind: 'pod', labels: { app: 'a' } },
      port: 81,
    });
    expect(replayed(impliedBy.counterexample, wide)).toBe('allowed');
    expect(replayed(impliedBy.counterexample, plane([rule()]))).toBe('denied');
  });

  it('finds the pods that only one of them isolates', () => {
    const open = { ...plane([]), layers: [] };
    const { relation, impliedBy, disjoint } = comparePlanes(plane([]), open);
    expect([relation, disjoint.holds]).toEqual(['a-implies-b', 'yes']);
    expect(impliedBy).toMatchObject({ holds: 'no', counterexample: { a: { admitted: false }, b: { decidedBy: [] } } });
  });

  it('gives a namespace its labels once, where subject and peer are in it', () => {
    const teams = (value: string) => podSet(selectors.fromLabels({ team: value }), selectors.anything);
    const isolated = podSet(selectors.fromLabels({ team: 'red' }), selectors.anything);
    const here = selectors.both(namespaceNamed('x'), selectors.fromLabels({ team: 'blue' }));
    const layered = (rules: readonly Rule[]): Plane => ({
      ...plane([]),
      layers: [
        {
          name: 'wide',
          order: 'union',
          otherwise: 'deny',
          rules,
          isolations: [{ policy: policy('x', 'in'), direction: 'ingress', subject: isolated }],
        },
      ],
    });
    // Pods of namespace x in team red are let in from namespace x in team blue: there are none.
    const nobody = rule({
      subject: podSet(selectors.both(namespaceNamed('x'), teams('red').namespaces), selectors.anything),
      peers: [{ kind: 'pods', pods: podSet(here, selectors.anything) }],
    });
    expect(comparePlanes(layered([nobody]), layered([])).relation).toBe('equivalent');
    const somebody = rule({ ...nobody, peers: [{ kind: 'pods', pods: teams('blue') }] });
    expect(comparePlanes(layered([somebody]), layered([])).relation).toBe('b-implies-a');
  });

  it('takes what an engine leaves open about blocks for one fact, the same for all rules', () => {
    const block = rule({ peers: [{ kind: 'addresses', addresses: ips.fromBlock('10.0.0.0/8') }] });
    for (const mode of ['may', 'pods', 'external-only'] as const)
      expect(comparePlanes(plane([block], mode), plane([block], mode)).relation).toBe('equivalent');
    expect(holds(comparePlanes(plane([block], 'pods'), plane([block], 'external-only')))).toEqual(['no', 'yes', 'no']);
    const open = comparePlanes(plane([block]), plane([block], 'external-only'));
    expect([open.relation, open.implies.holds, open.impliedBy.holds]).toEqual(['undecided', 'undecided', 'yes']);
  });

  it('says yes of what is not certain only where it holds in any case, and no only where it fails in any case', () => {
    const doubt = { rule: 'unread-field', what: 'A field is not read' };
    const unsure = rule({ isUncertain: true, doubt });
    const twice = plane([unsure]);
    expect(comparePlanes(twice, twice).implies).toMatchObject({ holds: 'undecided', because: ['A field is not read'] });
    expect(holds(comparePlanes(twice, plane([rule()])))).toEqual(['yes', 'undecided', 'undecided']);
    const more = plane([unsure, rule({ index: 1, peers: [{ kind: 'pods', pods: apps('b') }] })]);
    expect(comparePlanes(more, plane([rule()])).implies.holds).toBe('no');
  });

  it('is undecided, and never a yes, over its budget', () => {
    const one = plane([rule({ peers: [{ kind: 'pods', pods: apps('a', 'b') }] })]);
    const two = plane([rule(), rule({ index: 1, peers: [{ kind: 'pods', pods: apps('b') }] })]);
    const { relation, implies } = comparePlanes(one, two, { budget: 1 });
    expect([relation, implies.holds]).toEqual(['undecided', 'undecided']);
  });

  it('says nothing of planes that leave open how the engine decides', () => {
    const problems = [{ rule: 'equal-priorities', what: 'Two policies have one priority' }];
    const open = { ...plane([rule()]), problems };
    expect(comparePlanes(open, open).implies).toEqual({
      holds: 'undecided',
      because: ['Two policies have one priority'],
    });
    expect(redundantParts(open).because).toEqual(['Two policies have one priority']);
  });
});
