import type { Endpoint } from '../../lib/model/endpoint';
import * as ips from '../../lib/model/ip-set';
import { podSet } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import { anything, fromRequirements, type Selector } from '../../lib/model/selector';
import { type KnownCluster, proveGraph } from '../../lib/proof';
import { flow, graph, planeOf, tier, withRule, withRules } from './mechanical';

// Two namespaces of which all labels are known: what a selector says of both name and purpose can only be where that is so.

const nameLabel = 'kubernetes.io/metadata.name';
const known: KnownCluster = {
  podAddresses: ips.fromBlock('10.244.0.0/16'),
  knownNamespaces: [
    { name: 'one', labels: { purpose: 'gateway' } },
    { name: 'two', labels: { purpose: 'data' } },
  ],
};
const server = tier('b', 'server');
const tcp = ports.number('TCP', 80);
type Requirement = Parameters<typeof fromRequirements>[0][number];
const isNamed = (...values: string[]): Requirement => ({ key: nameLabel, operator: 'In', values });
const isNotNamed = (...values: string[]): Requirement => ({ key: nameLabel, operator: 'NotIn', values });
const isFor = (...values: string[]): Requirement => ({ key: 'purpose', operator: 'In', values });
const exists: Requirement = { key: 'purpose', operator: 'Exists' };
const has = (...requirements: Requirement[]): Selector => fromRequirements(requirements);

/** Of what namespaces the rule lets pods in and the flow does not, at the first that is found. */
function undeclared(rule: Selector, declared: Selector): unknown {
  const from: Endpoint = { kind: 'pods', pods: podSet(declared, anything), owner: 'others' };
  const wanted = graph([server], [flow(from, server, tcp)]);
  const silent = withRules(
    planeOf(wanted),
    () => true,
    () => [],
  );
  const plane = withRule(silent, {
    direction: 'ingress',
    subject: server.pods,
    peers: [{ kind: 'pods', pods: podSet(rule, anything) }],
    ports: tcp,
  });
  const { witnesses } = proveGraph(wanted, plane, known);
  const [witness] = witnesses.filter(({ statement }) => statement === 'undeclared');
  const peer = witness?.connection.peer;
  return peer?.kind === 'pod' ? peer.namespace : undefined;
}

describe('namespaces whose labels are known', () => {
  it('are the only ones of their names', () => {
    const byName = has(isNamed('one', 'two', 'three'), isFor('gateway'));
    expect(undeclared(byName, has(isNamed('one', 'three')))).toBeUndefined();
    expect(undeclared(byName, has(isNamed('one', 'two')))).toEqual({ [nameLabel]: 'three', purpose: 'gateway' });
    expect(undeclared(has(isNamed('two'), exists), has(isNamed('one')))).toEqual({
      [nameLabel]: 'two',
      purpose: 'data',
    });
  });

  it('are so where a selector leaves out other names', () => {
    const byOthers = has(isNotNamed('three'), isFor('gateway'));
    expect(undeclared(byOthers, has(isNotNamed('two', 'three')))).toBeUndefined();
    expect(undeclared(byOthers, has(isNotNamed('one', 'two', 'three')))).toEqual({
      [nameLabel]: 'one',
      purpose: 'gateway',
    });
  });

  it('are so where a selector says nothing of names', () => {
    expect(undeclared(has(isFor('gateway')), has(isNotNamed('two')))).toBeUndefined();
    expect(undeclared(has(isFor('gateway')), has(isNotNamed('one')))).toEqual({
      [nameLabel]: 'one',
      purpose: 'gateway',
    });
    expect(undeclared(has(isFor('data')), has(isNotNamed('one')))).toBeUndefined();
  });

  it('have no other labels than these', () => {
    const other: Requirement = { key: 'env', operator: 'Exists' };
    expect(undeclared(has(isNamed('one', 'two', 'three'), other), has(isNamed('three')))).toBeUndefined();
    expect(undeclared(has(other), has(isNotNamed('one', 'two')))).toBeUndefined();
  });

  it('are shown with all of their labels, and others with those that were asked about', () => {
    expect(undeclared(has(isNamed('one')), has(isNamed('two')))).toEqual({ [nameLabel]: 'one', purpose: 'gateway' });
    expect(undeclared(has(isNamed('three')), has(isNamed('two')))).toEqual({ [nameLabel]: 'three' });
  });
});
